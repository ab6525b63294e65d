"""Which note of today a withdrawn one became: certain where nothing else fits nearly as well."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import PurePosixPath

from kafe.records import Note
from kafe.strings import natural_key

SAME_SPOT, SAME_HOME, ANYWHERE = 0.75, 0.8, 0.9
"""The least likeness of an edited note: at the same table and question; in the same session or file; elsewhere."""
FEW, SOME = 4, 6
"""Words a note must have to be known again outside its session, unchanged or edited."""
MARGIN = 0.08
"""How much better than every rival a pair must fit."""
SHOWN_FROM = 0.5
"""The least likeness that is shown to people as a possibility."""
CONTAINED = 0.85
"""The likeness of a note that stands whole inside the other."""
_AT_MOST = 8
_LONGEST = 400
_SPOT = ("session", "question", "table")
_WEIGHTS = {
    "session": 2.0,
    "question": 2.0,
    "table": 2.0,
    "round": 1.0,
    "group": 1.0,
    "date": 0.5,
    "municipality": 0.5,
}
_WORD = re.compile(r"\w+")
Period = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """A withdrawn note and one of today that it may have become; `likeness` of the texts from 0 to 1."""

    old: str
    new: str
    likeness: float
    score: float


@dataclass(frozen=True, slots=True)
class Matched:
    """What was recognised: `certain` pairs, and for every other withdrawn note its `possible` ones, the likest first."""

    certain: tuple[Pair, ...]
    possible: Mapping[str, tuple[Pair, ...]]


def match_notes(
    gone: Iterable[Note],
    shown: Iterable[Note],
    *,
    periods: Mapping[str, Period],
    taken: Iterable[str] = (),
    apart: Iterable[tuple[str, str]] = (),
    waiting: Iterable[str] = (),
    together: bool = True,
) -> Matched:
    """Return which of the `shown` notes the withdrawn ones became.

    `periods` say when each was first seen and withdrawn: two that were shown at one time are never certain
    to be one, and left out without `together`. `taken` are notes that another became already, `apart` pairs that people have said no to,
    `waiting` withdrawn notes that only people may decide about.
    """
    old, new = {note.id: note for note in gone}, {note.id: note for note in shown}
    pairs = _Pairs(old, new, set(apart), {} if together else periods)
    occupied, held = set(taken), set(waiting)
    free = {
        key: [pair for pair in own if pair.new not in occupied and not _together(pair.old, pair.new, periods)]
        for key, own in pairs.found.items()
        if key not in held
    }
    certain: dict[str, Pair] = {}
    _same_texts(free, pairs, certain, least=FEW)
    pairs.moved = _moved_sessions(certain.values(), old, new)
    _same_texts(free, pairs, certain, least=1)
    _edited(free, pairs, certain)
    possible = {
        key: tuple(
            sorted(
                (one for one in own if one.likeness >= SHOWN_FROM or pairs.spot(one)),
                key=lambda one: (-one.likeness, -one.score, one.new),
            )[:_AT_MOST]
        )
        for key, own in pairs.found.items()
        if key not in certain
    }
    return Matched(tuple(certain[key] for key in sorted(certain)), possible)


class _Pairs:
    """The withdrawn notes, today's, and how well they fit each other."""

    def __init__(
        self,
        old: Mapping[str, Note],
        new: Mapping[str, Note],
        apart: set[tuple[str, str]],
        periods: Mapping[str, Period],
    ):
        self.old, self.new = old, new
        self.moved: set[tuple[str, str]] = set()
        index = _Index(new.values())
        self.found = {
            key: [
                self._pair(note, new[other])
                for other in index.near(note)
                if (key, other) not in apart and not _together(key, other, periods)
            ]
            for key, note in old.items()
        }

    def _pair(self, old: Note, new: Note) -> Pair:
        alike = likeness(old.text, new.text)
        return Pair(old.id, new.id, alike, alike + 0.2 * _place(old, new))

    def spot(self, pair: Pair) -> bool:
        """Return whether both stand at the same table and question of a session, or in the same row of a file."""
        old, new = self.old[pair.old], self.new[pair.new]
        row = old.source_place and (old.source_file, old.source_place) == (new.source_file, new.source_place)
        return bool(row) or all(getattr(old, name) == getattr(new, name) for name in _SPOT)

    def home(self, pair: Pair) -> bool:
        """Return whether both are of one session, by its name, its file, or as the others of it moved too."""
        old, new = self.old[pair.old], self.new[pair.new]
        file = _file(old) == _file(new) != ""
        return old.session == new.session or file or (old.session, new.session) in self.moved

    def words(self, pair: Pair) -> int:
        """Return the number of words of the shorter one."""
        return min(len(_words(self.old[pair.old].text)), len(_words(self.new[pair.new].text)))

    def fits(self, pair: Pair) -> bool:
        """Return whether two edited forms are like enough for where they stand."""
        alike, words = pair.likeness, self.words(pair)
        return (
            (alike >= SAME_SPOT and self.spot(pair))
            or (alike >= SAME_HOME and words >= FEW and self.home(pair))
            or (alike >= ANYWHERE and words >= SOME)
        )


