"""What a heading of a host's notes says: table, round, question, group, municipality, date."""

import re

from kafe.ingest.meaning import headers
from kafe.ingest.meaning.known_values import is_group
from kafe.ingest.meaning.questions import fold
from kafe.ingest.meaning.values import as_date, as_group, as_label, as_municipality

_NUMBERS = {
    word: str(number)
    for number, words in enumerate(
        (
            ("ein", "en", "ett", "eitt", "one"),
            ("to", "two"),
            ("tre", "three"),
            ("fire", "four"),
            ("fem", "five"),
            ("seks", "six"),
            ("sju", "syv", "seven"),
            ("åtte", "eight"),
            ("ni", "nine"),
            ("ti", "ten"),
        ),
        1,
    )
    for word in words
}
_VALUE = r"(?P<value>\d{1,3}[a-zæøå]?|[A-ZÆØÅ]|(?:" + "|".join(_NUMBERS) + r"))(?!\w)"
_TABLE = re.compile(r"(?:kaf[eé])?(?:bord|table)\s*(?:nr|nummer|no)?[\s.:#_-]*" + _VALUE, re.IGNORECASE)
_ROUND = re.compile(r"(?:runde|round)\s*(?:nr|nummer|no)?[\s.:#_-]*" + _VALUE, re.IGNORECASE)
_ROUND_LAST = re.compile(r"(?P<value>\d{1,2})\.\s*(?:runde|round)(?!\w)", re.IGNORECASE)
_QUESTION = re.compile(
    r"(?:spørsmål|spm|sp|question|q)\.?\s*(?:nr|nummer|no)?[\s.:#_-]*(?P<value>\d{1,2})(?!\w)"
    r"(?:(?P<sep>\s*[.):–—-]+)\s*|\s+|$)(?P<text>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_KEY = re.compile(r"(?P<key>[^\W\d_][\w /.-]{1,28}?)\s*:\s*(?P<value>.*)$", re.DOTALL)
_OPENING = re.compile(
    r"(?:(?:bord|møte|host)?(?:notater|notatar|notata|notat|referat|oppsummering|sammendrag|samandrag|innspill|innspel|notes|minutes)"
    r"\s*(?:fra|frå|ved|for|til|av|from|på)?\s*(?:kaf[eé]dialog(?:en)?\b)?[\s,:–—-]*)+(?=(?:kaf[eé])?(?:bord|table)\b)",
    re.IGNORECASE,
)
"""What stands before the table in a heading such as `Notater fra bord 3`."""
_HOST = re.compile(
    r"(?:^|[\s,;:(–—-]+)(?:bord)?(?:vert(?:en|inne)?|referent|ordstyrer|ordstyrar|skriver|skrivar|sekretær|host|facilitator|fasilitator|notert av)"
    r"\b\s*[:=]?\s*.*$",
    re.IGNORECASE | re.DOTALL,
)
_MEETING = re.compile(
    r"(?:kl\.?\s*\d.*|(?:sted|stad|tid|tidspunkt|tema|emne|klokkeslett|varighet|lokale|rom|møteleder|oppmøte|antall \w+|antal \w+|talet på \w+|"
    r"place|time|topic)\s*:.*|(?:notert|oppsummert|skrevet|skrive|referat|ført i pennen) av\b.*|(?:bord)?(?:vert(?:en|inne)?|referent|ordstyrer|ordstyrar)\s+(?-i:[A-ZÆØÅ])[\w. -]*|(?:møte|bord)?(?:notat|notater|notatar|referat)\.?)",
    re.IGNORECASE | re.DOTALL,
)
_HEAD_WORDS = 8
_LONGEST_HEAD = 30
_SEPARATOR = re.compile(r"[\s,;:|/.–—-]+|og\s+|and\s+")
_PEOPLE = {"deltakere", "deltakarar", "deltagere", "tilstede", "tilstades", "oppmøtte", "participants"}
_DOUBTFUL = {"hvem", "kven", "jeger", "eger"}
"""Words before a colon that may as well open a note: they name a group only where a group follows."""
_VALUES = {
    headers.GROUP: as_group,
    headers.MUNICIPALITY: as_municipality,
    headers.DATE: as_date,
    headers.TABLE: as_label,
    headers.ROUND: as_label,
}


def parse_heading(text: str) -> tuple[dict[str, str], str]:
    """Return the fields a heading names, in its order, and what it says after them.

    `question` is the wording with its number before it. A line that names people gives the key
    `personal` with an empty value: the names go no further.
    """
    found: dict[str, str] = {}
    people: dict[str, str] = {}
    rest = _OPENING.sub("", text.strip(), count=1) if _OPENING.match(text.strip()) else text.strip()
    while rest:
        if (
            headers.TABLE in found
            and not people
            and (host := _HOST.search(rest))
            and len(rest.split()) <= _HEAD_WORDS
        ):
            people = {"personal": ""}
            found |= {key: value for key, value in named_in(host[0]).items() if key not in found}
            rest = rest[: host.start()]
            if not rest:
                return found | people, ""
            continue
        before = rest
        for name, pattern in ((headers.TABLE, _TABLE), (headers.ROUND, _ROUND), (headers.ROUND, _ROUND_LAST)):
            if name not in found and (match := pattern.match(rest)):
                value = match["value"]
                found[name] = _NUMBERS.get(value.lower(), value.upper())
                rest = rest[match.end() :]
                break
        else:
            if match := _QUESTION.match(rest):
                wording = match["text"].strip().strip("*_ ").removesuffix(":")
                found["question"] = f"Spørsmål {match['value']}: {wording}" if wording else match["value"]
                return found, "" if match["sep"] or not wording else rest
            if match := _KEY.match(rest):
                kind = headers.meaning(match["key"])
                if kind == headers.PERSONAL or fold(match["key"]) in _PEOPLE:
                    return found | {"personal": ""}, ""
                if kind in (headers.GROUP, headers.MUNICIPALITY, headers.DATE) and kind not in found:
                    if fold(match["key"]) in _DOUBTFUL and not is_group(match["value"]):
                        break
                    found[kind] = _VALUES[kind](match["value"].strip("*_ "))
                    return found, ""
        if rest == before:
            break
        separator = _SEPARATOR.match(rest)
        if rest and not separator:
            return found | people, before if len(found) == 1 and not people else rest
        rest = rest[separator.end() :] if separator else rest
    return found | people, rest


def heads(text: str) -> dict[str, str]:
    """Return the table and round that a column's header such as `Bord 1` names and nothing else, or nothing."""
    if len(text) > _LONGEST_HEAD:
        return {}
    fields, rest = parse_heading(text)
    return fields if not rest and fields and fields.keys() <= {headers.TABLE, headers.ROUND} else {}


def about_meeting(text: str) -> bool:
    """Return whether a line is about the meeting and not from it: its place and time, how many came, who wrote."""
    return len(text.split()) <= 10 and bool(_MEETING.fullmatch(text.strip("*_ ")))


def named_in(name: str) -> dict[str, str]:
    """Return table and round named in a file's or sheet's name, such as `bord-3` or `Bord 3 runde 2`."""
    found = {}
    for field, pattern in ((headers.TABLE, _TABLE), (headers.ROUND, _ROUND)):
        match = re.search(r"(?<![^\W\d_])" + pattern.pattern, name.replace("_", " "), re.IGNORECASE)
        if match:
            value = match["value"]
            found[field] = _NUMBERS.get(value.lower(), value.upper())
    return found
