"""Learn from people's codings and the codebook; suggest codes with reasons, measured on held-out notes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from kafe.records import Code, Codebook, Suggestion, Unit
from kafe.suggestions.counts import CodeCount, code_counts
from kafe.suggestions.judgements import Judgements
from kafe.suggestions.model import Calibration, CodebookPrior, Correction
from kafe.suggestions.order import doubt, next_notes
from kafe.suggestions.quality import CodeRow, code_rows
from kafe.suggestions.reasons import Case, heaviest_words, most_similar, reason
from kafe.suggestions.space import MEANING_SHARE, Space
from kafe.threads import one_thread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

VERSION = "2"
FOLDS = 5
CUT = 0.33
"""Suggest from this probability. The best F1 is had at half of what it can reach (Lipton et al. 2014,
arXiv 1402.1892), about .25 here; somewhat higher, since a wrong suggestion costs more than a missing one."""
FEWEST_NOTES = 30
FEWEST_POSITIVE_PAIRS = 40
"""Below these no figures are shown; nothing else depends on them."""


@dataclass(frozen=True)
class Learned:
    """What the model suggests, how well it does, and the notes in the order to code them.

    `source` is `model:` and a hash of all that it was trained on. `measured` is false while too little
    has been coded; then `rows` have no figures. `counts`: of notes by code, read and estimated.
    """

    suggestions: tuple[Suggestion, ...]
    rows: tuple[CodeRow, ...]
    order: tuple[str, ...]
    source: str
    measured: bool
    counts: tuple[CodeCount, ...] = ()


def codes_to_learn(codebook: Codebook) -> list[Code]:
    """Return the codes that may be put on notes and are not retired, in the codebook's order."""
    return [code for code in codebook.codes if code.codable and code.status != "retired"]


def learn(
    units: Sequence[Unit],
    people: Judgements,
    codebook: Codebook,
    *,
    questions: Mapping[str, str] | None = None,
    may_cite: Collection[str] = (),
    drawn: bool = False,
    tables: Mapping[str, str] | None = None,
    seed: int = 1,
) -> Learned:
    """Return suggestions, figures and order; the same input gives the same, on one thread.

    `people` judges these units and `codes_to_learn(codebook)`, in that order. `questions`: note id → the
    question it answers. `may_cite`: notes that a reason may name and quote. `drawn` and `tables` (note id → its
    table) are for the counts: see `code_counts`. A judged note gets its
    suggestions from a model that has not seen it.
    """
    codes = codes_to_learn(codebook)
    if not units or not codes:
        rows = code_rows(codes, people, None, CUT, False)
        return Learned((), tuple(rows), tuple(sorted({unit.note_id for unit in units})), "", False)
    if people.shape != (len(units), len(codes)):
        raise ValueError("judgements of other units or codes")
    with one_thread():
        lesson = Lesson(units, people, codebook, codes, questions or {}, seed)
        counts = code_counts(
            [code.id for code in codes], units, people, lesson.chances, drawn=drawn, clusters=tables
        )
        return replace(lesson.learned(may_cite), counts=tuple(counts))


