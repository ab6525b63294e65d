"""What importing a file would do, worked out before anything is changed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kafe.codebook.changes import code_row
from kafe.exchange.guid import guid
from kafe.exchange.match_codes import plan_codes
from kafe.exchange.match_texts import Matcher, Piece
from kafe.exchange.positions import Locator, best_counting
from kafe.exchange.records import CodedSpan, ForeignMemo, Incoming, TextSource
from kafe.origins import is_machine_name, within_import
from kafe.records import Code, Codebook, Coding, Memo, Note, Problem, text_hash

EVIDENCE = 5000
"""Stretches that are looked at to find out how a program counts."""


@dataclass(frozen=True)
class ProjectState:
    """What the project has already: `events` are the ids of all coding events, undone ones too."""

    notes: Sequence[Note]
    codebook: Codebook
    standing: Sequence[Coding] = ()
    events: frozenset[str] = frozenset()
    memos: Sequence[Memo] = ()
    finished: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class ImportPlan:
    """What would be appended, what is there already, and what is left out and why.

    `codes` are new, in order, a parent before its children, of `codes_read` that the file has. `left_out` counts by key of
    `exchange.left_out`, `losses` by key of `exchange.loss`. `unknown` are texts that are none of the
    project's notes; `fill` gives code → fields that the codebook lacks, `differs` code → fields that it says
    in another way and keeps, `same` the codes that are alike; `problems` are rows that cannot be used.
    """

    codes: tuple[Code, ...] = ()
    codings: tuple[Coding, ...] = ()
    memos: tuple[Memo, ...] = ()
    finished: tuple[tuple[str, str], ...] = ()
    unknown: tuple[TextSource, ...] = ()
    texts: int = 0
    there: int = 0
    codes_read: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    losses: Mapping[str, int] = field(default_factory=dict)
    fill: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    differs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    same: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether there is anything to do in the project."""
        return bool(self.codes or self.fill or self.codings or self.memos or self.finished)

    def operation(self, file: str) -> dict[str, Any]:
        """Return the arguments of the codebook's operation `import` that adds the codes of the file and fills in."""
        return {"file": file, "add": [code_row(code) for code in self.codes], "fill": self.fill}


def make_plan(incoming: Incoming, project: ProjectState, *, origin: str = "", coder: str = "") -> ImportPlan:
    """Return what importing a file would do.

    Codings on texts that are the project's notes become events with `origin`; `coder` is used where
    the file names nobody. Ids are kafe's own where the file has them, else hashes of content, so the
    same file twice gives the same events.
    """
    return _Planning(incoming, project, origin, coder).plan()


