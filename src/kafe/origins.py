"""Who put a code or theme on a note, and the grammar of stored origins: how an event of coding came to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kafe.records import Coding, Suggestion


class Origin(StrEnum):
    """Who says that a note has a code or theme."""

    HUMAN = "human"
    RULE = "rule"
    MODEL = "model"
    ANCHOR = "anchor"
    """Similarity to a code's definition."""
    TOPIC = "topic"
    """A free topic, found without a codebook."""


CONSENSUS_CODER = "konsensus"
"""The coder under whose name consensus is stored."""


def is_machine_name(coder: str) -> bool:
    """Return whether a coder's name is that of a rule or model, with or without its version."""
    return coder_origin(coder) is not Origin.HUMAN


def coder_origin(coder: str) -> Origin:
    """Return who a coder's name stands for: `rule` or `model`, with or without a version, else a person."""
    kind = coder.partition(":")[0].strip().lower()
    return Origin(kind) if kind in (Origin.RULE, Origin.MODEL) else Origin.HUMAN


def coder_names(item: Coding | Suggestion) -> tuple[str, ...]:
    """Return the names an item goes under: a person's, or a machine's with and without version."""
    name = item.source if isinstance(item, Suggestion) else item.coder
    return (name, name.partition(":")[0]) if is_machine_name(name) else (name,)


def origin(item: Coding | Suggestion) -> Origin:
    """Return who is behind the item: a rule, a model, or a person, as for suggestions that one has accepted.

    Raises ValueError for a removal: only codings that stand may be counted.
    """
    if isinstance(item, Suggestion):
        return Origin.MODEL if coder_origin(item.source) is Origin.MODEL else Origin.RULE
    if item.action != "add":
        raise ValueError(f"event {item.id} is a removal; give the codings that stand")
    return coder_origin(item.coder)


WORKBENCH = "workbench"
"""Origin of what is put or removed by hand."""
FROM_FILE = "data/coded/kodinger"
"""Origin of codings read from files; when their row is gone from the file, they are taken away again."""
_REFUSED, _REOPENED, _CONSENSUS, _OPERATION = "refused:", "reopened:", "consensus:", "operation:"
_FOLLOWED = "followed:"


def refused(source: str) -> str:
    """Return the origin of the `remove` event that says no to a suggestion of `source`."""
    return _REFUSED + source


def reopened(source: str) -> str:
    """Return the origin of the `remove` event that takes such a refusal back."""
    return _REOPENED + source


def consensus(coding_ids: Iterable[str]) -> str:
    """Return the origin of what coders agreed on, which replaces these codings."""
    return _CONSENSUS + "+".join(coding_ids)


def reopened_consensus(coding_ids: Iterable[str]) -> str:
    """Return the origin of an event that takes such a consensus back."""
    return _REOPENED + consensus(coding_ids)


def recoded(operation: str, before: str) -> str:
    """Return the origin of an event by which a change of the codebook carries a coding of origin `before` along."""
    return f"{_OPERATION}{operation} {before_recoding(before)}".rstrip()


def carried(link: str, before: str, ids: Mapping[str, str]) -> str:
    """Return the origin of an event that followed the correction `link`, made from one of origin `before`.

    `ids` gives the ids of followed codings their new ones: a consensus is about those from now on.
    """
    inner = before_following(before_recoding(before))
    for start in (_CONSENSUS, _REOPENED + _CONSENSUS):
        if inner.startswith(start):
            inner = start + "+".join(ids.get(one, one) for one in inner.removeprefix(start).split("+"))
    return f"{_FOLLOWED}{link} {inner}".rstrip()


def imported(digest: str) -> str:
    """Return the origin of what came with a file of this SHA-256."""
    return f"import:{digest[:16]}"


def within_import(imported: str, inner: str) -> str:
    """Return the origin of a coding that had origin `inner` where the file was made; `imported` is the file's."""
    return ";".join(filter(None, (imported, inner)))


def is_from_file(text: str) -> bool:
    """Return whether a coding stands because a file of this project's codings says so, recoded or not.

    One that came with an import may have been read from a file in the project it comes from; here it was not.
    """
    return before_recoding(text) == FROM_FILE


def before_recoding(text: str) -> str:
    """Return where a coding came from before any change of the codebook carried it along."""
    return text.partition(" ")[2] if text.startswith(_OPERATION) else text


def before_following(text: str) -> str:
    """Return where a coding came from before it followed a correction of its note."""
    while text.startswith(_FOLLOWED):
        text = text.partition(" ")[2]
    return text


class Act(StrEnum):
    """How an event came to be."""

    BY_HAND = "by_hand"
    ACCEPTED = "accepted"
    """A suggestion that was accepted."""
    REFUSED = "refused"
    """A suggestion that was not."""
    REOPENED = "reopened"
    """A refusal or a consensus taken back."""
    AGREED = "agreed"
    """Consensus between coders."""
    RECODED = "recoded"
    """Carried along by a change of the codebook."""
    READ = "read"
    """From a file or an import, or told by nobody."""


@dataclass(frozen=True, slots=True)
class EventOrigin:
    """What the origin of an event says: the act, and what it is about.

    `source` is the suggestion's where there is one; `codings` are the ids that a consensus, made or taken
    back, is about; `operation` is the id of the change of the codebook, `link` that of the correction of a
    note that the event followed: the act is then what it was before.
    """

    act: Act
    source: str = ""
    codings: tuple[str, ...] = ()
    operation: str = ""
    link: str = ""


def parse_origin(text: str) -> EventOrigin:
    """Return what a stored origin says; one that is not known was read from somewhere."""
    if text == WORKBENCH:
        return EventOrigin(Act.BY_HAND)
    start, colon, rest = text.partition(":")
    match start + colon:
        case "rule:" | "model:":
            return EventOrigin(Act.ACCEPTED, source=text)
        case "refused:":
            return EventOrigin(Act.REFUSED, source=rest)
        case "reopened:" if rest.startswith(_CONSENSUS):
            return EventOrigin(Act.REOPENED, codings=tuple(rest.removeprefix(_CONSENSUS).split("+")))
        case "reopened:":
            return EventOrigin(Act.REOPENED, source=rest)
        case "consensus:":
            return EventOrigin(Act.AGREED, codings=tuple(rest.split("+")))
        case "operation:":
            operation, _, inner = rest.partition(" ")
            return EventOrigin(Act.RECODED, operation=operation, link=parse_origin(inner).link)
        case "followed:":
            link, _, inner = rest.partition(" ")
            return replace(parse_origin(inner), link=link)
    return EventOrigin(Act.READ)
