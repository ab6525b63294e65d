"""One decoder for every file: the encodings that Norwegian exports use are told apart, garble is refused."""

import codecs

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kafe.files import WrongEncodingError, decode, decode_exactly, read_text

SENTENCE = "Nød på Hå og øy – «én» gang\r\nòg på Værøy"
WORDS = st.text(st.sampled_from("abcdefghijklmnoprstuvyæøåÆØÅéò –«»;,.\n\t")).map(
    lambda text: "Innspill " + text
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@given(text=WORDS)
def test_text_comes_back_whatever_encoding_it_was_saved_in(encoding, text):
    assume(encoding != "cp1252" or not is_utf_8(text.encode(encoding)))
    assert decode(text.encode(encoding)) == text


def is_utf_8(data: bytes) -> bool:
    """Tell whether bytes mean something else in UTF-8: `Å–` alone in Windows-1252 is `Ŗ`."""
    try:
        return bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


@given(
    text=WORDS, mark=st.sampled_from([("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)])
)
def test_a_byte_order_mark_decides_and_is_no_part_of_the_text(text, mark):
    name, bom = mark
    assert decode(bom + text.encode(name)) == text


@given(st.binary())
def test_what_is_decoded_makes_the_same_bytes_again(data):
    try:
        text, encoding = decode_exactly(data)
    except WrongEncodingError:
        return
    assert encoding.encode(text) == data


@given(st.text().filter(lambda text: "\x00" not in text))
def test_any_text_in_utf_8_is_read_or_refused_never_changed(text):
    try:
        assert decode(text.encode("utf-8-sig")) == text
    except WrongEncodingError:  # it looks as if it was encoded twice
        assert any(char in text for char in "ÃÂâ")


@pytest.mark.parametrize(
    "data",
    [
        "Nød på Hå og øy".encode("cp865"),
        "Færre følger på råd".encode("mac_roman"),
        SENTENCE.encode("utf-32"),
        SENTENCE.encode("utf-32-le"),
        SENTENCE.encode("utf-16")[:-1],
        SENTENCE.encode("utf-16-le")[:-1],
        "nød på Hå".encode().decode("cp1252").encode(),
        "nød\n".encode() + "hå\n".encode("cp1252"),
        bytes(range(256)),
        b"\x00\x01\x00\x02\x00\x03",
        b"PK\x03\x04\x14\x00\x00\x00",
    ],
)
def test_what_would_be_garbled_is_refused(data):
    with pytest.raises(WrongEncodingError):
        decode(data)


def test_the_line_of_the_first_garbled_letter_is_told():
    with pytest.raises(WrongEncodingError) as error:
        decode("én\nto\nnød\n".encode() + "hå\n".encode("cp1252"))
    assert error.value.line == 1
    with pytest.raises(WrongEncodingError) as error:
        decode(b"en\nto\ntre " + "nød på Hå".encode().decode("cp1252").encode())
    assert error.value.line == 3


def test_a_file_is_read_with_line_feeds_and_without_its_mark(tmp_path):
    (tmp_path / "a.txt").write_bytes("Å\r\nø\ræ\n".encode("utf-16"))
    assert read_text(tmp_path / "a.txt") == "Å\nø\næ\n"
    (tmp_path / "b.yaml").write_bytes("Å: 1\r\n".encode("utf-8-sig"))
    assert read_text(tmp_path / "b.yaml", only_utf8=True) == "Å: 1\n"


def test_a_format_that_is_utf_8_is_read_as_nothing_else(tmp_path):
    (tmp_path / "a.toml").write_bytes(b"a = 1\n" + "tittel = 'rød'".encode("cp1252"))
    with pytest.raises(WrongEncodingError) as error:
        read_text(tmp_path / "a.toml", only_utf8=True)
    assert error.value.line == 2
