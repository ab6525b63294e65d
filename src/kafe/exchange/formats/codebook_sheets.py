"""Codes out of tables (CSV, TSV, XLSX) and out of the text lists that QualCoder reads and writes."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from kafe.codebook.reader import COLOUR, LISTS, STATUS
from kafe.exchange.codebook_import import Draft, problem, slashes_are_steps, usable_patterns
from kafe.exchange.formats.databases import Found, tag_drafts
from kafe.files import yaml
from kafe.messages import message
from kafe.records import KafeError, normalise_text
from kafe.strings import slug

HEADERS = {
    "id": ("id", "kode-id", "kodeid", "code id", "guid"),
    "name": ("navn", "name", "kode", "code", "kodenavn", "code name", "label", "tittel", "title", "namn"),
    "path": ("sti", "path", "tag", "kodesti", "code path", "tag path", "full path", "hierarki", "hierarchy"),
    "parent": ("forelder", "parent", "overkode", "over", "under", "parent code", "kategori", "category",
               "overordnet", "gruppe", "group", "parent id", "parent name", "tilhører"),
    "definition": ("definisjon", "definition", "beskrivelse", "description", "memo", "comment", "kommentar",
                   "forklaring", "skildring", "code memo"),
    "include": ("ta med", "include", "inclusion", "inclusion criteria", "inkluder", "inkludert", "when to use"),
    "exclude": ("ikke ta med", "exclude", "exclusion", "exclusion criteria", "ekskluder", "ikkje ta med",
                "when not to use"),
    "examples": ("eksempler", "eksempel", "examples", "example", "døme"),
    "counterexamples": ("moteksempler", "moteksempel", "counterexamples", "counter-examples", "counterexample",
                        "motdøme"),
    "patterns": ("mønstre", "mønster", "patterns", "pattern"),
    "colour": ("farge", "colour", "color"),
    "codable": ("kodbar", "codable", "iscodable", "is codable"),
    "owner": ("eier", "owner", "eigar", "ansvarlig"),
    "status": ("status",),
}  # fmt: skip
STATUSES = {**STATUS, "draft": "draft", "active": "active", "retired": "retired", "utgått": "retired"}
STEPS = re.compile(r"\s*(?:>>|›)\s*|\s+>\s+")
QUALCODER_LINE = re.compile(r"^(?P<dashes>(?:--)*)(?P<kind>Category|Code): ?(?P<name>.*), (?:cat|c)id:\d+")
QUALCODER_MEMO = re.compile(r"^(?:--)*Memo: ?(?P<memo>.*)$")
Cells = Mapping[str, str]


def read_xlsx(path: Path) -> Found:
    """Return the codes of the first sheet of a workbook that has a row of known headers."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception:  # openpyxl raises whatever its parsers meet in a damaged part
        raise problem(path.name, "workbook") from None
    try:
        for sheet in book.worksheets:
            grid = [
                ["" if cell is None else str(cell) for cell in row]
                for row in sheet.iter_rows(values_only=True)
            ]
            if any(_header(row) for row in grid[:10]):
                return _table(grid, path.name)
    finally:
        book.close()
    raise problem(path.name, "headers")


def read_text(path: Path) -> Found:
    """Return the codes of a text file: a table with headers, or one of QualCoder's lists."""
    text = _decoded(path)
    if any(QUALCODER_LINE.match(line) for line in text.split("\n")):
        return _qualcoder_export(text, path.name)
    delimiter = _delimiter(text)
    grid = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if any(_header(row) for row in grid[:10]):
        return _table(grid, path.name)
    if path.suffix.lower() == ".txt" or ">>" in text:
        return _qualcoder_list(text, path.name)
    raise problem(path.name, "headers")


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """Return the delimiter under which a row near the top has most headers that are known."""
    lines = text.split("\n")[:10]
    return max(";,\t", key=lambda mark: max(len(_header(row)) for row in csv.reader(lines, delimiter=mark)))


