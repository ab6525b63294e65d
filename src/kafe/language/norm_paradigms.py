"""Inflected word pairs of Nynorsk and Bokmål, made from the lemma pairs in `norm_pairs.txt`.

A line is `class`, Bokmål, Nynorsk, with tabs between. The classes:

- `form`: one Bokmål form and the other spellings of just that form, spaces between.
- `m`, `f`, `n`: a noun, by its Nynorsk gender. `a`: an adjective.
- `va`: a verb with -ar, -a, -a in Nynorsk. `v`: any other; four principal parts on either side
  (infinitive, present, past, participle), `|` between variants, `.` where a part has no twin to be made.
  Where one Nynorsk form is both past and participle (*auka*), the Bokmål two (*økte*, *økt*) meet in it.
- `first`: a first part of compounds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FUNCTION_VERBS = frozenset(["være", "bli", "ha", "kunne", "skulle", "ville", "måtte", "burde"])
"""Too short and common in form to be looked for at the end of other words."""
VOWELS = "aeiouyæøåéèêóòô"
SHORTEST_TAIL = 4
SHORTEST_VERB = 3
SHORTEST_FORM_TAIL = 6
NEVER_TAILS = frozenset(
    [
        "lege",
        "leger",
        "legen",
        "legene",
        "legar",
        "legane",
        "ande",
        "ende",
        "ender",
        "endet",
        "enden",
        "endene",
        "ending",
        "etter",
        "eter",
        "eta",
        "rett",
        "inga",
        "eten",
        "etet",
        "tene",
        "tende",
        "vane",
        "aren",
        "arer",
        "arene",
        "anes",
        "aner",
        "anet",
        "arme",
        "heit",
        "heita",
        "aste",
        "ster",
        "sten",
    ]
)
"""Known words that are endings too: *daglege* does not end in a doctor."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Table:
    """Known spellings, each with its norm form.

    `forms` are whole words, `tails` last parts of compounds, `nouns` those that take -s, `verbs` what may
    follow a particle, `heads` whole first parts before a tail, `fronts` beginnings of words otherwise unknown.
    """

    forms: dict[str, str]
    tails: dict[str, str]
    nouns: dict[str, str]
    verbs: dict[str, str]
    heads: dict[str, str]
    fronts: dict[str, str]