class _Planning:
    def __init__(self, incoming: Incoming, project: ProjectState, origin: str, coder: str):
        self.incoming, self.project, self.origin = incoming, project, origin
        self.coder = coder
        self.left_out: Counter[str] = Counter()
        own = incoming.codes.by_guid
        used = {own[span.code] for span in incoming.spans if span.code in own}
        self.code_plan = plan_codes(incoming.codes, project.codebook, used)
        self.texts = {note.id: text_hash(note.text) for note in project.notes}
        self.current = {(c.note_id, c.start, c.end, c.code, c.coder): c for c in project.standing}
        self.anywhere = {(c.note_id, c.code, c.coder): c for c in project.standing}
        self.codings: dict[str, Coding] = {}
        self.by_span: dict[str, str] = {}
        self.there = 0
        self.own_codings = self.sidecar("codings")
        inline = {guid("codingmemo", own["id"]): name for name, own in self.own_codings.items()}
        self.inline = {inline[memo.guid]: memo.text for memo in incoming.memos if memo.guid in inline}
        self.foreign_memos = [memo for memo in incoming.memos if memo.guid not in inline]

    def sidecar(self, part: str) -> dict[str, dict[str, str]]:
        """Return what kafe wrote beside the format, by GUID; what is not in that shape is passed over."""
        found = self.incoming.sidecar.get(part)
        if not isinstance(found, dict):
            return {}
        return {
            name: {key: text for key, text in values.items() if isinstance(text, str)}
            for name, values in found.items()
            if isinstance(values, dict) and isinstance(values.get("id"), str)
        }

    def plan(self) -> ImportPlan:
        spans: dict[str, list[CodedSpan]] = {}
        for span in self.incoming.spans:
            spans.setdefault(span.source, []).append(span)
        counting = best_counting(self.evidence(spans))
        matcher = Matcher(self.project.notes)
        unknown: list[TextSource] = []
        placed: dict[str, Piece] = {}
        for source in self.incoming.sources:
            verdict, pieces = matcher.find(source)
            own = spans.pop(source.guid, [])
            if verdict == "known":
                self.place(pieces, own, Locator(source.text, counting))
                placed[source.guid] = pieces[0]
                continue
            why = verdict if source.text.strip("\ufeff \r\n\t") else "empty"
            if why == "unknown":
                unknown.append(source)
            else:
                self.left_out[f"texts_{why}"] += 1
            self.left_out[f"codings_{why}"] += len(own)
        self.left_out["codings_without_text"] += sum(map(len, spans.values()))
        memos = self.memos(placed)
        finished = self.finished()
        return ImportPlan(
            codes=self.code_plan.new,
            codes_read=len(self.incoming.codes.codes),
            codings=tuple(self.codings.values()),
            memos=memos,
            finished=finished,
            unknown=tuple(unknown),
            texts=len(placed),
            there=self.there,
            left_out={key: count for key, count in self.left_out.items() if count},
            losses=self.incoming.losses,
            fill=self.code_plan.fill,
            differs=self.code_plan.differs,
            same=self.code_plan.same,
            problems=tuple(map(Problem.of, self.incoming.problems)),
        )

    def evidence(
        self, spans: Mapping[str, list[CodedSpan]]
    ) -> Iterable[tuple[str, Sequence[tuple[int, int, str]]]]:
        seen = 0
        for source in self.incoming.sources:
            own = [(span.start, span.end, span.quote) for span in spans.get(source.guid, ()) if span.end >= 0]
            if own and seen < EVIDENCE:
                seen += len(own)
                yield source.text, own

    def place(self, pieces: Sequence[Piece], spans: Sequence[CodedSpan], locator: Locator) -> None:
        for span in spans:
            found = locator.find(span.start, span.end, span.quote)
            if found is None:
                self.left_out["position"] += 1
                continue
            there = locator.normalised(found)
            here = [(piece.note, where) for piece in pieces if (where := piece.in_note(*there))]
            if not here:
                self.left_out["outside"] += 1
            for note, (start, end) in here:
                self.add(span, note, start, end)

    def add(self, span: CodedSpan, note: Note, start: int, end: int) -> None:
        own = self.own_codings.get(span.guid, {})
        coder = own.get("coder") or span.coder or self.coder
        code = self.code_plan.by_guid.get(span.code, "")
        if not code:
            self.left_out["code"] += 1
        elif code in self.project.codebook and not self.project.codebook[code].codable:
            self.left_out["heading"] += 1
        elif not coder:
            self.left_out["coder"] += 1
        elif is_machine_name(coder):
            self.left_out["machine"] += 1
        else:
            at = own.get("at", span.at)
            memo = own.get("memo") or self.inline.get(span.guid, "") or span.memo
            coding = Coding(
                id=own.get("id", ""),
                note_id=note.id,
                start=start,
                end=end,
                quote=note.text[start:end],
                text_hash=self.texts[note.id],
                code=code,
                coder=coder,
                at=at,
                memo=memo,
                origin=within_import(self.origin, own.get("origin", "")),
                codebook_version=own.get("codebook_version") or self.project.codebook.version,
            )
            self.keep(span, coding if coding.id else replace(coding, id=coding.content_id))

    def keep(self, span: CodedSpan, coding: Coding) -> None:
        place = (coding.note_id, coding.start, coding.end, coding.code, coding.coder)
        standing = self.current.get(place)
        if span.somewhere and not standing:
            standing = self.anywhere.get((coding.note_id, coding.code, coding.coder))
        self.by_span[span.guid] = standing.id if standing else coding.id
        if standing:
            self.there += 1
            self.left_out["memo_differs"] += bool(coding.memo) and coding.memo != standing.memo
        elif coding.id in self.project.events:
            self.left_out["taken_away"] += 1
        else:
            self.current[place] = coding
            self.codings[coding.id] = coding

    def memos(self, placed: Mapping[str, Piece]) -> tuple[Memo, ...]:
        sidecar = self.sidecar("memos")
        there = {memo.id for memo in self.project.memos}
        said = {(memo.target, memo.text, memo.author) for memo in self.project.memos}
        found: dict[str, Memo] = {}
        for foreign in self.foreign_memos:
            own = sidecar.get(foreign.guid, {})
            if not own and not foreign.text.strip():
                continue
            target = self.target(foreign, placed) if foreign.target else own.get("target", "project")
            author = own.get("author") or foreign.author or self.coder
            memo = Memo(
                id=own.get("id") or foreign.guid.replace("-", ""),
                target=target,
                text=own.get("text") or foreign.text,
                author=author,
                at=own.get("at") or foreign.at,
            )
            if not target:
                self.left_out["memo_target"] += 1
            elif not author:
                self.left_out["memo_author"] += 1
            elif memo.id not in there and (target, memo.text, author) not in said:
                found[memo.id] = memo
        return tuple(found.values())

    def target(self, memo: ForeignMemo, placed: Mapping[str, Piece]) -> str:
        """Return what a memo is about, in kafe's words; empty when kafe does not have it."""
        if memo.target in placed:
            return f"note:{placed[memo.target].note.id}"
        if memo.target in self.by_span:
            return f"coding:{self.by_span[memo.target]}"
        code = self.code_plan.by_guid.get(memo.target)
        return f"code:{code}" if code else ""

    def finished(self) -> tuple[tuple[str, str], ...]:
        pairs = self.incoming.sidecar.get("finished")
        if not isinstance(pairs, list):
            return ()
        found = {tuple(pair) for pair in pairs if isinstance(pair, list) and len(pair) == 2}
        fresh = [(coder, note) for coder, note in found if note in self.texts]
        return tuple(sorted(pair for pair in fresh if pair not in self.project.finished))
