"""Labels that fit, divided as Norwegian words are; text that plotly cannot read as markup."""

from hypothesis import given
from hypothesis import strategies as st

from kafe.charts.wrapping import chart_text, label_lines


@given(st.text(max_size=400), st.integers(5, 40))
def test_labels_never_exceed_width_or_lines(text, width):
    lines = label_lines(text, width)
    assert 1 <= len(lines) <= 4
    assert all(len(line) <= width for line in lines)


def test_chart_text_escapes_what_plotly_would_read_as_markup():
    assert chart_text(["<b>a</b>", "5 & 6"]) == "&lt;b&gt;a&lt;/b&gt;<br>5 &amp; 6"


def test_long_words_are_divided_before_a_consonant_with_a_vowel_after_it():
    assert label_lines("Spesialisthelsetjenesten", 20) == ["Spesialisthelsetje-", "nesten"]
    assert label_lines("Kontrollkommisjonen", 14) == ["Kontrollkom-", "misjonen"]
