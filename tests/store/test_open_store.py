"""Where the store lies, and that it opens again."""

from kafe.records import Note
from kafe.settings import Paths, Settings
from kafe.store import Store, open_store


def note(note_id: str, words: str = "Ring meg når du er ledig 🙂 æøå", **more) -> Note:
    return Note(id=note_id, session="kafe-1", kind="kafedialog", text=words, **more)


def test_the_projects_store_lies_with_the_coded_data_unless_the_settings_say_otherwise(tmp_path):
    project = {"id": "p", "title": "P"}
    with open_store(Paths(tmp_path), Settings.model_validate({"project": project})) as store:
        store.put_notes([note("n1")], "2026-01-01")
    assert (tmp_path / "data" / "coded" / "kafe.sqlite").is_file()

    elsewhere = {"project": project, "store": {"url": "sqlite:///annet/øst.sqlite"}}
    with open_store(Paths(tmp_path), Settings.model_validate(elsewhere)) as store:
        assert store.notes() == []
    assert (tmp_path / "annet" / "øst.sqlite").is_file()


def test_a_closed_store_opens_again_with_everything_in_it(store, address):
    store.put_notes([note("n1")], "2026-01-01")
    with Store(address) as again:
        assert again.notes() == [note("n1")]