def _header(cells: Sequence[str]) -> dict[str, int]:
    """Return field → column where the cells are headers and one of them names the code; else nothing."""
    found: dict[str, int] = {}
    for column, cell in enumerate(cells):
        words = " ".join(normalise_text(cell).lower().replace("_", " ").split())
        for field, names in HEADERS.items():
            if words in names:
                found.setdefault(field, column)
    return found if found.keys() & {"name", "path"} or (len(found) > 1 and "id" in found) else {}


def _table(grid: Sequence[Sequence[str]], file: str) -> Found:
    top = next(number for number, row in enumerate(grid) if _header(row))
    columns = _header(grid[top])
    problems: list[KafeError] = []
    rows: list[tuple[int, dict[str, str]]] = []
    for number, row in enumerate(grid[top + 1 :], top + 2):
        cells = {field: normalise_text(row[at]) if at < len(row) else "" for field, at in columns.items()}
        if not any(cell.strip() for cell in row):
            continue
        if not (cells.get("path") or cells.get("name") or cells.get("id")):
            problems.append(problem(file, "no_name", number))
        else:
            rows.append((number, cells))
    if "tag" in (normalise_text(cell).lower() for cell in grid[top]) and "parent" not in columns:
        kind = message("coding_import.kind.taguette")
        tags = [(number, cells["path"], cells.get("definition", "")) for number, cells in rows]
        drafts, bad = tag_drafts(tags, file)
        return kind, _once(drafts, file, problems), [*problems, *bad]
    paths = _paths(rows, file, problems)
    drafts = [
        _draft(paths[number], number, cells, file, problems) for number, cells in rows if number in paths
    ]
    return message("coding_import.kind.table"), _once(drafts, file, problems), problems


def _once(drafts: Sequence[Draft], file: str, problems: list[KafeError]) -> list[Draft]:
    """Return the drafts without those that stand twice, which are listed."""
    kept: dict[tuple[str, ...], Draft] = {}
    for draft in drafts:
        path = tuple(step.casefold() for step in draft.path)
        if path in kept:
            problems.append(problem(file, "twice", int(draft.place), first=kept[path].place))
        else:
            kept[path] = draft
    return list(kept.values())


def _steps(cells: Cells) -> tuple[str, ...]:
    """Return the names from the root that a row's own cells give, without its parent's."""
    if cells.get("path"):
        marked = STEPS.split(cells["path"])
        steps = marked if len(marked) > 1 else cells["path"].split("/")
    else:
        steps = STEPS.split(cells.get("name") or cells.get("id", ""))
    found = tuple(step.strip() for step in steps if step.strip())
    name = cells.get("name", "")
    if cells.get("path") and name and found and slug(found[-1], "") != slug(name, ""):
        return (*found, name)
    return found


def _paths(
    rows: Sequence[tuple[int, Cells]], file: str, problems: list[KafeError]
) -> dict[int, tuple[str, ...]]:
    """Return row → names from the root; a parent is found by id, by name, or by the path of its names."""
    own = {number: _steps(cells) for number, cells in rows}
    own = _unslashed(own, rows)
    keys: dict[str, int] = {}
    for number, cells in rows:
        if cells.get("id"):
            keys.setdefault(cells["id"].casefold(), number)
    for number, _ in rows:
        if own[number]:
            keys.setdefault(own[number][-1].casefold(), number)
            keys.setdefault("/".join(own[number]).casefold(), number)
    cells_of = dict(rows)
    found: dict[int, tuple[str, ...]] = {}

    def path(number: int, seen: frozenset[int]) -> tuple[str, ...] | None:
        parent = cells_of[number].get("parent", "")
        if not parent:
            return own[number]
        steps = tuple(step.strip() for step in re.split(r"/|>>|›|\s>\s", parent) if step.strip())
        at = keys.get(parent.casefold(), keys.get("/".join(steps).casefold()))
        if at is None or at == number:
            return (*steps, *own[number])
        if at in seen:
            return None
        above = path(at, seen | {number})
        return (*above, *own[number]) if above is not None else None

    for number, _ in rows:
        steps = path(number, frozenset({number}))
        if steps:
            found[number] = steps
        else:
            problems.append(problem(file, "circle" if steps is None else "no_name", number))
    return found