def _together(old: str, new: str, periods: Mapping[str, Period]) -> bool:
    """Return whether both notes were shown at one time."""
    first, gone = periods.get(old, ("", ""))
    return first < gone and periods.get(new, ("", ""))[0] < gone


def _same_texts(
    free: Mapping[str, Sequence[Pair]], pairs: _Pairs, certain: dict[str, Pair], *, least: int
) -> None:
    """Add the pairs of one text: those that fit each other best, and alike ones in the order of their source."""
    groups: dict[str, list[Pair]] = defaultdict(list)
    for key, own in free.items():
        for pair in own:
            known = pair.likeness == 1 and (pairs.home(pair) or pairs.words(pair) >= FEW)
            if known and pairs.words(pair) >= least:
                groups[" ".join(pairs.old[key].text.split())].append(pair)
    for group in groups.values():
        _best(group, certain, 1e-9)
        left = _left(group, certain)
        old, new = sorted({one.old for one in left}), sorted({one.new for one in left})
        alike = [
            len({_profile(pairs.old[one]) for one in old}),
            len({_profile(pairs.new[one]) for one in new}),
        ]
        if len(old) == len(new) and alike == [1, 1]:
            old.sort(key=lambda one: _source(pairs.old[one]))
            new.sort(key=lambda one: _source(pairs.new[one]))
            fitting = {(one.old, one.new): one for one in left}
            if all(both in fitting for both in zip(old, new, strict=True)):
                certain.update({one: fitting[one, other] for one, other in zip(old, new, strict=True)})


def _edited(free: Mapping[str, Sequence[Pair]], pairs: _Pairs, certain: dict[str, Pair]) -> None:
    everything = [pair for own in free.values() for pair in own]
    _best(everything, certain, MARGIN, fits=pairs.fits)


def _best(
    group: Sequence[Pair],
    certain: dict[str, Pair],
    margin: float,
    fits: Callable[[Pair], bool] = lambda pair: True,
) -> None:
    """Add the pairs that fit better than every rival of either, by `margin`; again as long as that frees others."""
    while left := _left(group, certain):
        by_old: dict[str, list[float]] = defaultdict(list)
        by_new: dict[str, list[float]] = defaultdict(list)
        for pair in left:
            by_old[pair.old].append(pair.score)
            by_new[pair.new].append(pair.score)
        chosen = [
            pair for pair in left if fits(pair) and _leads(pair, by_old[pair.old], margin) and _leads(pair, by_new[pair.new], margin)
        ]  # fmt: skip
        if not chosen:
            return
        certain.update({pair.old: pair for pair in chosen})


def _leads(pair: Pair, scores: Sequence[float], margin: float) -> bool:
    ordered = sorted(scores, reverse=True)
    return pair.score == ordered[0] and (len(ordered) == 1 or ordered[0] - ordered[1] >= margin)


