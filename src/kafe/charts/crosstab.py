"""Rows of column, row and value as a table with one line for each row and one cell for each column."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kafe.formatting import Row


@dataclass(frozen=True)
class Crosstab:
    """`columns` and `rows` in the order met, and the value of each (column, row) that has one; None: hidden."""

    columns: list[str]
    rows: list[str]
    values: Mapping[tuple[str, str], Any]

    @classmethod
    def of(cls, data: Sequence[Row], column: str, row: str, value: str) -> "Crosstab":
        """Return the cross-table of rows that have these keys; of several with the same pair the last counts."""
        return cls(
            list(dict.fromkeys(str(one[column]) for one in data)),
            list(dict.fromkeys(str(one[row]) for one in data)),
            {(str(one[column]), str(one[row])): one[value] for one in data},
        )

    def top(self) -> Any:
        """Return the largest value; 1 where there is none above zero."""
        return max(filter(None, self.values.values()), default=1)

    def wide(self, key: str, columns: Iterable[str], otherwise: Any) -> list[Row]:
        """Return one row a line: its name under `key`, each column's value, `otherwise` where there is none."""
        return [
            {key: row} | {column: self.values.get((column, row), otherwise) for column in columns}
            for row in self.rows
        ]
