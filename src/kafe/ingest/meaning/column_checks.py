"""Whether the values of a column are those that its header leads to expect."""

from kafe.ingest.meaning import headers
from kafe.ingest.meaning.column_values import NUMBER
from kafe.ingest.meaning.known_values import is_municipality


def is_named_group(values: list[str], found: str, *, few: bool) -> bool:
    """Return whether values under a header such as `Hvem` are those of groups, not questions or people's words."""
    return not values or found == headers.GROUP or (few and found in ("", headers.CLOSED, NUMBER))


def fits(asked: str, found: str, values: list[str]) -> bool:
    if asked == headers.MUNICIPALITY:
        named = sum(is_municipality(value) for value in values)
        return (
            found == headers.MUNICIPALITY
            or named >= 0.5 * len(values)
            or (found in ("", headers.CLOSED) and _short(values))
        )
    return found in (headers.GROUP, headers.CLOSED, "") and _short(values)


def _short(values: list[str]) -> bool:
    return all(len(value.split()) <= 8 and value[-1] not in ".!?" for value in values)


def section(values: list[str], found: str) -> str:
    """Return what a section of a wall is: what its values are, else a question that its notes answer."""
    if found in (headers.TABLE, headers.ROUND, headers.GROUP, headers.MUNICIPALITY):
        return found
    worded = sum(value.endswith("?") or len(value.split()) >= 4 for value in values)
    return headers.QUESTION if values and worded >= 0.5 * len(values) else headers.CLOSED
