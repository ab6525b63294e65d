"""What taking in a file would do, worked out before anything is changed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kafe.exchange.code_match import match_codes
from kafe.exchange.formats.guid import guid
from kafe.exchange.positions import Locator, best_counting
from kafe.exchange.records import Incoming, Mark, Remark, Source
from kafe.exchange.text_match import Matcher, Piece
from kafe.origins import is_machine_name
from kafe.records import Code, Codebook, Coding, Memo, Note, text_hash

EVIDENCE = 5000
"""Stretches that are looked at to find out how a program counts."""


@dataclass(frozen=True)
class Known:
    """What the project has already: `events` are the ids of all coding events, undone ones too."""

    notes: Sequence[Note]
    codebook: Codebook
    standing: Sequence[Coding] = ()
    events: frozenset[str] = frozenset()
    memos: Sequence[Memo] = ()
    finished: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Plan:
    """What would be appended, what is there already, and what is left out and why.

    `codes` are new, in order, a parent before its children. `left_out` counts by key of
    `exchange.left_out`, `losses` by key of `exchange.loss`. `unknown` are texts that are none of the
    project's notes; `fill` gives code → fields that the codebook lacks; `problems` are rows that
    cannot be used.
    """

    codes: tuple[Code, ...] = ()
    codings: tuple[Coding, ...] = ()
    memos: tuple[Memo, ...] = ()
    finished: tuple[tuple[str, str], ...] = ()
    unknown: tuple[Source, ...] = ()
    texts: int = 0
    there: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    losses: Mapping[str, int] = field(default_factory=dict)
    fill: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether there is anything to do in the project."""
        return bool(self.codes or self.fill or self.codings or self.memos or self.finished)


def plan_import(incoming: Incoming, known: Known, *, origin: str, coder: str = "") -> Plan:
    """Return what taking in a project file would do.

    Codings on texts that are the project's notes become events with `origin`; `coder` is used where
    the file names nobody. Ids are kafe's own where the file has them, else hashes of content, so the
    same file twice gives the same events.
    """
    return _Planning(incoming, known, origin, coder).plan()


