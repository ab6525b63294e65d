"""People's memos brought together: those of their own, and those written on codings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kafe.agreement import settled_without_reason
from kafe.records import Coding, Memo

MemoKind = Literal["note", "code", "coding", "project"]


@dataclass(frozen=True, slots=True)
class MemoEntry:
    """A memo: what it is about (`kind`, and the note and code where it has them), who wrote it, and when."""

    kind: MemoKind
    note_id: str
    code: str
    quote: str
    text: str
    author: str
    at: str


def memo_entries(memos: Iterable[Memo], codings: Sequence[Coding]) -> list[MemoEntry]:
    """Return the memos as they stand, and those written on codings as they were made, the latest first.

    A memo on a coding that no longer stands has no note and no code. Left out is what a consensus is
    stored with when it only names who agreed.
    """
    codings = [coding for coding in codings if not settled_without_reason(coding)]
    by_id = {coding.id: coding for coding in codings}
    found = [
        MemoEntry("coding", one.note_id, one.code, one.quote, one.memo, one.coder, one.at)
        for one in codings
        if one.memo.strip()
    ]
    for memo in memos:
        kind, _, target = memo.target.partition(":")
        coding = by_id.get(target) if kind == "coding" else None
        note_id = target if kind == "note" else coding.note_id if coding else ""
        code = target if kind == "code" else coding.code if coding else ""
        quote = coding.quote if coding else ""
        found.append(MemoEntry(_KINDS[kind], note_id, code, quote, memo.text, memo.author, memo.at))
    return sorted(found, key=lambda one: (one.at, one.author, one.text), reverse=True)


_KINDS: Mapping[str, MemoKind] = {"note": "note", "code": "code", "coding": "coding", "project": "project"}
