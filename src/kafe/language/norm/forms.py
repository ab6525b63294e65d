"""The norm form of a word: one key for its Bokmål, Nynorsk and frequent dialect spellings.

The key is mostly the Bokmål spelling, but it is for counting and matching only and never shown. Inflected
forms keep their number, tense and degree: *tenestene* meets *tjenestene*, not *tjeneste*.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from kafe.language.bundled import RESOURCES
from kafe.language.norm.paradigms import VOWELS, Table, read_table

PAIRS = RESOURCES / "norm_pairs.txt"
PARTICLES = frozenset(
    [
        "av",
        "be",
        "etter",
        "for",
        "fra",
        "frå",
        "gjen",
        "inn",
        "med",
        "mis",
        "mot",
        "ned",
        "om",
        "opp",
        "over",
        "på",
        "sam",
        "til",
        "under",
        "ut",
        "ved",
    ]
)
"""Before these a verb is looked for whatever its length: *inntek* is *inntar*."""
SHORT_HEADS = PARTICLES | {"ny", "u", "van"}
"""Beginnings that may stand before a known word though they are short."""
FORE = {"frå": "fra"}
MOST_STEPS = 6

_STEMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), target)
    for pattern, target in (
        (r"sjuk", "syk"),
        (r"skul(?=e|ar$|ane$)(?!es$)", "skol"),
        (r"heim", "hjem"),
        (r"^hovud", "hoved"),
        (r"^sjølv", "selv"),
        (r"^saman", "sammen"),
        (r"tenest", "tjenest"),
        (r"kyrkj?(?=[aeo])", "kirk"),
        (r"løys(?=ing|e|te?$|[aå])", "løs"),
        (r"mogl?e(?:ge)?leg|mogleg", "mulig"),
        (r"køyr", "kjør"),
        (r"høyr(?=ing|sel|[dt]e?$)", "hør"),
        (r"gløym", "glem"),
        (r"drøym", "drøm"),
        (r"strøym", "strøm"),
        (r"øydel", "ødel"),
        (r"lækj", "leg"),
        (r"meistr", "mestr"),
        (r"teikn", "tegn"),
        (r"meining", "mening"),
        (r"breidd", "bredd"),
        (r"^kvit(?!t[^e]|t.{2})", "hvit"),
        (r"^djup", "dyp"),
        (r"^mjuk", "myk"),
        (r"^raud", "rød"),
        (r"^ljos", "lys"),
        (r"^fleir", "fler"),
        (r"^einskild", "enkelt"),
        (r"^fråver", "fravær"),
        (r"spørj", "spørr"),
        (r"mjølk", "melk"),
        (r"forteljing", "fortelling"),
        (r"byggj", "bygg"),
        (r"^berekraft", "bærekraft"),
        (r"^handter", "håndter"),
        (r"^leige", "leie"),
        (r"(?<!pp)laus(?=$|[te]$|heit|het|leik)", "løs"),
        (r"løyse$", "løshet"),
        (r"løysa$", "løsheten"),
    )
)
_ENDINGS = {
    "heitane": "hetene",
    "heitene": "hetene",
    "legaste": "ligste",
    "legeste": "ligste",
    "legheit": "lighet",
    "leikane": "hetene",
    "domane": "dommene",
    "gjande": "gende",
    "gjeste": "geste",
    "heitar": "heter",
    "heiten": "heten",
    "heiter": "heter",
    "igaste": "igste",
    "kjande": "kende",
    "kjeste": "keste",
    "legare": "ligere",
    "legast": "ligst",
    "legere": "ligere",
    "legest": "ligst",
    "legvis": "ligvis",
    "leikar": "heter",
    "leiken": "heten",
    "somast": "somst",
    "arane": "erne",
    "domar": "dommer",
    "domen": "dommen",
    "gjene": "gene",
    "gjest": "gest",
    "heita": "heten",
    "igare": "igere",
    "igast": "igst",
    "jande": "ende",
    "kjene": "kene",
    "kjest": "kest",
    "kjing": "king",
    "semda": "somheten",
    "ande": "ende",
    "arar": "ere",
    "aren": "eren",
    "aste": "este",
    "bare": "bare",
    "gjen": "gen",
    "gjer": "ger",
    "heit": "het",
    "inga": "ingen",
    "kjen": "ken",
    "kjer": "ker",
    "lege": "lige",
    "leik": "het",
    "same": "somme",
    "samt": "somt",
    "semd": "somhet",
    "ane": "ene",
    "are": "ere",
    "ast": "es",
    "era": "ere",
    "gja": "ge",
    "gje": "ge",
    "kja": "ke",
    "kje": "ke",
    "leg": "lig",
    "sam": "som",
    "ar": "er",
}
"""Last letters of a word with a vowel before them; the longest that fits is changed."""


LONGEST_ENDING = max(map(len, _ENDINGS))
_ANY_STEM = re.compile("|".join(pattern.pattern for pattern, _ in _STEMS))


def norm_form(word: str) -> str:
    """Return the norm form of one word: lower-cased, equal for its spellings in both written standards.

    `norm_form(norm_form(word)) == norm_form(word)`; never empty for a word that is not blank. The parts of
    a hyphened word are treated one by one; what holds no letters is only lower-cased.
    """
    return _norm_form(unicodedata.normalize("NFC", word.strip().lower()))


def norm_forms(words: Iterable[str]) -> list[str]:
    """Return the norm form of each word, in order."""
    return [norm_form(word) for word in words]


@lru_cache(maxsize=200_000)
def _norm_form(word: str) -> str:
    seen = [word]
    while len(seen) <= MOST_STEPS:
        after = _step(seen[-1])
        if after in seen:
            return min(seen[seen.index(after) :])
        seen.append(after)
    return seen[-1]


def _step(word: str) -> str:
    table = _table()
    if word in table.forms:
        return table.forms[word]
    if "-" in word.strip("-"):
        return "-".join(_step(part) if len(part) > 2 else part for part in word.split("-"))
    if not word.isalpha() or len(word) < 4:
        return word
    return _known(word, table) or _by_rule(word, table)


def _known(word: str, table: Table) -> str | None:
    """Return the norm form by a known word with -s, or by a known last part; None without either."""
    if word.endswith("s") and word[:-1] in table.nouns:
        return table.nouns[word[:-1]] + "s"
    for cut in range(1, len(word) - 2):
        head, tail = word[:cut], word[cut:]
        if head in PARTICLES and tail in table.verbs:
            return _head(head, table) + table.verbs[tail]
        found = table.tails.get(tail)
        if found is None and tail.endswith("s") and tail[:-1] in table.nouns:
            found = table.nouns[tail[:-1]] + "s"
        if found is not None and _may_begin(head):
            return _head(head, table) + found
    return None


def _may_begin(head: str) -> bool:
    return head in SHORT_HEADS or (len(head) > 2 and any(char in VOWELS for char in head))


def _head(head: str, table: Table) -> str:
    """Return the first part of a compound in its norm form, the linking -s kept."""
    if head in table.heads:
        return table.heads[head]
    if head.endswith("s") and head[:-1] in table.heads:
        return table.heads[head[:-1]] + "s"
    return FORE.get(head) or _stems(_front(head, table))


def _front(word: str, table: Table) -> str:
    for cut in range(len(word), 2, -1):
        if word[:cut] in table.fronts:
            return table.fronts[word[:cut]] + word[cut:]
    return word


def _stems(word: str) -> str:
    if not _ANY_STEM.search(word):
        return word
    for pattern, target in _STEMS:
        word = pattern.sub(target, word)
    return word


def _by_rule(word: str, table: Table) -> str:
    word = _stems(_front(word, table))
    stem, genitive = (word[:-1], "s") if word.endswith(("anes", "ingas")) else (word, "")
    for length in range(min(LONGEST_ENDING, len(stem) - 1), 1, -1):
        ending = _ENDINGS.get(stem[-length:])
        if ending is not None and any(char in VOWELS for char in stem[:-length]):
            return stem[:-length] + ending + genitive
    return word


@cache
def _table() -> Table:
    return read_table(PAIRS)
