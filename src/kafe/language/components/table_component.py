"""What the pipeline's own components have in common: they are tables, learned in training and stored as one file."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any, ClassVar, Self

import srsly


class TableComponent:
    """A component that consists of tables.

    A subclass names its file and its tables, which are arguments of its constructor and attributes alike.
    """

    FILE: ClassVar[str]
    TABLES: ClassVar[tuple[str, ...]]

    def to_bytes(self, **_: Any) -> bytes:
        """Return the tables as compressed msgpack; the same tables give the same bytes."""
        tables = {name: getattr(self, name) for name in self.TABLES}
        return gzip.compress(srsly.msgpack_dumps(tables), mtime=0)

    def from_bytes(self, data: bytes, **_: Any) -> Self:
        """Take over the tables of `to_bytes`; return itself."""
        tables = srsly.msgpack_loads(gzip.decompress(data))
        self.__init__(*(tables[name] for name in self.TABLES))  # type: ignore[misc]
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the tables to a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / self.FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> Self:
        """Read the tables from a folder; return itself."""
        return self.from_bytes((Path(path) / self.FILE).read_bytes())
