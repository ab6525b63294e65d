"""Names found by the room's lists, cue words and shape; the language model is heard in `entities`."""

import re
from collections.abc import Iterator

from kafe.deidentify.lexicon import (
    PARTICLES,
    SURNAME_ENDINGS,
    Reading,
    is_ordinary,
    is_service,
    ordinary_words,
    read,
)
from kafe.deidentify.spans import Span
from kafe.deidentify.words import Word

SURE = 0.8
"""A name found with at least this confidence is looked for in the rest of the material."""

_TITLE = (
    "saksbehandler(?:en|ar|aren)?|fastlege(?:n)?|overlege(?:n)?|lege(?:n)?|doktor(?:en)?|dr\\.?|psykolog(?:en)?|psykiater(?:en)?|"
    "sykepleier(?:en)?|sjukepleiar(?:en)?|vernepleier(?:en)?|sosionom(?:en)?|miljøterapeut(?:en)?|miljøarbeider(?:en)?|"
    "kontaktperson(?:en)?|primærkontakt(?:en)?|koordinator(?:en)?|støttekontakt(?:en)?|ruskonsulent(?:en)?|"
    "erfaringskonsulent(?:en)?|likeperson(?:en)?|rådgiver(?:en)?|rådgjevar(?:en)?|avdelingsleder(?:en)?|avdelingsleiar(?:en)?|"
    "teamleder(?:en)?|teamleiar(?:en)?|enhetsleder(?:en)?|behandler(?:en)?|behandlar(?:en)?|veileder(?:en)?|rettleiar(?:en)?|"
    "politibetjent(?:en)?|lensmann(?:en)?|prest(?:en)?|diakon(?:en)?|bordvert(?:en)?|bordleder(?:en)?|referent(?:en)?|"
    "møteleder(?:en)?|møteleiar(?:en)?|advokat(?:en)?|verge(?:n)?|vaktmester(?:en)?|naboen|kollega(?:en)?|herr|fru|frøken|frk\\.?"
)
_RELATION = (
    "mor(?:a|en)?|mamma(?:en)?|far(?:en)?|pappa(?:en)?|bror(?:en)?|broder(?:en)?|søster(?:a|en)?|syster(?:a)?|sønn(?:en)?|son(?:en)?|"
    "datter(?:a|en)?|dotter(?:a)?|kone(?:n|a)?|kona|mann(?:en)?|samboer(?:en)?|sambuar(?:en)?|kjæreste(?:n)?|ektefelle(?:n)?|"
    "onkel(?:en)?|tante(?:n|a)?|bestemor(?:a|en)?|bestefar(?:en)?|mormor|farmor|morfar|farfar|niese(?:n)?|nevø(?:en)?|"
    "fetter(?:en)?|kusine(?:n|a)?|venn(?:en)?|ven(?:en)?|venninne(?:n|a)?|venninna|veninne(?:n|a)?|kamerat(?:en)?|kompis(?:en)?|gutten|guten|jenta|stesønn(?:en)?"
)
_MINE = "(?:min|mi|mitt|vår|vårt|hans|hennes|hennar|deira|sin|si|deres|din|di)"
_CONTACT = (
    r"(?:snakk(?:et|a|er|ar)?|prat(?:et|a|er|ar)?|møt(?:e|te)|samtal(?:e|er)|intervju|avtale|bor|budd|gift|sammen|saman|venn(?:er)?)\s(?:også\s|også\s)?med"
    r"|ringt?e?(?:\stil)?|ifølge|ifølgje|hilse(?:r|te)?\s(?:fra|på)|helsing(?:\sfrå)?|kjenner|besøkte|spurte|spør|traff|møtte"
)
_NAMED = (
    r"heter|heiter|hette|heitte|kalles|kalla|kalt|navn(?:et)?(?:\s(?:er|på\s\w+))?\s?:?|namn(?:et)?(?:\s(?:er|på\s\w+))?\s?:?|"
    r"(?:vennlig\s)?hilsen(?:\sfra)?\s?[,:]?|(?:venleg\s)?helsing(?:\sfrå)?\s?[,:]?|mvh\.?\s?[,:]?|hilsen:|skrevet\sav|skrive\sav|signert|hei|kjære|"
    r"(?:bordvert|bordleder|referent|vert|ordstyrer|deltaker|saksbehandler|kontakt|kontaktperson|pårørende|lege|fastlege|verge|koordinator)\s?:"
)
CUE = re.compile(
    rf"(?<![\w-])(?:(?P<title>(?:{_TITLE})(?:\s{_MINE})?,?[ \t]+)"
    rf"|(?P<relation>(?:{_RELATION})(?:\s{_MINE},?|\s(?:til|åt|hans|hennar)|\s{_MINE}\s(?:som\s)?(?:heter|heiter))?[ \t]+)"
    rf"|(?P<named>(?:{_NAMED})[ \t\n]+)"
    rf"|(?P<contact>(?:{_CONTACT})[ \t]+))(?=[^\W\d_])",
    re.IGNORECASE,
)
OWNED = re.compile(rf"{_MINE}|\btil\b|\båt\b", re.IGNORECASE)
SPEAKS = re.compile(
    r"[ \t]+(?:sa|sier|seier|sei|fortalte|forteller|fortel|fortalde|mener|meiner|meinte|mente|spurte|ringte|ringer|svarte|foreslo|ønsket|ønsker|"
    r"ble|blei|har|hadde|er|var|fikk|får|fekk|bor|bur|vil|ville|kom|kommer|kjem|trenger|treng|opplever|opplevde)\b"
)
SAYS = re.compile(
    r"[ \t]+(?:sa|sier|seier|sei|fortalte|forteller|fortel|fortalde|mener|meiner|mente|meinte|spurte|svarte|foreslo)\b"
)


