"""YAML files against a model: every scalar as written, every fault with file, line and key."""

import pytest
from pydantic import Field

from kafe.files import yaml_models
from kafe.records import KafeError


class Item(yaml_models.Section):
    id: str
    count: int = Field(default=0, alias="antall", ge=0)


class Items(yaml_models.Section):
    items: tuple[Item, ...] = Field(default=(), alias="elementer")


def test_ids_that_look_like_other_things_stay_what_they_are():
    found = yaml_models.parse(
        "elementer:\n- id: nei\n- id: 1.0\n- {id: 2025-05-06, antall: 3}\n", "f.yaml", Items
    )
    assert [(one.id, one.count) for one in found.items] == [("nei", 0), ("1.0", 0), ("2025-05-06", 3)]
    assert yaml_models.parse("", "f.yaml", Items) == Items()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "elementer:\n- id: a\n  antall: -1\n",
            "linje 3, nøkkel «elementer.1.antall»: Verdien skal være minst 0",
        ),
        ("elementer:\n- id: a\n  farge: b\n", "linje 3, nøkkel «elementer.1.farge»: Ukjent nøkkel"),
        ("elementer:\n- id: a\n  id: b\n", "linje 3, nøkkel «elementer.1.id»: Nøkkelen står to ganger"),
        ("elementer: &a [*a]\n", "linje 1: Anker og alias"),
        ("[a]: b\n", "linje 1: Ikke gyldig YAML"),
        ("elementer: [\n", "linje 2: Ikke gyldig YAML"),
    ],
)
def test_what_does_not_fit_is_explained(text, said):
    with pytest.raises(KafeError) as error:
        yaml_models.parse(text, "f.yaml", Items)
    assert str(error.value).startswith(f"f.yaml, {said}")
    assert error.value.remedy


def test_an_id_that_stands_twice_is_named_with_its_last_line(tmp_path):
    path = tmp_path / "f.yaml"
    path.write_text("elementer:\n- id: a\n- id: b\n- id: a\n", encoding="utf-8-sig")
    found = yaml_models.load(path, Items)
    with pytest.raises(KafeError, match=r"f\.yaml, linje 4: Elementet «a» står to ganger"):
        yaml_models.refuse_repeats(path, "Elementet", (one.id for one in found.items))
    yaml_models.refuse_repeats(path, "Elementet", iter(["a", "b"]))
    assert yaml_models.lines_with(path, "id: a") == [2, 4]
    assert yaml_models.lines_with(path, "id: c") == [0]
