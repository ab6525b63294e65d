"""What is the group's own: the pilot's elements, its stakeholders and its indicators, read from YAML."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from kafe.files import yaml_models
from kafe.messages import message
from kafe.records import Decision, Note

Side = Literal["bruker", "tjeneste"]
MOSTLY = 0.8
"""From this share on, a side is said to have been heard in one meeting."""
Name = Annotated[str, Field(min_length=1)]
Scale = Annotated[int, Field(ge=1, le=5)]


def _number(value: object) -> object:
    """Return a number written with decimal comma and spaces in a form that converts; empty is missing."""
    if not isinstance(value, str):
        return value
    bare = value.replace(" ", "").replace("\u2212", "-").replace(",", ".")
    return bare or None


def _list(value: object) -> object:
    return [] if value == "" else value


Number = Annotated[float | None, BeforeValidator(_number)]
Names = Annotated[tuple[Name, ...], BeforeValidator(_list)]


class Proposal(yaml_models.Section):
    """One proposed wording for an element; `builds_on` names codes and notes (`code:ID`, `note:ID`, `ID`)."""

    id: Name
    text: Name = Field(alias="tekst")
    builds_on: Names = Field(default=(), alias="bygger_på")
    status: Literal["utkast", "vedtatt"] = "utkast"


class Element(yaml_models.Section):
    """One part of the pilot, the question it answers and the wordings proposed for it."""

    id: Name
    title: Name = Field(alias="tittel")
    question: str = Field(default="", alias="spørsmål")
    responsible: str = Field(default="", alias="ansvarlig")
    proposals: Annotated[tuple[Proposal, ...], BeforeValidator(_list)] = Field(default=(), alias="forslag")


class Pilot(yaml_models.Section):
    """The pilot as the group has drafted it; `notice` says what readers must know of the draft."""

    title: str = Field(default="", alias="tittel")
    notice: str = Field(default="", alias="merknad")
    elements: Annotated[tuple[Element, ...], BeforeValidator(_list)] = Field(alias="elementer")


class Stakeholder(yaml_models.Section):
    """Who is to be heard: degree affected and influence from 1 to 5, and the note groups that are theirs."""

    id: Name
    name: Name = Field(alias="navn")
    side: Side = Field(alias="hører_til")
    members: Names = Field(default=(), alias="medlemmer")
    affected: Scale = Field(alias="berørt")
    influence: Scale = Field(alias="innflytelse")
    groups: Names = Field(default=(), alias="grupper")


class Indicator(yaml_models.Section):
    """One measure of the evaluation, before and after the pilot; None is a value that is missing."""

    id: Name
    name: Name = Field(alias="navn")
    type: Literal["struktur", "prosess", "resultat"]
    unit: str = Field(default="", alias="enhet")
    before: Number = Field(default=None, alias="før")
    before_date: str = Field(default="", alias="før_dato")
    after: Number = Field(default=None, alias="etter")
    after_date: str = Field(default="", alias="etter_dato")
    target: Number = Field(default=None, alias="mål")
    target_date: str = Field(default="", alias="mål_dato")
    numerator: Number = Field(default=None, alias="teller")
    denominator: Number = Field(default=None, alias="nevner")
    direction: Literal["", "opp", "ned"] = Field(default="", alias="retning")
    source: str = Field(default="", alias="kilde")
    remark: str = Field(default="", alias="merknad")


class _Stakeholders(yaml_models.Section):
    notice: str = Field(default="", alias="merknad")
    stakeholders: Annotated[tuple[Stakeholder, ...], BeforeValidator(_list)] = Field(alias="interessenter")

    @model_validator(mode="after")
    def _groups_belong_together(self) -> "_Stakeholders":
        owner: dict[str, Stakeholder] = {}
        for one in self.stakeholders:
            for group in one.groups:
                other = owner.setdefault(group, one)
                if set(other.groups) != set(one.groups):
                    raise ValueError(
                        message("pilot.error.overlap", group=group, first=other.id, second=one.id)
                    )
                if other.side != one.side:
                    raise ValueError(message("pilot.error.sides", group=group, first=other.id, second=one.id))
        return self


class _Indicators(yaml_models.Section):
    notice: str = Field(default="", alias="merknad")
    indicators: Annotated[tuple[Indicator, ...], BeforeValidator(_list)] = Field(alias="indikatorer")


def load_pilot(path: Path) -> Pilot:
    """Return the pilot in `pilot.yaml`.

    Raises KafeError naming file, line and key where the file cannot be used.
    """
    pilot = yaml_models.load(path, Pilot)
    yaml_models.refuse_repeats(
        path, message("pilot.what.element"), (element.id for element in pilot.elements)
    )
    proposals = (proposal.id for element in pilot.elements for proposal in element.proposals)
    yaml_models.refuse_repeats(path, message("pilot.what.proposal"), proposals)
    return pilot


def load_stakeholders(path: Path) -> tuple[Stakeholder, ...]:
    """Return the stakeholders in `interessenter.yaml`, in the order of the file.

    Several may share the same note groups (they cannot be told apart in the notes), but then all of
    them and on the same side. Raises KafeError naming file, line and key.
    """
    found = yaml_models.load(path, _Stakeholders).stakeholders
    yaml_models.refuse_repeats(path, message("pilot.what.stakeholder"), (one.id for one in found))
    return found


def load_indicators(path: Path) -> tuple[Indicator, ...]:
    """Return the indicators in `indikatorer.yaml`, in the order of the file.

    Raises KafeError naming file, line and key.
    """
    found = yaml_models.load(path, _Indicators).indicators
    yaml_models.refuse_repeats(path, message("pilot.what.indicator"), (one.id for one in found))
    return found


def stored_stakeholders(rows: Iterable[Mapping[str, Any]]) -> list[Stakeholder]:
    """Return stakeholders from the rows that the pilot stage stores."""
    return [Stakeholder.model_validate(row, by_name=True) for row in rows]


def sides(stakeholders: Iterable[Stakeholder]) -> dict[str, Side]:
    """Return which side each note group belongs to."""
    return {group: one.side for one in stakeholders for group in one.groups}


def one_meeting_each(
    notes: Iterable[Note], stakeholders: Iterable[Stakeholder]
) -> dict[str, tuple[str, int, int]]:
    """Return side → (session, its notes of the side, all notes of the side) where each side was heard in one meeting.

    Empty unless both sides have at least `MOSTLY` of their notes from one session, and not the same one: then
    sides and meetings cannot be told apart.
    """
    side_of_group = sides(stakeholders)
    by_side: dict[str, Counter[str]] = {"bruker": Counter(), "tjeneste": Counter()}
    for note in notes:
        if own := side_of_group.get(note.group):
            by_side[own][note.session] += 1
    found: dict[str, tuple[str, int, int]] = {}
    for side, sessions in by_side.items():
        if not sessions:
            return {}
        session, count = max(sessions.items(), key=lambda pair: (pair[1], pair[0]))
        if count < MOSTLY * sessions.total():
            return {}
        found[side] = (session, count, sessions.total())
    return found if len({session for session, _, _ in found.values()}) == len(found) else {}


def decisions_now(given: Iterable[Decision], became: Mapping[str, str]) -> list[Decision]:
    """Return the decisions with targets as they are now; those on a note's earlier form come before those on itself."""
    followed: list[Decision] = []
    direct: list[Decision] = []
    for decision in given:
        target = _now(decision.target, became)
        (direct if target == decision.target else followed).append(replace(decision, target=target))
    return followed + direct


def pilot_now(pilot: Pilot, became: Mapping[str, str]) -> Pilot:
    """Return the pilot with the notes that its proposals build on as they are now."""
    elements = [
        element.model_copy(
            update={
                "proposals": tuple(
                    proposal.model_copy(
                        update={
                            "builds_on": tuple(
                                dict.fromkeys(_now(name, became) for name in proposal.builds_on)
                            )
                        }
                    )
                    for proposal in element.proposals
                )
            }
        )
        for element in pilot.elements
    ]
    return pilot.model_copy(update={"elements": tuple(elements)})


def _now(name: str, became: Mapping[str, str]) -> str:
    kind, colon, note_id = name.rpartition(":")
    return f"{kind}{colon}{became[note_id.strip()]}" if note_id.strip() in became else name
