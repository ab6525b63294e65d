"""What in the store is rewritten: identifiers that are found only now, in texts and memos stored earlier."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, select, update

from kafe.records import text_hash
from kafe.store.tables import schema

Mask = Callable[[Sequence[str]], Sequence[str]]
"""Texts in, the same texts with identifiers masked out, in the same order."""
MEMO_COLUMNS = (schema.memos.c.text, schema.codings.c.memo)
"""Where people's own words are."""


def remask(connection: Connection, mask: Mask, current: frozenset[str]) -> int:
    """Return how many stored texts and quotes were masked again; texts in `current` are not looked at.

    A coding stays on its span where the span has not moved; elsewhere it keeps the old hash and counts
    as standing on an earlier text. Its quote is masked either way.
    """
    versions, codings = schema.note_versions.c, schema.codings.c
    stored = connection.execute(select(versions.text).distinct()).scalars()
    texts = changes(sorted(text for text in stored if text not in current), mask)
    new_hash = {}
    for old, new in texts.items():
        new_hash[text_hash(old)] = (text_hash(new), new)
        values = {"text": new, "text_hash": text_hash(new)}
        connection.execute(update(schema.note_versions).where(versions.text == old).values(values))
    fresh = {text_hash(text) for text in current}
    quotes = connection.execute(select(codings.quote, codings.text_hash).distinct())
    said = changes(sorted({row.quote for row in quotes if row.text_hash not in fresh}), mask)
    rows = connection.execute(
        select(codings.seq, codings.start, codings.end, codings.quote, codings.text_hash).where(
            codings.text_hash.in_(new_hash) | codings.quote.in_(said)
        )
    ).all()
    for row in rows:
        quote = said.get(row.quote, row.quote)
        digest, text = new_hash.get(row.text_hash, (row.text_hash, ""))
        kept = digest if text[row.start : row.end] == quote else row.text_hash
        change = update(schema.codings).where(codings.seq == row.seq)
        connection.execute(change.values(quote=quote, text_hash=kept))
    return len(texts) + len(said)


def written(connection: Connection) -> list[str]:
    """Return what people have written as memos, on codings too, each text once, sorted."""
    found: set[str] = set()
    for column in MEMO_COLUMNS:
        found.update(connection.scalars(select(column).where(column != "").distinct()))
    return sorted(found)


def remask_memos(connection: Connection, mask: Mask) -> int:
    """Return how many of the texts that people have written `mask` changed; every event that has one gets the new."""
    said = changes(written(connection), mask)
    for old, new in said.items():
        for column in MEMO_COLUMNS:
            connection.execute(update(column.table).where(column == old).values({column.name: new}))
    return len(said)


def changes(texts: Sequence[str], mask: Mask) -> dict[str, str]:
    """Return text → masked text for those that masking changes."""
    if not texts:
        return {}
    return {old: new for old, new in zip(texts, mask(texts), strict=True) if old != new}
