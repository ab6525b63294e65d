from collections.abc import Callable

import pytest

from kafe.records import Note


@pytest.fixture
def note() -> Callable[..., Note]:
    """Make a note with only the fields a test is about."""

    def make(note_id: str, group: str = "", table: str = "", session: str = "k1", **more) -> Note:
        fields = {"kind": "kafedialog", "text": f"innspill {note_id}"} | more
        return Note(id=note_id, session=session, group=group, table=table, **fields)

    return make
