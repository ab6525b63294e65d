"""Rules for a word alone: each returns where the name ends, None where it does not hold."""

from kafe.deidentify.lexicon import ordinary_words
from kafe.deidentify.rules.candidates import Candidate, could_be_name
from kafe.deidentify.rules.cues import CITED, INSTITUTION_BEFORE, PLACE_AFTER, PLACE_BEFORE, SAYS, SPEAKS

_PATRONYMIC = ("sen", "son")
_TO_A_PERSON = ("title", "owned", "named", "contact")


def named_institution(name: Candidate) -> int | None:
    """*kafe Kari*: what stands after a kind of house is its name."""
    return _end(name, INSTITUTION_BEFORE.search(name.before(12)))


def first_name_in_lower_case(name: Candidate) -> int | None:
    """*snakket med kari*: a clear first name in lower case needs a cue before it or a verb of saying after it."""
    clear = name.word.shape == "lower" and name.reading.first is not None and name.reading.clear
    return _end(name, clear and (name.cue or _says(name)))


def first_name_in_capitals(name: Candidate) -> int | None:
    """*KARI*: a clear first name of four letters or more; shorter ones may be abbreviations."""
    clear = name.word.shape == "upper" and name.reading.first is not None and name.reading.clear
    return _end(name, clear and len(name.word.text) > 3)


def place_of_that_name(name: Candidate) -> int | None:
    """*på Haugland*, *Hetland skole*: a farm's name is a surname and a place; what stands around it tells."""
    if not _is_clear(name) or name.reading.first is not None:
        return None
    place = PLACE_AFTER.match(name.view, name.word.end)
    if not name.reading.base.endswith(_PATRONYMIC):
        place = place or PLACE_BEFORE.search(name.before(10))
    return _end(name, place)


def listed_name(name: Candidate) -> int | None:
    """*Kari*: a word that the lists have as a name and nothing else."""
    return _end(name, _is_clear(name))


def introduced_first_name(name: Candidate) -> int | None:
    """*fastlege Liv*, *Liv sa*: a first name that is a word too, where only a person can be meant."""
    doubtful = _is_doubtful(name) and name.reading.first is not None
    return _end(name, doubtful and (name.cue in _TO_A_PERSON or _says(name)))


def relative_who_acts(name: Candidate) -> int | None:
    """*mor Liv ringte*: after a word for a relative, a first name that is a word too needs a verb after it."""
    doubtful = _is_doubtful(name) and name.reading.first is not None
    return _end(name, doubtful and name.cue == "relation" and SPEAKS.match(name.view, name.word.end))


def introduced_surname(name: Candidate) -> int | None:
    """*overlege Strand*: a surname that is a word too, after a title or *heter*."""
    return _end(name, _is_doubtful(name) and name.reading.last is not None and name.cue in ("title", "named"))


def introduced_unlisted_word(name: Candidate) -> int | None:
    """*koordinator Xolani*: a word in capitals that is not listed, after a title, *mamma til* or *heter*."""
    unlisted = not name.reading.listed and could_be_name(name.word)
    return _end(
        name,
        unlisted and (name.cue in ("title", "owned") or (name.cue == "named" and not name.word.opens)),
    )


def cited_author(name: Candidate) -> int | None:
    """*Bjørklund et al.*, *Berg, A.B.*: what stands before initials or *et al.* in a list of references."""
    cited = _is_doubtful(name) and CITED.match(name.view, name.word.end)
    return _end(name, cited and name.word.lower not in ordinary_words())


def _end(name: Candidate, holds: object) -> int | None:
    return name.reading.end if holds else None


def _is_clear(name: Candidate) -> bool:
    return name.word.shape == "capital" and name.reading.clear


def _is_doubtful(name: Candidate) -> bool:
    return name.word.shape == "capital" and not name.reading.clear


def _says(name: Candidate) -> bool:
    return SAYS.match(name.view, name.word.end) is not None