class _Planning:
    def __init__(self, incoming: Incoming, known: Known, origin: str, coder: str):
        self.incoming, self.known, self.origin = incoming, known, origin
        self.coder = coder
        self.left_out: Counter[str] = Counter()
        self.codes, self.new_codes = match_codes(incoming, known.codebook)
        self.texts = {note.id: text_hash(note.text) for note in known.notes}
        self.current = {(c.note_id, c.start, c.end, c.code, c.coder): c for c in known.standing}
        self.anywhere = {(c.note_id, c.code, c.coder): c for c in known.standing}
        self.codings: dict[str, Coding] = {}
        self.by_mark: dict[str, str] = {}
        self.there = 0
        self.kept_codings = self.kept("codings")
        inline = {guid("codingmemo", kept["id"]): name for name, kept in self.kept_codings.items()}
        self.inline = {
            inline[remark.guid]: remark.text for remark in incoming.remarks if remark.guid in inline
        }
        self.remarks = [remark for remark in incoming.remarks if remark.guid not in inline]

    def kept(self, part: str) -> dict[str, dict[str, str]]:
        """Return what kafe wrote beside the format, by GUID; what is not in that shape is passed over."""
        found = self.incoming.kept.get(part)
        if not isinstance(found, dict):
            return {}
        return {
            name: {key: text for key, text in values.items() if isinstance(text, str)}
            for name, values in found.items()
            if isinstance(values, dict) and isinstance(values.get("id"), str)
        }

    def plan(self) -> Plan:
        marks: dict[str, list[Mark]] = {}
        for mark in self.incoming.marks:
            marks.setdefault(mark.source, []).append(mark)
        counting = best_counting(self.evidence(marks))
        matcher = Matcher(self.known.notes)
        unknown: list[Source] = []
        placed: dict[str, Piece] = {}
        for source in self.incoming.sources:
            verdict, pieces = matcher.find(source)
            own = marks.pop(source.guid, [])
            if verdict == "known":
                self.place(source, pieces, own, Locator(source.text, counting))
                placed[source.guid] = pieces[0]
                continue
            why = verdict if source.text.strip("\ufeff \r\n\t") else "empty"
            if why == "unknown":
                unknown.append(source)
            else:
                self.left_out[f"texts_{why}"] += 1
            self.left_out[f"codings_{why}"] += len(own)
        self.left_out["codings_without_text"] += sum(map(len, marks.values()))
        memos = self.memos(placed)
        finished = self.finished()
        return Plan(
            codes=self.new_codes,
            codings=tuple(self.codings.values()),
            memos=memos,
            finished=finished,
            unknown=tuple(unknown),
            texts=len(placed),
            there=self.there,
            left_out={key: count for key, count in self.left_out.items() if count},
            losses=self.incoming.losses,
        )

    def evidence(
        self, marks: Mapping[str, list[Mark]]
    ) -> Iterable[tuple[str, Sequence[tuple[int, int, str]]]]:
        seen = 0
        for source in self.incoming.sources:
            own = [(mark.start, mark.end, mark.quote) for mark in marks.get(source.guid, ()) if mark.end >= 0]
            if own and seen < EVIDENCE:
                seen += len(own)
                yield source.text, own

    def place(self, source: Source, pieces: Sequence[Piece], marks: Sequence[Mark], locator: Locator) -> None:
        for mark in marks:
            found = locator.find(mark.start, mark.end, mark.quote)
            if found is None:
                self.left_out["position"] += 1
                continue
            span = locator.carry(found)
            here = [(piece.note, where) for piece in pieces if (where := piece.carry(*span))]
            if not here:
                self.left_out["outside"] += 1
            for note, (start, end) in here:
                self.add(mark, note, start, end)

    def add(self, mark: Mark, note: Note, start: int, end: int) -> None:
        kept = self.kept_codings.get(mark.guid, {})
        coder = kept.get("coder") or mark.coder or self.coder
        code = self.codes.get(mark.code, "")
        if not code:
            self.left_out["code"] += 1
        elif code in self.known.codebook and not self.known.codebook[code].codable:
            self.left_out["heading"] += 1
        elif not coder:
            self.left_out["coder"] += 1
        elif is_machine_name(coder):
            self.left_out["machine"] += 1
        else:
            at = kept.get("at", mark.at)
            memo = kept.get("memo") or self.inline.get(mark.guid, "") or mark.memo
            coding = Coding(
                id=kept.get("id", ""),
                note_id=note.id,
                start=start,
                end=end,
                quote=note.text[start:end],
                text_hash=self.texts[note.id],
                code=code,
                coder=coder,
                at=at,
                memo=memo,
                origin=";".join(filter(None, (self.origin, kept.get("origin")))),
                codebook_version=kept.get("codebook_version") or self.known.codebook.version,
            )
            self.keep(mark, coding if coding.id else replace(coding, id=coding.content_id))

    def keep(self, mark: Mark, coding: Coding) -> None:
        span = (coding.note_id, coding.start, coding.end, coding.code, coding.coder)
        standing = self.current.get(span)
        if mark.somewhere and not standing:
            standing = self.anywhere.get((coding.note_id, coding.code, coding.coder))
        self.by_mark[mark.guid] = standing.id if standing else coding.id
        if standing:
            self.there += 1
            self.left_out["memo_differs"] += bool(coding.memo) and coding.memo != standing.memo
        elif coding.id in self.known.events:
            self.left_out["taken_away"] += 1
        else:
            self.current[span] = coding
            self.codings[coding.id] = coding

    def memos(self, placed: Mapping[str, Piece]) -> tuple[Memo, ...]:
        kept = self.kept("memos")
        there = {memo.id for memo in self.known.memos}
        said = {(memo.target, memo.text, memo.author) for memo in self.known.memos}
        found: dict[str, Memo] = {}
        for remark in self.remarks:
            own = kept.get(remark.guid, {})
            if not own and not remark.text.strip():
                continue
            target = self.target(remark, placed) if remark.target else own.get("target", "project")
            author = own.get("author") or remark.author or self.coder
            memo = Memo(
                id=own.get("id") or remark.guid.replace("-", ""),
                target=target,
                text=own.get("text") or remark.text,
                author=author,
                at=own.get("at") or remark.at,
            )
            if not target:
                self.left_out["memo_target"] += 1
            elif not author:
                self.left_out["memo_author"] += 1
            elif memo.id not in there and (target, memo.text, author) not in said:
                found[memo.id] = memo
        return tuple(found.values())

    def target(self, remark: Remark, placed: Mapping[str, Piece]) -> str:
        """Return what a memo is about, in kafe's words; empty when kafe does not have it."""
        if remark.target in placed:
            return f"note:{placed[remark.target].note.id}"
        if remark.target in self.by_mark:
            return f"coding:{self.by_mark[remark.target]}"
        code = self.codes.get(remark.target)
        return f"code:{code}" if code else ""

    def finished(self) -> tuple[tuple[str, str], ...]:
        pairs = self.incoming.kept.get("finished")
        if not isinstance(pairs, list):
            return ()
        found = {tuple(pair) for pair in pairs if isinstance(pair, list) and len(pair) == 2}
        fresh = [(coder, note) for coder, note in found if note in self.texts]
        return tuple(sorted(pair for pair in fresh if pair not in self.known.finished))