def read_table(path: Path) -> Table:
    """Return the table of all forms. Earlier classes win over later: form, v, va, n, f, m, a."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]
    forms: dict[str, str] = {}
    tails: dict[str, str] = {}
    made = [(kind, bokmål, list(_pairs(kind, bokmål, nynorsk))) for kind, bokmål, nynorsk in rows]
    for kind in ("form", "v", "va", "n", "f", "m", "a"):
        for pair in (pair for found, _, pairs in made if found == kind for pair in pairs):
            forms.setdefault(*pair)
    for target in [target for _, _, pairs in made for _, target in pairs]:
        forms.setdefault(target, target)
    for kind in ("form", "n", "f", "m", "a", "v", "va"):
        for bokmål, pairs in ((bokmål, pairs) for found, bokmål, pairs in made if found == kind):
            for entry in (entry for pair in pairs for entry in (pair, (pair[1], pair[1]))):
                if _is_tail(kind, bokmål, *entry):
                    tails.setdefault(*entry)
    verbs: dict[str, str] = {}
    for bokmål, pairs in ((bokmål, pairs) for kind, bokmål, pairs in made if kind == "v"):
        for form, target in pairs:
            if bokmål.split()[0] not in FUNCTION_VERBS and len(form) >= SHORTEST_VERB:
                verbs.setdefault(form, target)
                verbs.setdefault(target, target)
    names = {form for kind, _, pairs in made if kind in ("form", "n", "f", "m") for form, _ in pairs}
    lemmas = [(bokmål, nynorsk) for kind, bokmål, nynorsk in rows if kind in "nfma"]
    first = [(bokmål, nynorsk) for kind, bokmål, nynorsk in rows if kind == "first"]
    return Table(
        forms={form: _end(form, forms) for form in forms},
        tails={form: _end(target, forms) for form, target in tails.items()},
        nouns={form: _end(target, forms) for form, target in tails.items() if form in names},
        verbs={form: _end(target, forms) for form, target in verbs.items()},
        heads={form: bokmål for bokmål, nynorsk in lemmas for form in (nynorsk, bokmål)},
        fronts={form: bokmål for bokmål, nynorsk in first for form in (nynorsk, bokmål)},
    )


def _end(form: str, forms: dict[str, str]) -> str:
    """Return where the chain of spellings from `form` ends; in a ring, its first word by the alphabet."""
    chain = [form]
    while (after := forms.get(chain[-1], chain[-1])) not in chain:
        chain.append(after)
    return min(chain[chain.index(after) :])


def _is_tail(kind: str, bokmål: str, spelling: str, target: str) -> bool:
    if spelling in NEVER_TAILS or bokmål.split()[0] in FUNCTION_VERBS:
        return False
    if kind == "v" and spelling.endswith("a") and target.endswith("e"):
        return False
    return len(spelling) >= (SHORTEST_FORM_TAIL if kind == "form" else SHORTEST_TAIL)


def _pairs(kind: str, bokmål: str, nynorsk: str) -> Iterator[Pair]:
    if kind == "form":
        yield bokmål, bokmål
        for spelling in nynorsk.split():
            yield spelling, bokmål
    elif kind == "v":
        yield from _verb(bokmål.split(), [part.split("|") for part in nynorsk.split()])
    elif kind == "va":
        yield from _weak(bokmål.removesuffix("e"), nynorsk.removesuffix("e"))
    elif kind == "a":
        yield from _adjective(bokmål, nynorsk)
    else:
        yield from _noun(kind, bokmål, nynorsk)


def _verb(bokmål: list[str], nynorsk: list[list[str]]) -> Iterator[Pair]:
    targets = [*bokmål]
    if set(nynorsk[2]) & set(nynorsk[3]) and "." not in bokmål:
        targets[3] = bokmål[2]
    if nynorsk[0][0].endswith("e"):
        yield nynorsk[0][0], bokmål[0]
    for target, form, spellings in zip(targets[::-1], bokmål[::-1], nynorsk[::-1], strict=True):
        if target != ".":
            yield form, target
            yield from ((spelling, target) for spelling in spellings if spelling != ".")
    infinitive, participle = bokmål[0], bokmål[3]
    if infinitive.endswith("e") and any(char in VOWELS for char in infinitive[:-1]):
        stem = infinitive[:-1]
        yield f"{stem}a", infinitive
        for spelling in [infinitive, *nynorsk[0]]:
            if spelling.endswith(("e", "a")):
                yield f"{spelling[:-1]}ast", f"{stem}es"
                yield f"{spelling[:-1]}ande", f"{stem}ende"
    if participle.endswith("et"):
        yield f"{participle[:-1]}ne", f"{participle[:-1]}ne"


def _weak(to: str, of: str) -> Iterator[Pair]:
    for stem in (to, of):
        for ending, target in (
            ("e", "e"),
            ("ar", "er"),
            ("er", "er"),
            ("a", "et"),
            ("et", "et"),
            ("ede", "et"),
            ("ast", "es"),
            ("es", "es"),
            ("ande", "ende"),
            ("ende", "ende"),
        ):
            yield stem + ending, to + target


def _adjective(to: str, of: str) -> Iterator[Pair]:
    neuter = "" if to.endswith(("ig", "sk", "t")) else "t"
    doubled = to[-1] == to[-2]
    plural, comparative = ("m" if to.endswith("som") else ""), to.removesuffix("e")
    for stem in (to, of):
        short = stem.removesuffix("e")
        yield stem, to
        yield (
            (stem[:-1] if doubled and stem[-1] == stem[-2] else stem) + neuter,
            (to[:-1] if doubled else to) + neuter,
        )
        yield short + "e", comparative + plural + "e"
        if plural:
            yield short + "me", comparative + "me"
        yield short + "are", comparative + plural + "ere"
        yield short + "ere", comparative + plural + "ere"
        for ending in ("ast", "est"):
            superlative = "st" if to.endswith(("ig", "som")) else "est"
            yield short + ending, comparative + superlative
            yield short + ending + "e", comparative + superlative + "e"


def _noun(gender: str, to: str, of: str) -> Iterator[Pair]:
    stem, target = of.removesuffix("e"), to.removesuffix("e")
    agent = to.endswith("er") and of.endswith("ar")
    yield to, to
    yield of, to
    if gender == "n":
        yield stem + "et", target + "et"
        yield target + "et", target + "et"
        for spelling in (stem + "a", stem + "ene", target + "a", target + "ene"):
            yield spelling, target + "ene"
        return
    for spelling in (stem + "en", target + "en") + ((stem + "a", target + "a") if gender == "f" else ()):
        yield spelling, target + "en"
    many = ("e", "ne") if agent else ("er", "ene")
    for ending in ("ar", "er") if gender == "f" or stem == target else ("ar",):
        yield stem + ending, target + many[0]
    for ending in ("ane", "ene"):
        yield stem + ending, target + many[1]
    yield target + many[0], target + many[0]
    yield target + many[1], target + many[1]
