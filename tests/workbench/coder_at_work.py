"""A store with three notes, and a coder's session on it with ids given, as the browser gives them."""

from itertools import count

from kafe.codings.reading_order import in_reading_order
from kafe.records import Code, Codebook, Note, Suggestion, text_hash
from kafe.store.store import Store
from kafe.workbench.coding_session import CodingSession
from kafe.workbench.material import CodingMaterial, merge_suggestions

TEXT = "Blå 👩‍👩‍👧 ærlig samarbeid på øya. Mangler bolig."
OTHER = "Noko heilt anna"
CODES = (
    Code("rød", "Rød", codable=False),
    Code("bolig", "Bolig", parent="rød"),
    Code("samarbeid", "Samarbeid"),
    Code("gammel", "Gammel", status="retired"),
    *(Code(f"kode-{n}", f"Kode {n}") for n in range(12)),
)
RULE = "rule:abc"
CLOCK = count()


def note(identity: str, text: str, session: str = "s1", **more: str) -> Note:
    place = f"rad {identity[1:]}"
    return Note(identity, session, "kafedialog", text, source_file="a.csv", source_place=place, **more)


def material(store: Store, codes: tuple[Code, ...] = CODES) -> CodingMaterial:
    start = TEXT.index("Mangler")
    return CodingMaterial(
        notes=in_reading_order(store.notes()),
        codebook=Codebook(codes, "v1"),
        units={"n1": ((0, start - 1), (start, len(TEXT)))},
        suggestions=merge_suggestions(
            [
                Suggestion("n1", 0, start - 1, "samarbeid", RULE, "Treff på «samarbeid»."),
                Suggestion("n1", start, len(TEXT), "bolig", "model:x", "Ligner 3 innspill.", score=0.55),
            ]
        ),
        titles={"s1": "Kafedialog 1"},
    )


class Bench:
    """A session with ids given, as the browser gives them."""

    def __init__(self, store: Store, coder: str = "kari", codes: tuple[Code, ...] = CODES):
        clock, self.numbers = CLOCK, count()
        self.session = CodingSession(
            store,
            material(store, codes),
            now=lambda: f"2025-06-01T12:{next(clock):05}",
            coder=coder,
        )
        self.prefix = f"{coder}-{id(self)}"

    def __call__(self, do: str, **more):
        return self.session.handle({"id": f"{self.prefix}-{next(self.numbers)}", "do": do, **more})

    def code(self, code: str, quote: str = TEXT, note_id: str = "n1", **more):
        text = {"n1": TEXT, "n2": OTHER}[note_id]
        start = text.index(quote)
        end = start + len(quote)
        given = {"note": note_id, "hash": text_hash(text), "start": start, "end": end, "quote": quote}
        return self("code", **given, code=code, **more)

    def note(self, note_id: str = "n1"):
        return self("notes", ids=[note_id])["notes"][0]


def standing(store, coder="kari"):
    return {(one.code, one.quote) for one in store.codings(coders=[coder])}
