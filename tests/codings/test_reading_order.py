"""Notes in reading order."""

from kafe.codings.reading_order import in_reading_order
from kafe.records import Note


def test_notes_come_as_in_the_source_with_numbers_by_size():
    places = ("rad 10", "rad 9", "linje 2")
    notes = [Note(f"n{place}", "s", "fritekst", "x", source_file="a", source_place=place) for place in places]
    assert [one.source_place for one in in_reading_order(notes)] == ["linje 2", "rad 9", "rad 10"]
