"""The tables that a stage leaves: one JSON file each, read when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

from kafe.files import write_text
from kafe.messages import message, said
from kafe.records import KafeError


@dataclass
class StageTables:
    """What one stage leaves; each field is a table, kept in `FOLDER/STAGE/FIELD.json`.

    Made by a stage with all its tables, or by `stored`, which reads a table when its field is first used.
    """

    stage: ClassVar[str]

    @classmethod
    def stored(cls, folder: Path, ask: Callable[[str, str], None] = lambda stage, table: None) -> Self:
        """Return the tables that lie below `folder`; `ask` is told of each before it is read, and may refuse."""
        found = object.__new__(cls)
        found.__dict__.update(_folder=folder, _ask=ask)
        return found

    @classmethod
    def _names(cls) -> list[str]:
        """Return the names of the tables."""
        return [field.name for field in fields(cls)]

    @staticmethod
    def place(folder: Path, stage: str, table: str) -> Path:
        """Return where a stage's table lies."""
        return folder / stage / f"{table}.json"

    def save(self, folder: Path) -> None:
        """Write every table, and remove what else lies in the stage's folder; the same tables give the same bytes."""
        for name in self._names():
            write_text(self.place(folder, self.stage, name), table_text(getattr(self, name)))
        for path in (folder / self.stage).iterdir():
            if path.stem not in self._names():
                path.unlink()

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name.startswith("_") or name not in self._names():
                raise AttributeError(name)
            self._ask(self.stage, name)
            found = self.__dict__[name] = read_table(self.place(self._folder, self.stage, name))
            return found


def table_text(table: Any) -> str:
    """Return a table as JSON, a row a line."""
    if isinstance(table, list) and table:
        return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in table) + "\n]\n"
    return json.dumps(table, ensure_ascii=False) + "\n"


def read_table(path: Path) -> Any:
    """Return what a file of a table holds. Raises KafeError when its stage has not run."""
    try:
        return json.loads(path.read_bytes(), object_hook=said)
    except (FileNotFoundError, json.JSONDecodeError) as error:
        stage = path.parent.name
        raise KafeError(
            message("flow.missing.stage", stage=stage), remedy=message("flow.missing.remedy")
        ) from error