def _unslashed(
    own: dict[int, tuple[str, ...]], rows: Sequence[tuple[int, Cells]]
) -> dict[int, tuple[str, ...]]:
    """Return the steps with names split at slashes, where the table shows in no other way what lies where."""
    lone = {number: steps[0] for number, steps in own.items() if len(steps) == 1}
    if any(cells.get("path") or cells.get("parent") for _, cells in rows) or not slashes_are_steps(
        lone.values()
    ):
        return own
    split = {number: tuple(step.strip() for step in name.split("/")) for number, name in lone.items()}
    return own | {number: steps for number, steps in split.items() if all(steps)}


def _draft(path: tuple[str, ...], number: int, cells: Cells, file: str, problems: list[KafeError]) -> Draft:
    lists = {field: _several(cells.get(field, "")) for field in LISTS if cells.get(field)}
    if "patterns" in lists:
        lists["patterns"], bad = usable_patterns(lists["patterns"])
        problems += [problem(file, "pattern", number, why=why) for why in bad]
    colour = cells.get("colour", "")
    if colour and not COLOUR.fullmatch(colour):
        problems.append(problem(file, "colour", number, found=colour))
    status = cells.get("status", "").lower()
    if status and status not in STATUSES:
        problems.append(problem(file, "status", number, found=status))
    return Draft(
        path,
        id=cells.get("id", ""),
        definition=cells.get("definition", ""),
        lists=lists,
        colour=colour,
        codable=cells.get("codable", "").lower() not in yaml.FALSE | {"0"},
        owner=cells.get("owner", ""),
        status=STATUSES.get(status, "active"),
        place=str(number),
    )


def _several(cell: str) -> tuple[str, ...]:
    parts = (part.strip().removeprefix("- ").strip() for part in re.split(r"[;\n]", cell))
    return tuple(dict.fromkeys(part for part in parts if part))


def _qualcoder_list(text: str, file: str) -> Found:
    """Read `category>>category>>code`, a tab or comma, and the memo, one code a line."""
    drafts: list[Draft] = []
    problems: list[KafeError] = []
    mark = "\t" if "\t" in text else ","
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark), 1):
        cells = [normalise_text(cell) for cell in row]
        if not any(cells):
            continue
        steps = tuple(step.strip() for step in cells[0].split(">>"))
        if not all(steps):
            problems.append(problem(file, "no_name", number))
            continue
        drafts.append(Draft(steps, definition=" ".join(cells[1:]).strip(), place=str(number)))
    return message("coding_import.kind.qualcoder_list"), _once(drafts, file, problems), problems


def _qualcoder_export(text: str, file: str) -> Found:
    """Read the tree that QualCoder writes as text: two hyphens for each level, a memo under each line."""
    drafts: list[Draft] = []
    problems: list[KafeError] = []
    above: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if found := QUALCODER_LINE.match(line):
            depth = len(found["dashes"]) // 2
            name = normalise_text(found["name"])
            if not name:
                problems.append(problem(file, "no_name", number))
                continue
            above = [*above[:depth], name]
            drafts.append(Draft(tuple(above), codable=found["kind"] == "Code", place=str(number)))
        elif drafts and (memo := QUALCODER_MEMO.match(line)):
            drafts[-1] = _described(drafts[-1], memo["memo"])
        elif drafts and line.strip():
            drafts[-1] = _described(drafts[-1], line)
    return message("coding_import.kind.qualcoder_list"), _once(drafts, file, problems), problems


def _described(draft: Draft, words: str) -> Draft:
    definition = normalise_text(f"{draft.definition} {words}")
    return Draft(draft.path, definition=definition, codable=draft.codable, place=draft.place)