_PLACE_BEFORE = re.compile(r"\b(?:i|på|ved|til|rundt)[ \t]+$", re.IGNORECASE)
_PLACE_AFTER = re.compile(
    r"[ \t]+(?:kommune|bydel|skole|skule|barneskole|ungdomsskole|vgs|videregående|vidaregåande|sykehjem|sjukeheim|legesenter|"
    r"legekontor|helsestasjon|kirke|kyrkje|sentrum|omsorgssenter|bofellesskap|dps|behandlingssenter|sokn|menighet|bydelshus|"
    r"aktivitetssenter|brannstasjon|politistasjon|gård|gard|park|stasjon)\b",
    re.IGNORECASE,
)
INSTITUTION_BEFORE = re.compile(r"\b(?:kafe|kafé|café|kafeen|kaféen|pub|hotell|villa)[ \t]+$", re.IGNORECASE)
_FARM_ENDINGS = ("sen", "land", "stad", "rud", "tveit", "haug", "haugen", "seth", "vold")
_PATRONYMIC = ("sen", "son")
SECOND_NAMES = frozenset({"andre"})
"""Ordinary words that are common as the second of two first names."""
_CITED = re.compile(
    r"[ \t]+(?:et\.?[ \t]al\b|[A-ZÆØÅ]\.(?:[ \t]?[A-ZÆØÅ]\.){0,2}(?=[,;]|[ \t]+(?:&|og\b|[\d(«\"A-ZÆØÅ])))"
)
"""What follows an author in a list of references: `et al.` or initials."""


def cues(view: str) -> dict[int, str]:
    """Return start of a word → the kind of cue right before it: title, relation, owned, named or contact."""
    found: dict[int, str] = {}
    for match in CUE.finditer(view):
        kind = match.lastgroup or ""
        found[match.end()] = "owned" if kind == "relation" and OWNED.search(match[0]) else kind
    return found


def could_be_name(word: Word) -> bool:
    """Return whether a word not listed may be part of a name: capital first, not an abbreviation or ordinary."""
    return word.shape == "capital" and len(word.text) > 1 and not is_ordinary(word)


def _run(view: str, text: tuple[Word, ...], readings: tuple[Reading, ...], index: int) -> int:
    """Return the index of the last word of the name that starts at `index` (capitals)."""
    last = index
    for following in range(index + 1, min(index + 5, len(text))):
        word, reading = text[following], readings[following]
        if not word.joined or word.opens or readings[last].end != text[last].end:
            break
        if word.lower in PARTICLES and word.shape == "lower":
            continue
        if word.shape != "capital":
            break
        part = word.is_initial or reading.listed or not is_service(word)
        if not part and not _is_middle_name(text, readings, following):
            break
        last = following
    while last > index and text[last].is_initial and view[text[last].end : text[last].end + 1] != ".":
        last -= 1
    return last


def _is_middle_name(text: tuple[Word, ...], readings: tuple[Reading, ...], index: int) -> bool:
    """Return whether an ordinary word stands inside a name: a known second name, or a surname follows it."""
    if text[index].lower in SECOND_NAMES:
        return True
    if index + 1 == len(text) or not text[index + 1].joined or text[index + 1].opens:
        return False
    surname = readings[index + 1]
    named = surname.last is not None or surname.base.endswith(SURNAME_ENDINGS)
    return named and could_be_name(text[index + 1])


