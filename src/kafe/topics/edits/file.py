"""`data/coded/temaer.yaml`: what an analyst decided about topics, read with errors that name the line, added to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from kafe.files import read_text, write_text, yaml, yaml_models
from kafe.messages import message
from kafe.records import Codebook, KafeError, Problem, Row, Severity
from kafe.topics.edits.records import Edits, TopicDecision, TopicMark, TopicSeed

if TYPE_CHECKING:
    from kafe.topics.records import Notice

KINDS: Mapping[str, str] = {"slå_sammen": "merge", "del": "split", "navngi": "rename", "lås": "lock"}
FILE = "temaer.yaml"
HEAD = "beslutninger:"


def _list(value: object) -> object:
    return [] if value == "" else value


Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_list)]


class _Mark(yaml_models.Section):
    notes: Texts = Field(alias="innspill", min_length=1)
    words: Texts = Field(default=(), alias="ord")
    name: str = Field(default="", alias="navn")


class _Decision(yaml_models.Section):
    id: Text
    kind: Literal["slå_sammen", "del", "navngi", "lås"] = Field(alias="gjør")
    topics: Annotated[tuple[_Mark, ...], BeforeValidator(_list)] = Field(alias="emner", min_length=1)
    name: str = Field(default="", alias="navn")
    who: str = Field(default="", alias="hvem")
    at: str = Field(default="", alias="dato")
    reason: str = Field(default="", alias="begrunnelse")

    @model_validator(mode="after")
    def _complete(self) -> _Decision:
        if self.kind in ("slå_sammen", "del") and len(self.topics) < 2:
            raise ValueError(message("topics.edits.two"))
        if self.kind == "navngi" and not self.name:
            raise ValueError(message("topics.edits.name"))
        return self


class _Seed(yaml_models.Section):
    name: str = Field(default="", alias="navn")
    code: str = Field(default="", alias="kode")
    text: str = Field(default="", alias="beskrivelse")
    words: Texts = Field(default=(), alias="ord")
    how: Literal["veiledet", "gitt"] = Field(default="veiledet", alias="måte")

    @model_validator(mode="after")
    def _named(self) -> _Seed:
        if not self.name and not self.code:
            raise ValueError(message("topics.edits.seed"))
        return self


class _File(yaml_models.Section):
    count: Annotated[int | None, BeforeValidator(lambda value: value or None)] = Field(
        default=None, alias="antall", ge=2
    )
    seeds: Annotated[tuple[_Seed, ...], BeforeValidator(_list)] = Field(default=(), alias="emner")
    decisions: Annotated[tuple[_Decision, ...], BeforeValidator(_list)] = Field(
        default=(), alias="beslutninger"
    )


def read_edits(path: Path, codebook: Codebook) -> Edits:
    """Return the analyst's decisions on topics; none where there is no file.

    Raises KafeError that names file, line and key for a file that does not fit, a decision id that stands
    twice, or a code that the codebook does not have.
    """
    if not path.exists():
        return Edits()
    found = yaml_models.load(path, _File)
    yaml_models.refuse_repeats(path, message("topics.edits.decision"), (one.id for one in found.decisions))
    decisions = tuple(
        TopicDecision(
            id=one.id,
            kind=KINDS[one.kind],  # type: ignore[arg-type]
            marks=tuple(TopicMark(mark.notes, mark.words) for mark in one.topics),
            name=one.name,
            names=tuple(mark.name for mark in one.topics),
            who=one.who,
            at=one.at,
            reason=one.reason,
        )
        for one in found.decisions
    )
    seeds = tuple(_seed(path, one, codebook) for one in found.seeds)
    return Edits(found.count, seeds, decisions)


def _seed(path: Path, one: _Seed, codebook: Codebook) -> TopicSeed:
    texts = (one.text,) if one.text else ()
    name = one.name
    if one.code:
        if one.code not in codebook:
            raise KafeError(
                message("topics.edits.no_code", code=one.code),
                file=path.name,
                place=yaml.place_in_words(yaml_models.lines_with(path, f"kode: {one.code}")[0]),
                remedy=message("topics.edits.give_code"),
            )
        code = codebook.path(one.code)[-1]
        name = name or code.name
        texts = (*texts, f"{code.name}. {code.definition}", *code.include, *code.examples)
    return TopicSeed(name, texts, one.words, given=one.how == "gitt")


def doubts(notices: Sequence[Notice]) -> list[Problem]:
    """Return what is doubtful about the analyst's decisions."""
    words = {kind: word.replace("_", " ") for word, kind in KINDS.items()}
    return [
        Problem(
            FILE,
            message("topics.edits.place", id=one.decision, kind=words[str(one.about["kind"])]),
            message(f"topics.notice.{one.key}", **{key: str(value) for key, value in one.about.items()}),
            message("topics.edits.look"),
            Severity.REMARK,
        )
        for one in notices
    ]


def add_decision(path: Path, decision: TopicDecision) -> None:
    """Add a decision at the end of the file's decisions; the rest of the file stays as it is, comments too.

    The file is made where there is none. Raises KafeError, and leaves the file, when it cannot be read.
    """
    read = read_text(path, only_utf8=True) if path.exists() else ""
    if read.strip():
        yaml_models.parse(read, path.name, _File)
    block = yaml.dump(
        [_plain(decision)], allow_unicode=True, sort_keys=False, width=110, default_flow_style=None
    )
    lines = read.splitlines()
    at = next((place for place, line in enumerate(lines) if line.startswith(HEAD)), None)
    if at is None:
        lines += [HEAD]
        at = len(lines) - 1
    lines[at] = HEAD if lines[at].strip() in (f"{HEAD} []", HEAD) else lines[at]
    below = range(at + 1, len(lines))
    end = next((place for place in below if lines[place][:1] not in ("", " ", "#", "-")), len(lines))
    while end > at + 1 and not lines[end - 1].strip():
        end -= 1
    indent = next(
        (line[: len(line) - len(line.lstrip())] for line in lines[at + 1 : end] if "- " in line), "  "
    )
    lines[end:end] = [indent + line for line in block.splitlines()]
    text = "\n".join(lines) + "\n"
    yaml_models.parse(text, path.name, _File)
    write_text(path, text, like=path)


def _plain(decision: TopicDecision) -> Row:
    words = {kind: word for word, kind in KINDS.items()}
    names = [*decision.names, *[""] * len(decision.marks)]
    marks = [
        {"navn": name, "ord": list(one.words), "innspill": list(one.notes)}
        for name, one in zip(names, decision.marks, strict=False)
    ]
    row: Row = {
        "id": decision.id,
        "gjør": words[decision.kind],
        "navn": decision.name,
        "hvem": decision.who,
        "dato": decision.at,
        "begrunnelse": decision.reason,
        "emner": [{key: value for key, value in one.items() if value} for one in marks],
    }
    return {key: value for key, value in row.items() if value}
