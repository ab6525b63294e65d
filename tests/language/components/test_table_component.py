"""Components that are tables: what is written is what was shipped, and what is read is what was written."""

from pathlib import Path

import pytest

from kafe.language.components import EntityCorrections, Lexicon, SentenceBoundaries
from kafe.language.components.table_component import TableComponent
from kafe.language.models import bundled_path, load_pipeline


@pytest.mark.parametrize("name", ["kafe_lexicon", "kafe_names", "kafe_sentences"])
def test_a_shipped_component_is_written_byte_for_byte_as_it_was_read(name: str, tmp_path: Path) -> None:
    component = load_pipeline("nb_kafe_sm").get_pipe(name)
    assert isinstance(component, TableComponent)
    component.to_disk(tmp_path / name)
    (shipped,) = (bundled_path() / name).iterdir()
    assert (tmp_path / name / shipped.name).read_bytes() == shipped.read_bytes()


@pytest.mark.parametrize(
    ("component", "empty"),
    [
        (EntityCorrections({"hjelp": 0.01}, {"Klepp": "GPE_LOC"}), EntityCorrections({}, {})),
        (SentenceBoundaries({"": -1.5, "since": 0.25}, {"hjelp": 0.01}), SentenceBoundaries({}, {})),
        (Lexicon({"nob": {"pos": {"er": "AUX"}, "feats": {}, "lemma": {}}}, {"er": -1.2}), Lexicon({}, {})),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_is_read_is_what_was_written(component: TableComponent, empty: TableComponent) -> None:
    assert empty.from_bytes(component.to_bytes()) is empty
    for table in component.TABLES:
        assert getattr(empty, table) == getattr(component, table)
