"""A small coded project whose source can be corrected at random: konstruert eksempel, no real person."""

import random
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from openpyxl import Workbook

from kafe.corrections import recognise, standing
from kafe.ingest import read_project
from kafe.records import Coding, Decision, Fate, Memo, Note, derived_id, text_hash
from kafe.store import Store

WORDS = [
    "bolig",
    "jobb",
    "koordinator",
    "ansvar",
    "møte",
    "kveld",
    "pårørende",
    "legevakt",
    "plan",
    "bruker",
    "kommune",
    "sykehus",
    "uke",
    "trygg",
    "penger",
    "venner",
    "aktivitet",
    "fastlege",
    "samtykke",
    "kriseplan",
    "telefon",
    "helg",
    "ro",
    "team",
    "fritid",
    "skole",
    "ventetid",
    "innleggelse",
    "oppfølging",
    "utskriving",
    "husleie",
    "naboer",
    "søvn",
    "mat",
    "støtte",
    "samtale",
    "hjemme",
    "oftere",
    "tidlig",
    "aldri",
    "alltid",
    "sammen",
]
QUESTIONS = ("Hva kjennetegner rød?", "Hva skal skje?")
GROUPS = ("bruker", "pårørende", "kommune", "sykehus")


@dataclass
class Line:
    """A row of the source; `sheet` is the file it stands in."""

    sheet: str
    table: str
    question: str
    group: str
    text: str


