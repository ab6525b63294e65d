"""Made-up units of three codes, and codings by one coder that the model can learn from."""

from dataclasses import replace
from itertools import product

from kafe.records import Code, Codebook, Coding, Unit, text_hash
from kafe.suggestions.judgements import Judgements, judge
from kafe.suggestions.learning import codes_to_learn

BOOK = Codebook(
    (
        Code("tema", "Temaer", codable=False),
        Code("bolig", "Bolig", "tema", "Å ha et sted å bo.", examples=("Jeg mangler leilighet.",)),
        Code("vakt", "Vakt", "tema", "Noen å ringe til om natten.", examples=("Legevakten svarer ikke.",)),
        Code("penger", "Penger", "tema", "Økonomi og gjeld.", examples=("Lønnen rekker ikke.",)),
        Code("gammel", "Gammel", "tema", "Bolig og leilighet.", status="retired"),
    ),
    "v1",
)


IDS = [code.id for code in codes_to_learn(BOOK)]


SAID = {
    "bolig": (
        ("Leiligheten", "Huset", "Boligen", "Hybelen"),
        ("er for liten", "mangler varme", "ligger langt unna", "er sagt opp"),
    ),
    "vakt": (
        ("Legevakten", "Vakttelefonen", "Nattevakten"),
        ("svarer aldri", "tar ikke telefonen", "sier nei om natten", "er stengt"),
    ),
    "penger": (
        ("Regningene", "Gjelden", "Økonomien", "Husleien"),
        ("blir for dyr", "vokser", "holder meg våken"),
    ),
}


TRUTH = [
    (code, f"{thing} {fate}")
    for code, (things, fates) in SAID.items()
    for thing, fate in product(things, fates)
]


def unit(number: int, text: str) -> Unit:
    return Unit(f"n{number:03}", 0, len(text), text)


def coding(of: Unit, code: str, coder: str = "kari", **more: str) -> Coding:
    event = Coding(
        f"{coder}-{of.id}-{code}",
        of.note_id,
        of.start,
        of.end,
        of.text,
        text_hash(of.text),
        code,
        coder,
        "2026-01-01",
    )
    return replace(event, **more)  # type: ignore[arg-type]


UNITS = [unit(number, text) for number, (_, text) in enumerate(TRUTH)]


CODINGS = [coding(own, code) for own, (code, _) in zip(UNITS, TRUTH, strict=True)]


DONE = [("kari", own.note_id) for own in UNITS]


def people(
    codings: list[Coding] = CODINGS, done: list[tuple[str, str]] = DONE, **more: list[Coding]
) -> Judgements:
    return judge(codings, done, UNITS, IDS, **more)
