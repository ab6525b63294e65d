"""Tables of a stage: a file each, read when used; their rows are what their types say."""

import typing
from dataclasses import dataclass, fields
from enum import EnumType
from pathlib import Path
from types import UnionType
from typing import Any, ClassVar, get_args, get_origin

import pytest

from kafe.flow import tables
from kafe.flow.project import Project
from kafe.flow.tables import StageTables
from kafe.records import KafeError

STAGES = (
    tables.NotesTables,
    tables.UnitsTables,
    tables.CodingTables,
    tables.TopicsTables,
    tables.PilotTables,
)


@dataclass
class Fruit(StageTables):
    stage: ClassVar[str] = "fruit"
    names: list[str]
    prices: dict[str, int]


def test_a_table_is_a_file_with_a_row_a_line(tmp_path: Path) -> None:
    Fruit(["eple", "pære"], {"eple": 3}).save(tmp_path)
    assert (tmp_path / "fruit/names.json").read_text(encoding="utf-8") == '[\n"eple",\n"pære"\n]\n'
    assert (tmp_path / "fruit/prices.json").read_text(encoding="utf-8") == '{"eple": 3}\n'


def test_only_the_table_that_is_used_is_read_and_only_once(tmp_path: Path) -> None:
    Fruit(["eple"], {}).save(tmp_path)
    asked: list[tuple[str, str]] = []
    found = Fruit.stored(tmp_path, lambda stage, table: asked.append((stage, table)))
    assert found.names == found.names == ["eple"]
    assert asked == [("fruit", "names")]


def test_a_table_that_is_not_there_or_cut_short_says_what_to_run(tmp_path: Path) -> None:
    Fruit(["eple"], {}).save(tmp_path)
    (tmp_path / "fruit/names.json").write_text("[", encoding="utf-8")
    (tmp_path / "fruit/prices.json").unlink()
    for name in ("names", "prices"):
        with pytest.raises(KafeError, match="kafe run"):
            getattr(Fruit.stored(tmp_path), name)


def test_there_is_no_table_by_another_name(tmp_path: Path) -> None:
    with pytest.raises(AttributeError):
        getattr(Fruit.stored(tmp_path), "colours")  # noqa: B009


def differences(value: Any, kind: Any, at: str) -> list[str]:
    """Return where a value is not what its type says: other keys, or another kind of value."""
    origin = get_origin(kind)
    if kind is Any or kind is object:
        return []
    if typing.is_typeddict(kind):
        if not isinstance(value, dict):
            return [f"{at}: {value!r}"]
        hints = typing.get_type_hints(kind)
        wrong = value.keys() ^ hints.keys() if kind.__total__ else value.keys() - hints.keys()
        found = [f"{at}: {sorted(wrong)}"] if wrong else []
        return found + [
            d for key in value.keys() & hints for d in differences(value[key], hints[key], f"{at}.{key}")
        ]
    if origin in (typing.Union, UnionType):
        return (
            [] if any(differences(value, one, at) == [] for one in get_args(kind)) else [f"{at}: {value!r}"]
        )
    if origin is typing.Literal:
        return [] if value in get_args(kind) else [f"{at}: {value!r}"]
    if origin is list:
        return [d for one in value for d in differences(one, get_args(kind)[0], at)]
    if origin is tuple:
        return [
            d for one, part in zip(value, get_args(kind), strict=True) for d in differences(one, part, at)
        ]
    if origin is dict:
        return [d for one in value.values() for d in differences(one, get_args(kind)[1], at)]
    if isinstance(kind, EnumType):
        return [] if value in {str(one) for one in kind} else [f"{at}: {value!r}"]
    fits = isinstance(value, (int, float) if kind is float else kind) and (kind is bool or value is not True)
    return [] if fits else [f"{at}: {value!r} is not {kind}"]


@pytest.mark.parametrize("kind", STAGES, ids=[kind.stage for kind in STAGES])
def test_what_a_stage_leaves_has_the_keys_and_values_of_its_type(
    kind: type[StageTables], _staged: Path
) -> None:
    left = kind.stored(Project(_staged).results)
    hints = typing.get_type_hints(kind)
    wrong = [
        difference
        for field in fields(kind)
        for difference in differences(getattr(left, field.name), hints[field.name], field.name)
    ]
    assert wrong == []
