"""Inflected word pairs of Nynorsk and Bokmål, made from the lemma pairs in `norm_pairs.txt`.

A line is `class`, Bokmål, Nynorsk, with tabs between. The classes:

- `form`: one Bokmål form and the other spellings of just that form, spaces between.
- `m`, `f`, `n`: a noun, by its Nynorsk gender. `a`: an adjective.
- `va`: a verb with -ar, -a, -a in Nynorsk. `v`: any other; four principal parts on either side
  (infinitive, present, past, participle), `|` between variants, `.` where a part has no twin to be made.
  Where one Nynorsk form is both past and participle (*auka*), the Bokmål two (*økte*, *økt*) meet in it.
- `first`: a first part of compounds.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FUNCTION_VERBS = frozenset(["være", "bli", "ha", "kunne", "skulle", "ville", "måtte", "burde"])
"""Too short and common in form to be looked for at the end of other words."""
NOUNS = ("n", "f", "m")
FORMS_BY = ("form", "v", "va", *NOUNS, "a")
TAILS_BY = ("form", *NOUNS, "a", "v", "va")
"""Of two lines that give a form, the one whose class stands first counts."""
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


@dataclass(frozen=True)
class Line:
    """A line of the file: class, Bokmål, Nynorsk, and the spellings that it makes with their norm forms."""

    kind: str
    bokmål: str
    nynorsk: str
    pairs: tuple[Pair, ...]

    @property
    def is_function_verb(self) -> bool:
        return self.bokmål.split()[0] in FUNCTION_VERBS


def read_table(path: Path) -> Table:
    """Return the table of all forms; of two lines that give a form, the class decides (`FORMS_BY`, `TAILS_BY`)."""
    lines = [_line(*row.split("\t")) for row in path.read_text(encoding="utf-8").splitlines() if row]
    forms = _first_wins(
        [
            *(pair for line in _in_order(lines, FORMS_BY) for pair in line.pairs),
            *((target, target) for line in lines for _, target in line.pairs),
        ]
    )
    tails, verbs = _first_wins(_tails(lines)), _first_wins(_verbs(lines))
    taking_s = {form for line in lines if line.kind in ("form", *NOUNS) for form, _ in line.pairs}
    return Table(
        forms={form: _end(form, forms) for form in forms},
        tails={form: _end(target, forms) for form, target in tails.items()},
        nouns={form: _end(target, forms) for form, target in tails.items() if form in taking_s},
        verbs={form: _end(target, forms) for form, target in verbs.items()},
        heads=_to_bokmål(line for line in lines if line.kind in (*NOUNS, "a")),
        fronts=_to_bokmål(line for line in lines if line.kind == "first"),
    )


def _line(kind: str, bokmål: str, nynorsk: str) -> Line:
    return Line(kind, bokmål, nynorsk, tuple(_pairs(kind, bokmål, nynorsk)))


def _in_order(lines: Iterable[Line], kinds: Sequence[str]) -> list[Line]:
    """Return the lines of these classes, class by class."""
    return sorted((line for line in lines if line.kind in kinds), key=lambda line: kinds.index(line.kind))


def _first_wins(pairs: Iterable[Pair]) -> dict[str, str]:
    found: dict[str, str] = {}
    for spelling, target in pairs:
        found.setdefault(spelling, target)
    return found


def _tails(lines: Iterable[Line]) -> Iterator[Pair]:
    """Yield the spellings that may be last parts of compounds, and their norm forms themselves."""
    for line in _in_order(lines, TAILS_BY):
        for spelling, target in line.pairs:
            for entry in ((spelling, target), (target, target)):
                if not line.is_function_verb and _is_tail(line.kind, *entry):
                    yield entry


def _verbs(lines: Iterable[Line]) -> Iterator[Pair]:
    """Yield what may follow a particle."""
    for line in lines:
        if line.kind == "v" and not line.is_function_verb:
            for form, target in line.pairs:
                if len(form) >= SHORTEST_VERB:
                    yield form, target
                    yield target, target


def _to_bokmål(lines: Iterable[Line]) -> dict[str, str]:
    return {form: line.bokmål for line in lines for form in (line.nynorsk, line.bokmål)}


def _end(form: str, forms: dict[str, str]) -> str:
    """Return where the chain of spellings from `form` ends; in a ring, its first word by the alphabet."""
    chain = [form]
    while (after := forms.get(chain[-1], chain[-1])) not in chain:
        chain.append(after)
    return min(chain[chain.index(after) :])


def _is_tail(kind: str, spelling: str, target: str) -> bool:
    if spelling in NEVER_TAILS:
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