@dataclass
class CodedProject:
    """A source that is written, read and put in a store, and the work of two coders on it."""

    folder: Path
    store: Store
    chance: random.Random
    lines: list[Line] = field(default_factory=list)
    formats: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    session: str = "kafe"
    day: int = 0
    acts: int = 0

    def fill(self, count: int) -> None:
        """Write a source of `count` notes and code it."""
        for place in range(count):
            sheet = f"bord-{place % 3}"
            size = self.chance.choice((1, 2, 3, 5, 8, 12, 20))
            text = " ".join(self.chance.choice(WORDS) for _ in range(size)).capitalize()
            self.lines.append(
                Line(sheet, str(place % 5 + 1), QUESTIONS[place % 2], GROUPS[place % 4], text + ".")
            )
        self.read()
        for note in self.store.notes():
            self.work_on(note)

    def work_on(self, note: Note) -> None:
        """Code, finish, write about and decide on a note, some of it."""
        at = self.moment()
        for coder in ("kari", "ola"):
            spans = {(0, len(note.text))} | {self._span(note.text) for _ in range(2)}
            codings = [
                Coding(
                    derived_id(note.id, coder, start, end), note.id, start, end, note.text[start:end],
                    text_hash(note.text), self.chance.choice("abc"), coder, at, origin="workbench",
                )
                for start, end in sorted(spans) if self.chance.random() < 0.8
            ]  # fmt: skip
            self.acts += self.store.append_codings(codings)
            self.acts += self.store.append_finished_marks([(coder, note.id, at)])
            if self.chance.random() < 0.3:
                target = f"note:{note.id}"
                memo = Memo(derived_id(coder, target), target, f"tanke {at}", coder, at)
                self.acts += self.store.append_memos([memo])
            if codings and self.chance.random() < 0.3:
                target = f"coding:{codings[0].id}"
                memo = Memo(derived_id(coder, target), target, f"hvorfor {at}", coder, at)
                self.acts += self.store.append_memos([memo])
        if self.chance.random() < 0.3:
            decision = Decision(f"note:{note.id}", Fate.CHOSEN, "grunn", "gruppa", at[:10])
            self.acts += self.store.append_decisions([decision])

    def _span(self, text: str) -> tuple[int, int]:
        words = text.split()
        first = self.chance.randrange(len(words))
        last = self.chance.randrange(first, len(words))
        start = len(" ".join(words[:first])) + (first > 0)
        return start, start + len(" ".join(words[first : last + 1]))

    def moment(self) -> str:
        """Return a time after every one before it."""
        self.day += 1
        return f"2026-{1 + self.day // 25000:02}-{1 + self.day // 1000 % 25:02}T{self.day // 60 % 16:02}:{self.day % 60:02}:00.{self.day:06}"

    def read(self) -> None:
        """Write the source, read it as kafe does, and let work follow."""
        self.write()
        found = read_project(self.folder)
        kept = [asdict(note) for note in found.notes]
        at = self.moment()
        self.store.put_notes([Note(**row) for row in kept], at)
        recognise(self.store, at)

    def write(self) -> None:
        """Write the source anew."""
        session = self.folder / "okt"
        session.mkdir(parents=True, exist_ok=True)
        for path in session.iterdir():
            path.unlink()
        (session / "session.toml").write_text(
            f'id = "{self.session}"\ntype = "kafedialog"\n', encoding="utf-8"
        )
        head = ("Bord", "Spørsmål", "Gruppe", "Innspill")
        for sheet in sorted({line.sheet for line in self.lines}):
            rows = [
                (one.table, one.question, one.group, one.text) for one in self.lines if one.sheet == sheet
            ]
            name = self.names.get(sheet, sheet)
            if self.formats.get(sheet) == "xlsx":
                book = Workbook()
                for row in (head, *rows):
                    book.active.append(row)
                book.save(session / f"{name}.xlsx")
            else:
                lines = [";".join(row) for row in (head, *rows)]
                (session / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")

    def correct(self) -> str:
        """Make one random correction of the source and return what it was."""
        what = self.chance.choice(list(CORRECTIONS))
        CORRECTIONS[what](self)
        return what

    def some(self) -> int:
        """Return the place of a random line."""
        return self.chance.randrange(len(self.lines))

    def unaccounted(self) -> int:
        """Return how many acts are neither on a shown note nor listed, less those that are counted twice."""
        stands = standing(self.store)
        return self.acts - stands.held - len(stands.waiting) - stands.left


def _edit(project: CodedProject, change) -> None:
    place = project.some()
    line = project.lines[place]
    words = line.text.split()
    change(project.chance, words)
    project.lines[place] = replace(line, text=" ".join(words) or "Tomt.")


def _add(chance, words):
    words.insert(chance.randrange(len(words) + 1), chance.choice(WORDS))


def _drop(chance, words):
    del words[chance.randrange(len(words))]


def _typo(chance, words):
    place = chance.randrange(len(words))
    words[place] = words[place][:2] + "x" + words[place][2:]


def _rewrite(chance, words):
    words[:] = [chance.choice(WORDS) for _ in range(6)]


def _attribute(name, values):
    def change(project: CodedProject) -> None:
        place = project.some()
        project.lines[place] = replace(project.lines[place], **{name: project.chance.choice(values)})

    return change


def _group_of_sheet(project: CodedProject) -> None:
    sheet, group = project.lines[project.some()].sheet, project.chance.choice(GROUPS)
    project.lines = [replace(one, group=group) if one.sheet == sheet else one for one in project.lines]


def _split(project: CodedProject) -> None:
    place = project.some()
    words = project.lines[place].text.split()
    half = len(words) // 2
    if half:
        first, second = (
            replace(project.lines[place], text=" ".join(part)) for part in (words[:half], words[half:])
        )
        project.lines[place : place + 1] = [first, second]


def _delete(project: CodedProject) -> None:
    if len(project.lines) > 8:
        del project.lines[project.some()]


def _copy(project: CodedProject) -> None:
    project.lines.append(project.lines[project.some()])


def _rename(project: CodedProject) -> None:
    project.names[project.lines[project.some()].sheet] = f"notat-{project.chance.randrange(99)}-{project.day}"


def _format(project: CodedProject) -> None:
    project.formats[project.lines[project.some()].sheet] = project.chance.choice(("csv", "xlsx"))


def _session(project: CodedProject) -> None:
    project.session = project.chance.choice(("kafe", "kafe-1", "dialog"))


CORRECTIONS = {
    "add a word": lambda project: _edit(project, _add),
    "drop a word": lambda project: _edit(project, _drop),
    "mistype a word": lambda project: _edit(project, _typo),
    "rewrite": lambda project: _edit(project, _rewrite),
    "group": _attribute("group", GROUPS),
    "table": _attribute("table", tuple("12345")),
    "question": _attribute("question", QUESTIONS),
    "group of a sheet": _group_of_sheet,
    "sort": lambda project: project.chance.shuffle(project.lines),
    "split": _split,
    "delete": _delete,
    "copy": _copy,
    "rename": _rename,
    "format": _format,
    "session": _session,
}
