"""YAML with lines: what is wrong is named by file, line and key, whichever of the two parsers meets it."""

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from kafe.files import WrongEncodingError, yaml
from kafe.records import KafeError

VALUES = st.recursive(
    st.text(st.sampled_from("abcæøå :#-'\"[]{}&*\n")) | st.booleans() | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abcæ", min_size=1), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.fixture
def reader() -> yaml.Reader:
    return yaml.Reader("fil.yaml", lambda key, **values: f"{key} {values}")


def node(text: str) -> yaml.Node:
    found = yaml.compose(text)
    assert found is not None
    return found


def plain(found: yaml.Node) -> object:
    if isinstance(found, yaml.MappingNode):
        return [(plain(key), plain(value)) for key, value in found.value]
    return [plain(one) for one in found.value] if isinstance(found, yaml.SequenceNode) else found.value


@given(VALUES)
def test_both_parsers_find_the_same_nodes(value):
    text = yaml.dump(value, allow_unicode=True)
    slow = pyyaml.compose(text, Loader=pyyaml.SafeLoader)
    assert plain(node(text)) == plain(slow)
    assert yaml.line_of(node(text)) == slow.start_mark.line + 1


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("a: b\n c: d\n", "bad_yaml", 2),
        ("a: [b\n", "bad_yaml", 2),
        ("a: b\nå: \x07\n", "bad_character", 2),
        ("[" * 5000, "too_deep", 0),
    ],
)
def test_what_is_not_yaml_is_told_with_its_line(reader, text, reason, line):
    with pytest.raises(yaml.NotYamlError) as error:
        yaml.compose(text)
    assert (error.value.reason, error.value.line) == (reason, line)
    with pytest.raises(KafeError) as shown:
        reader.root(text)
    assert (shown.value.file, shown.value.place) == ("fil.yaml", f"linje {line}" if line else "")
    assert shown.value.remedy


def test_a_text_without_content_has_no_node(reader):
    assert reader.root("# bare en kommentar\n") is None


def test_values_are_read_as_they_are_written(reader):
    fields, faults = reader.mapping(
        node("id: 007\nnavn: ' å '\ntom:\nja: Nei\n"), ("id", "navn", "tom", "ja")
    )
    assert faults == []
    assert [*fields] == ["id", "navn", "ja"]
    assert [reader.text(fields[key], key) for key in ("id", "navn")] == ["007", "å"]
    assert reader.truth(fields["ja"], "ja") is False


def test_every_wrong_key_is_listed_and_the_right_ones_are_kept(reader):
    fields, faults = reader.mapping(node("id: a\nnavm: b\nid: c\nannet: d\n"), ("id", "navn"))
    assert fields["id"].value == "a"
    assert [fault.place for fault in faults] == [
        "linje 2, nøkkel «navm»",
        "linje 3, nøkkel «id»",
        "linje 4, nøkkel «annet»",
    ]
    assert [fault.message.split()[0] for fault in faults] == ["misspelt_key", "same_key", "unknown_key"]


@pytest.mark.parametrize(
    ("method", "text", "key"),
    [
        ("text", "[a]", "not_text"),
        ("text", "~", "not_text"),
        ("truth", "kanskje", "not_truth"),
        ("items", "a", "not_list"),
        ("mapping", "a", "not_mapping"),
    ],
)
def test_a_value_of_another_kind_is_named(reader, method, text, key):
    with pytest.raises(KafeError, match=f"linje 1.*{key}.*{key}_remedy"):
        getattr(reader, method)(node(text), "k")


def test_a_missing_file_and_one_in_another_encoding_are_told_apart(reader, tmp_path):
    with pytest.raises(KafeError, match="no_file"):
        reader.read(tmp_path / "fil.yaml")
    (tmp_path / "fil.yaml").write_bytes(b"a: b\nb: \xe5\n")
    with pytest.raises(WrongEncodingError, match=r"fil\.yaml, linje 2: Filen er ikke UTF-8"):
        reader.read(tmp_path / "fil.yaml")