def _surname_like(reading: Reading) -> bool:
    return reading.last is not None or reading.base.endswith(SURNAME_ENDINGS) or reading.first == ""


def _full_name(
    view: str, text: tuple[Word, ...], readings: tuple[Reading, ...], index: int, places: frozenset[str]
) -> int | None:
    """Return the index of the last word of a first name and surname starting at `index`, if there is one."""
    word, reading = text[index], readings[index]
    nearby = index + 1 < len(text) and text[index + 1].joined
    if not nearby or reading.end != word.end:
        return None
    if word.shape == "capital":
        last = _run(view, text, readings, index)
        if last == index:
            return None
        rest = readings[index + 1 : last + 1]
        if word.is_initial:
            return last if any(part.last == "" for part in rest) else None
        if reading.first == "":
            return last
        if reading.first is not None:
            if any(_surname_like(part) and not (word.opens and part.base in places) for part in rest):
                return last
            return None
        if any(part.last == "" for part in rest) and could_be_name(word) and not word.opens:
            return last
        alone = last + 1 == len(text) or text[last + 1].opens
        return last if alone and rest[-1].last == "" and could_be_name(word) else None
    if reading.first is None:
        return None
    last = index + 1
    while (
        last + 1 < len(text)
        and readings[last].last is None
        and readings[last].first is not None
        and text[last + 1].joined
    ):
        last += 1
    part = readings[last]
    same_shape = all(other.shape == word.shape for other in text[index : last + 1])
    if same_shape and part.last is not None and (reading.clear or part.clear):
        return last
    guessed = text[last].lower.endswith(_FARM_ENDINGS) and not is_ordinary(text[last])
    return last if same_shape and reading.clear and guessed else None


def _needs_cue(word: Word, reading: Reading) -> bool:
    """Return whether a cue before the word could make it a name."""
    if word.shape == "lower":
        return reading.first is not None and reading.clear
    return word.shape == "capital" and not reading.clear and (reading.listed or could_be_name(word))


def _single(view: str, word: Word, reading: Reading, cue: str) -> float:
    """Return how sure a word alone is a name; 0 when it is not to be masked."""
    if INSTITUTION_BEFORE.search(view[max(0, word.start - 12) : word.start]):
        return 0.0
    if word.shape == "lower":
        spoken = cue or SAYS.match(view, word.end)
        return 0.75 if spoken and reading.first is not None and reading.clear else 0.0
    if word.shape == "upper":
        return 0.7 if reading.clear and reading.first is not None and len(word.text) > 3 else 0.0
    if reading.clear:
        return 0.0 if _is_place(view, word, reading) else 0.85
    speaks = SPEAKS.match(view, word.end)
    if reading.first is not None and (
        cue in ("title", "owned", "named", "contact") or SAYS.match(view, word.end)
    ):
        return 0.75
    if reading.first is not None and cue == "relation" and speaks:
        return 0.7
    if reading.last is not None and cue in ("title", "named"):
        return 0.7
    cued = cue in ("title", "owned") or (cue == "named" and not word.opens)
    if could_be_name(word) and not reading.listed and cued:
        return 0.6
    if _CITED.match(view, word.end) and word.lower not in ordinary_words():
        return 0.6
    return 0.0


def _is_place(view: str, word: Word, reading: Reading) -> bool:
    """Return whether a farm name used as surname is more likely the place: `på Haugland`, `Hetland skole`."""
    if reading.first is not None or reading.base.endswith(_PATRONYMIC):
        return bool(_PLACE_AFTER.match(view, word.end)) and reading.first is None
    return bool(
        _PLACE_AFTER.match(view, word.end) or _PLACE_BEFORE.search(view[max(0, word.start - 10) : word.start])
    )


def people(view: str, text: tuple[Word, ...], places: frozenset[str] = frozenset()) -> Iterator[Span]:
    """Yield spans of names by lists and cues; `places` (lower case) are no surname after a doubtful first name."""
    readings = tuple(read(word) for word in text)
    cue = cues(view) if any(map(_needs_cue, text[1:], readings[1:])) else {}
    index = 0
    while index < len(text):
        word = text[index]
        last = _full_name(view, text, readings, index, places)
        if last is not None:
            confidence = 0.95 if readings[index].first == "" else 0.85
            if word.shape == "lower":
                confidence = 0.8
            yield Span(word.start, readings[last].end, "person", "names", confidence)
            index = last + 1
            continue
        confidence = _single(view, word, readings[index], cue.get(word.start, ""))
        if confidence:
            yield Span(word.start, readings[index].end, "person", "names", confidence)
        index += 1
