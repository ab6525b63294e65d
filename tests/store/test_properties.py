"""Whatever is done, in whatever order: history only grows, and the state is what a naive model says."""

from dataclasses import replace

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kafe.records import Coding, Note, text_hash
from kafe.store.store import Store

TEXTS = ("Håper på 🙂 heilskap", "ringe ringe ringe", "å")


class Diary(RuleBasedStateMachine):
    """Drives a store and a model of plain lists side by side."""

    def __init__(self):
        super().__init__()
        self.store = Store("sqlite://")
        self.events: list[Coding] = []
        self.texts: dict[str, str] = {}
        self.gone: set[str] = set()
        self.seen: list[Coding] = []

    def teardown(self):
        self.store.close()

    @rule(texts=st.dictionaries(st.sampled_from("abc"), st.sampled_from(TEXTS)))
    def put(self, texts):
        notes = [Note(id=key, session="s", kind="fritekst", text=text) for key, text in texts.items()]
        change = self.store.put_notes(notes, "2026-01-01")
        present = set(self.texts) - self.gone
        assert change.added == len(set(texts) - present)
        assert change.withdrawn == len(present - set(texts))
        self.texts |= texts
        self.gone = set(self.texts) - set(texts)

    @rule(data=st.data(), coder=st.sampled_from(["anne", "bo"]), code=st.sampled_from("xy"))
    def code_a_span(self, data, coder, code):
        if not self.texts:
            return
        note_id = data.draw(st.sampled_from(sorted(self.texts)))
        text = self.texts[note_id]
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        event = Coding(
            f"e{len(self.events)}", note_id, start, end, text[start:end], text_hash(text), code, coder, "2026"
        )
        assert self.store.append_codings([event]) == 1
        self.events.append(event)

    @rule(data=st.data())
    def undo(self, data):
        if self.events:
            chosen = data.draw(st.sampled_from(self.events))
            event = replace(chosen, id=f"e{len(self.events)}", action="remove")
            assert self.store.append_codings([event, *self.events]) == 1
            self.events.append(event)

    @invariant()
    def history_only_grows(self):
        history = self.store.history()
        assert history[: len(self.seen)] == self.seen
        assert history == self.events
        self.seen = history

    @invariant()
    def state_is_what_the_model_says(self):
        def key(event):
            return (event.note_id, event.start, event.end, event.code, event.coder)

        def stands(place, event):
            return event.action == "add" and all(
                key(event) != key(other) for other in self.events[place + 1 :]
            )

        model = [event for place, event in enumerate(self.events) if stands(place, event)]
        fresh = [event for event in model if event.text_hash == text_hash(self.texts[event.note_id])]
        assert self.store.codings() == fresh
        assert self.store.stale_codings() == [event for event in model if event not in fresh]

    @invariant()
    def no_note_is_lost(self):
        kept = {note.id: note.text for note in self.store.notes(include_withdrawn=True)}
        assert kept == self.texts
        assert {note.id for note in self.store.withdrawn_notes()} == self.gone


TestDiary = Diary.TestCase
TestDiary.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
