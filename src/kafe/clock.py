"""The present moment, as it is written in stored events."""

from datetime import UTC, datetime


def now() -> str:
    """Return the present moment as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def now_ms() -> str:
    """Return the present moment as ISO 8601 in UTC, to the millisecond, for acts that follow each other quickly."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
