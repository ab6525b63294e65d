"""Topics by what is known of the notes: group, session, question, round; over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

Row = dict[str, Any]


def topics_by(topics: Mapping[str, Sequence[str]], values: Mapping[str, str]) -> list[Row]:
    """Return a row for each topic and value (a group, a session, a question, a round) that notes have.

    `topics`: topic id or name → note ids; `values`: note id → value (empty: unknown, left out). Each row:
    `topic`, `value`, `notes`, `share` (of the value's notes that lie in any of these topics),
    `expected` (notes, were topic and value unrelated) and `lift` (notes / expected). Rows without notes
    are there too, with 0. Sorted by topic as given, then value.
    """
    table = {
        topic: Counter(values[note] for note in notes if values.get(note)) for topic, notes in topics.items()
    }
    columns: Counter[str] = Counter()
    for counts in table.values():
        columns.update(counts)
    total = sum(columns.values())
    rows = []
    for topic, counts in table.items():
        size = sum(counts.values())
        for value in sorted(columns):
            expected = size * columns[value] / total
            rows.append(
                {
                    "topic": topic,
                    "value": value,
                    "notes": counts[value],
                    "share": round(counts[value] / columns[value], 4),
                    "expected": round(expected, 2),
                    "lift": round(counts[value] / expected, 2) if expected else None,
                }
            )
    return rows


def topics_over_time(
    topics: Mapping[str, Sequence[str]], dates: Mapping[str, str], step: str = "month"
) -> list[Row]:
    """Return a row for each topic and period: `topic`, `value` (the period), `notes`, `share` and the rest of `topics_by`.

    `dates`: note id → ISO date. `step`: `day`, `month`, `quarter` or `year`. Only periods with notes.
    """
    return topics_by(topics, {note: _period(date, step) for note, date in dates.items() if date})


def _period(date: str, step: str) -> str:
    if step == "quarter":
        return f"{date[:4]}-K{(int(date[5:7]) + 2) // 3}"
    return date[: {"day": 10, "month": 7, "year": 4}[step]]
