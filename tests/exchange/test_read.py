"""Codebooks of any format: read by content and ending, or refused with what to do."""

import pytest

from kafe.codebook.reader import parse_codebook
from kafe.exchange.formats.qdc import qdc_bytes
from kafe.records import KafeError

HERE = """\
koder:
  - id: rød
    navn: Rød
    definisjon: Overskrift.
    kodbar: false
    koder:
      - id: bolig
        navn: Bolig
      - id: rus
        navn: Rus
        definisjon: Bruker rusmidler.
"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"x;y\n1;2\n"),
        ("a.docx", b"PK"),
        ("a.xlsx", b"tull"),
        ("a.sqlite3", b"SQLite format 3\x00tull"),
    ],
)
def test_a_file_that_is_no_codebook_is_refused_with_a_remedy(tmp_path, name, content, codes_in):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(KafeError) as caught:
        codes_in(tmp_path / name)
    assert caught.value.file == name
    assert caught.value.remedy


def test_a_refi_codebook_is_read(tmp_path, codes_in):
    book = parse_codebook(HERE)
    (tmp_path / "kodebok.qdc").write_bytes(qdc_bytes(book))
    found = codes_in(tmp_path / "kodebok.qdc")
    assert [code.name for code in found.codes.codes] == [code.name for code in book.codes]
