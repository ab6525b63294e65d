"""Text of the codebook changed where its nodes are."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kafe.codebook.changes.yaml_edit import scalar
from kafe.codebook.reader import parse_codebook
from kafe.records import normalise_text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40).map(lambda text: " ".join(text.split())).filter(bool))
def test_any_text_is_written_so_that_it_reads_back(text):
    text = normalise_text(text)
    if text:
        book = parse_codebook(
            f"koder:\n  - id: a\n    navn: {scalar(text)}\n    eksempler:\n      - {scalar(text)}\n"
        )
        assert (book.codes[0].name, book.codes[0].examples) == (text, (text,))