def _left(group: Sequence[Pair], certain: Mapping[str, Pair]) -> list[Pair]:
    used = {pair.new for pair in certain.values()}
    return [pair for pair in group if pair.old not in certain and pair.new not in used]


def _moved_sessions(
    certain: Iterable[Pair], old: Mapping[str, Note], new: Mapping[str, Note]
) -> set[tuple[str, str]]:
    """Return the sessions that have got another name: most of what is known again of one is in the other."""
    counted = Counter((old[pair.old].session, new[pair.new].session) for pair in certain)
    of = Counter[str]()
    for (before, _), count in counted.items():
        of[before] += count
    return {both for both, count in counted.items() if count >= 3 and count * 2 > of[both[0]]}


class _Index:
    """Finds the notes that share most words with a text, and those of its place."""

    def __init__(self, notes: Iterable[Note]):
        self.text: dict[str, list[str]] = defaultdict(list)
        self.place: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self.row: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.word: dict[str, list[str]] = defaultdict(list)
        self.size: dict[str, int] = {}
        for note in notes:
            self.text[" ".join(note.text.split())].append(note.id)
            self.place[tuple(getattr(note, name) for name in _SPOT)].append(note.id)
            self.row[note.source_file, note.source_place].append(note.id)
            self.size[note.id] = len(_words(note.text))
            for word in set(_words(note.text)):
                self.word[word].append(note.id)

    def near(self, note: Note) -> list[str]:
        """Return the ids of the notes that it may have become."""
        shared: Counter[str] = Counter()
        words = set(_words(note.text))
        for word in words:
            own = self.word.get(word, ())
            for other in own:
                shared[other] += 1
        ordered = sorted(shared, key=lambda one: (-2 * shared[one] / (len(words) + self.size[one]), one))
        place = self.place.get(tuple(getattr(note, name) for name in _SPOT), ())
        found = [
            *self.text.get(" ".join(note.text.split()), ()),
            *ordered[: 2 * _AT_MOST],
            *place[: 4 * _AT_MOST],
            *self.row.get((note.source_file, note.source_place), ())[:_AT_MOST],
        ]
        return list(dict.fromkeys(found))


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def likeness(old: str, new: str) -> float:
    """Return how like two texts are (0 to 1): by words in their order, by letters where only those differ."""
    if " ".join(old.split()) == " ".join(new.split()):
        return 1.0
    first, second = _words(old), _words(new)
    found = SequenceMatcher(None, first, second, autojunk=False).ratio()
    short, long = sorted((first, second), key=len)
    if len(short) >= FEW and f" {' '.join(short)} " in f" {' '.join(long)} ":
        found = max(found, CONTAINED)
    if found < ANYWHERE and max(len(old), len(new)) <= _LONGEST:
        letters = SequenceMatcher(None, old.casefold(), new.casefold(), autojunk=False)
        if letters.quick_ratio() > CONTAINED and (by_letter := letters.ratio()) > CONTAINED:
            found = max(found, by_letter)
    return min(found, 0.99)


def _place(old: Note, new: Note) -> float:
    """Return how much of where two notes stand is the same (0 to 1)."""
    got = sum(weight for name, weight in _WEIGHTS.items() if getattr(old, name) == getattr(new, name))
    got += 2.0 * (old.source_file == new.source_file) + 1.0 * (
        (old.source_file, old.source_place) == (new.source_file, new.source_place)
    )
    return got / (sum(_WEIGHTS.values()) + 3.0)


def _file(note: Note) -> str:
    return PurePosixPath(note.source_file).name


def _profile(note: Note) -> tuple[str, ...]:
    return tuple(getattr(note, name) for name in (*_SPOT, "round", "group"))


def _source(note: Note) -> tuple[object, ...]:
    return natural_key(note.source_file), natural_key(str(note.source_place)), note.id
