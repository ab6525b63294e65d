"""Labelled texts and anchors are read from tables, errors named."""

import pytest

from kafe.records import KafeError
from kafe.topics.evaluation import read_anchors, read_labelled


@pytest.fixture
def table(tmp_path, themed):
    texts, _, truth = themed(60)
    path = tmp_path / "sett.csv"
    rows = "\n".join(f"{text};{label}" for text, label in zip(texts, truth, strict=True))
    path.write_text(f"text;label\n{rows}\n;tom\nuten etikett;\n", encoding="utf-8-sig")
    return path


def test_delimiter_and_byte_order_mark_do_not_matter_and_unusable_rows_are_counted(table, tmp_path):
    data = read_labelled(table, "text", "label")
    assert (len(data.texts), data.skipped) == (60, 2)
    for sign in (",", "\t", "|"):
        other = tmp_path / "annen.csv"
        other.write_text(table.read_text(encoding="utf-8-sig").replace(";", sign), encoding="utf-8")
        assert read_labelled(other, "text", "label") == data


def test_a_missing_column_is_named_with_the_columns_there_are(table):
    with pytest.raises(KafeError, match="«svar» finnes ikke") as error:
        read_labelled(table, "svar", "label")
    assert "sett.csv" in str(error.value) and "text, label" in str(error.value)


def test_a_missing_file_and_a_wrong_encoding_are_told_apart(tmp_path):
    with pytest.raises(KafeError, match="Fant ikke"):
        read_labelled(tmp_path / "nei.csv", "text", "label")
    (tmp_path / "mac.csv").write_bytes("text,label\nFærre følger på råd,b\n".encode("mac_roman"))
    with pytest.raises(KafeError, match=r"mac\.csv, linje 2.*UTF-8"):
        read_labelled(tmp_path / "mac.csv", "text", "label")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_what_excel_saves_is_read(tmp_path, encoding):
    (tmp_path / "sett.csv").write_bytes("text,label\r\nå,b\r\n".encode(encoding))
    assert read_labelled(tmp_path / "sett.csv", "text", "label").texts == ("å",)


def test_several_rows_of_a_code_are_texts_of_one_anchor(tmp_path):
    path = tmp_path / "anker.csv"
    path.write_text('code,definition\na,"bolig, leie"\nb,jobb\na,hospits\nc,\n', encoding="utf-8")
    assert [(anchor.id, anchor.texts) for anchor in read_anchors(path)] == [
        ("a", ("bolig, leie", "hospits")),
        ("b", ("jobb",)),
    ]