class Lesson:
    """What there is to learn, and what was learnt: `chances` (units × codes) and their log odds, `scores`, for each
    unit from a model that had not seen its note; `measured`: enough is coded to show figures."""

    def __init__(
        self,
        units: Sequence[Unit],
        people: Judgements,
        codebook: Codebook,
        codes: Sequence[Code],
        questions: Mapping[str, str],
        seed: int,
        space: Space | None = None,
    ):
        """`space`: one that an earlier lesson made of the same units and codes."""
        import numpy as np

        self.units, self.people, self.codes, self.seed = units, people, codes, seed
        self.codebook = codebook
        self.asked = [questions.get(unit.note_id, "") for unit in units]
        self.yes, self.said = people.counts()
        with np.errstate(invalid="ignore"):
            self.fits = np.where(self.said > 0, self.yes / self.said, np.nan)
        self.judged: NDArray[np.bool_] = np.any(self.said > 0, axis=1)
        self.texts, self.shots = few_shot(codes)
        self.space = space or Space([unit.text for unit in units] + self.texts, seed=seed)
        self.vectors, self.shot_vectors = self.space.rows[: len(units)], self.space.rows[len(units) :]
        notes = {unit.note_id for unit, known in zip(units, self.judged, strict=True) if known}
        self.measured = len(notes) >= FEWEST_NOTES and float(self.yes.sum()) >= FEWEST_POSITIVE_PAIRS
        self.prior = CodebookPrior(self.shot_vectors, self.shots, self.vectors)
        self.before = self.prior(self.vectors)
        self.correction = self._corrected(self.judged)
        self._measure()

    def _corrected(self, rows: NDArray[np.bool_]) -> Correction:
        asked = [question for question, use in zip(self.asked, rows, strict=True) if use]
        return Correction(self.vectors[rows], self.fits[rows], self.before[rows], asked)

    def _measure(self) -> None:
        """Find out by cross-validation, grouped by note, what evidence is worth; then learn from all."""
        import numpy as np

        evidence = self.correction(self.vectors, self.before, self.asked)
        fold = np.array([fold_of(unit.note_id, self.seed) for unit in self.units])
        parts = [np.flatnonzero(self.judged & (fold == number)) for number in range(FOLDS)]
        for number, part in enumerate(parts):
            if len(part):
                correction = self._corrected(self.judged & (fold != number))
                asked = [self.asked[row] for row in part]
                evidence[part] = correction(self.vectors[part], self.before[part], asked)
        whole = self._calibrate(evidence, np.flatnonzero(self.judged))
        self.word_slopes = whole.word_slopes(self.prior, self.correction)
        self.scores = whole.logits(evidence)
        for number, part in enumerate(parts):
            if len(part):
                others = np.flatnonzero(self.judged & (fold != number))
                self.scores[part] = self._calibrate(evidence, others).logits(evidence[part])
        self.chances: Array = 1 / (1 + np.exp(-self.scores))

    def _calibrate(self, evidence: Array, rows: NDArray[np.intp]) -> Calibration:
        return Calibration(evidence[rows], self.yes[rows], self.said[rows])

    @cached_property
    def rows(self) -> list[CodeRow]:
        """The figures of each code, measured or not."""
        return code_rows(self.codes, self.people, self.chances, CUT, self.measured)

    def chosen(self) -> list[tuple[int, int]]:
        """Return the places of units and codes that are suggested."""
        use = [place for place, row in enumerate(self.rows) if row.state != "weak"]
        return [
            (number, place)
            for number in range(len(self.units))
            if self.measured or not self.judged[number]
            for place in use
            if self.chances[number, place] >= CUT
        ]

    def learned(self, may_cite: Collection[str]) -> Learned:
        source = self.source()
        return Learned(
            tuple(self._suggestions(self.chosen(), source, may_cite)),
            tuple(self.rows),
            tuple(self._order()),
            source,
            self.measured,
        )

    def _suggestions(
        self, chosen: Sequence[tuple[int, int]], source: str, may_cite: Collection[str]
    ) -> list[Suggestion]:
        import numpy as np

        cases: list[Case] = [(self.units[number].text, place) for number, place in chosen]
        words = heaviest_words(cases, self.space, self.word_slopes)
        coded = {place: self._coded(place, may_cite) for place in {place for _, place in chosen}}
        few = {place for place, row in enumerate(self.rows) if row.state in ("few", "untested")}
        own = [np.flatnonzero(column == 1).tolist() for column in self.shots.T]
        found = []
        for (number, place), own_words in zip(chosen, words, strict=True):
            unit, vector = self.units[number], self.vectors[number]
            allowed = [row for row in coded[place] if self.units[row].note_id != unit.note_id]
            similar = [self.units[row] for row in most_similar(vector, self.vectors, allowed)]
            notes = [(one.note_id, one.text) for one in similar]
            examples = [] if notes else most_similar(vector, self.shot_vectors, own[place])
            why = reason(own_words, notes, self.texts[examples[0]] if examples else "", few=place in few)
            score = round(float(self.chances[number, place]), 3)
            found.append(
                Suggestion(unit.note_id, unit.start, unit.end, self.codes[place].id, source, why, score)
            )
        return found

    def _coded(self, place: int, may_cite: Collection[str]) -> list[int]:
        """Return the units that most of those who judged them gave the code, in notes that may be named."""
        import numpy as np

        rows = np.flatnonzero(np.nan_to_num(self.fits[:, place]) >= 0.5).tolist()
        return [row for row in rows if self.units[row].note_id in may_cite]

    def _order(self) -> list[str]:
        """Return all notes: first those that nobody has judged, then the others, each by what they teach."""
        import numpy as np

        doubts = doubt(self.scores)
        rows: dict[str, list[int]] = {}
        for number, unit in enumerate(self.units):
            rows.setdefault(unit.note_id, []).append(number)
        fresh = [note_id for note_id, own in rows.items() if not self.judged[own].any()]
        fresh_set = set(fresh)
        order: list[str] = []
        for ids in (fresh, [note_id for note_id in rows if note_id not in fresh_set]):
            if ids:
                vectors = np.array([self.vectors[rows[note_id]].mean(0) for note_id in ids])
                most = [float(doubts[rows[note_id]].max()) for note_id in ids]
                order += next_notes(ids, vectors, most, seed=self.seed)
        return order

    def source(self) -> str:
        """Return `model:` and the start of a hash of training data, codebook, settings and version."""
        digest = hashlib.sha256(
            json.dumps([VERSION, self.seed, MEANING_SHARE, self.codebook.version]).encode()
        )
        for unit, question in zip(self.units, self.asked, strict=True):
            digest.update(f"{unit.id}\x1f{question}\x1f{unit.text}\x1e".encode())
        digest.update(self.yes.tobytes())
        digest.update(self.said.tobytes())
        return f"model:{digest.hexdigest()[:12]}"


def few_shot(codes: Sequence[Code]) -> tuple[list[str], Array]:
    """Return the codebook's texts and what they say about each code: 1 fits, 0 does not, NaN says nothing.

    A code's name with its definition, what it includes and its examples fit it, and are taken not to fit
    the others; what it excludes and its counterexamples do not fit it, and may fit any other.
    """
    import numpy as np

    texts: list[str] = []
    rows: list[Array] = []
    for place, code in enumerate(codes):
        for text in (f"{code.name}. {code.definition}", *code.include, *code.examples):
            texts.append(text)
            row = np.zeros(len(codes))
            row[place] = 1
            rows.append(row)
        for text in (*code.exclude, *code.counterexamples):
            texts.append(text)
            row = np.full(len(codes), np.nan)
            row[place] = 0
            rows.append(row)
    return texts, np.array(rows).reshape(len(texts), len(codes))


def fold_of(note_id: str, seed: int) -> int:
    """Return the fold of a note in cross-validation, from 0 to `FOLDS` - 1."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{note_id}".encode()).digest()[:4], "big") % FOLDS
