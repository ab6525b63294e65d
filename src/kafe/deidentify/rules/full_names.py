"""Rules for a first name with what goes on it: each returns where the name ends, None where it does not hold."""

from kafe.deidentify.lexicon import SURNAME_ENDINGS, Reading, is_ordinary
from kafe.deidentify.rules.candidates import Candidate, could_be_name

_FARM_ENDINGS = ("sen", "land", "stad", "rud", "tveit", "haug", "haugen", "seth", "vold")


def initial_and_surname(name: Candidate) -> int | None:
    """*K. Nordmann*: an initial is a name's only where a clear surname comes with it."""
    surname = any(part.last == "" for part in name.capitals_after)
    return _end(name) if name.word.is_initial and surname else None


def first_name_and_more(name: Candidate) -> int | None:
    """*Kari Xundal*: after a word that is a first name and nothing else, any word in capitals is the surname."""
    return _end(name) if name.capitals_after and _is_clear(name) else None


def doubtful_first_name_and_surname(name: Candidate) -> int | None:
    """*Liv Hansen*: a first name that is a word or place too needs what looks like a surname.

    At the start of a sentence a place that the project knows is none: *Bjørn Klepp kommune*.
    """
    if not name.capitals_after or not name.reading.first or name.word.is_initial:
        return None
    surnames = (
        part
        for part in name.capitals_after
        if _is_surname_like(part) and not (name.word.opens and part.base in name.passage.places)
    )
    return _end(name) if any(surnames) else None


def unlisted_word_and_surname(name: Candidate) -> int | None:
    """*snakket med Xolani Hansen*: inside a sentence a word in capitals before a clear surname is a first name."""
    surname = any(part.last == "" for part in name.capitals_after)
    return _end(name) if surname and not name.word.opens and _is_unlisted(name) else None


def unlisted_word_and_surname_alone(name: Candidate) -> int | None:
    """*Xolani Hansen* as a line of its own: the capital at its start says little, but nothing else stands there."""
    surname = bool(name.capitals_after) and name.capitals_after[-1].last == ""
    return _end(name) if surname and name.stands_alone and _is_unlisted(name) else None


def name_all_in_capitals(name: Candidate) -> int | None:
    """*KARI NORDMANN*: a first name and nothing else, with a listed surname or what ends as farms do."""
    return _end_in_same_case(name) if name.word.shape == "upper" and name.reading.first == "" else None


def doubtful_name_all_in_capitals(name: Candidate) -> int | None:
    """*LIV HANSEN*: the first name is a word too, and the surname is a surname and nothing else."""
    return _end_in_same_case(name) if name.word.shape == "upper" and name.reading.first != "" else None


def name_in_lower_case(name: Candidate) -> int | None:
    """*kari nordmann*: notes are typed in haste; both are listed, and one is a name and nothing else."""
    return _end_in_same_case(name) if name.word.shape == "lower" else None


def _end(name: Candidate) -> int:
    return name.capitals_after[-1].end


def _end_in_same_case(name: Candidate) -> int | None:
    if not name.same_case_after:
        return None
    word, surname = name.same_case_after[-1]
    listed = surname.last is not None and (name.reading.clear or surname.clear)
    guessed = name.reading.clear and word.lower.endswith(_FARM_ENDINGS) and not is_ordinary(word)
    return surname.end if listed or guessed else None


def _is_clear(name: Candidate) -> bool:
    return name.reading.first == "" and not name.word.is_initial


def _is_unlisted(name: Candidate) -> bool:
    return name.reading.first is None and could_be_name(name.word)


def _is_surname_like(part: Reading) -> bool:
    return part.last is not None or part.base.endswith(SURNAME_ENDINGS) or part.first == ""
