"""Codes out of tables (CSV, TSV, XLSX) and text lists."""

import re
from collections.abc import Mapping, Sequence

from kafe.codebook import LISTS, STATUS
from kafe.exchange.formats import qualcoder
from kafe.exchange.formats.archive import fault
from kafe.exchange.formats.code_elements import FALSE, colour
from kafe.exchange.formats.drafts import (
    CodeDraft,
    codebook_from,
    once,
    problem,
    slashes_are_steps,
    usable_patterns,
)
from kafe.exchange.formats.taguette import tag_drafts
from kafe.exchange.records import Incoming
from kafe.files import WrongEncodingError, archives, decode, tables
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
Cells = Mapping[str, str]
TOP = 10
"""Rows at the top of a table among which the headers are looked for."""


def read_code_table(data: bytes, file: str) -> Incoming:
    """Return the codes of a table with headers in Norwegian or English (CSV, TSV, XLSX), or of a text list.

    Of a workbook, the first sheet that has a row of known headers is read. Broken rows are listed and the
    others kept. Raises KafeError when nothing can be read.
    """
    if data.startswith(b"PK") or file.lower().endswith(".xlsx"):
        if grid := _sheet_of_codes(data, file):
            return _table(grid, file)
        raise problem(file, "headers")
    text = _decoded(data, file)
    if qualcoder.is_exported_tree(text):
        return qualcoder.read_exported_tree(text, file)
    grid = _grid(text)
    if any(_header(row) for row in grid[:TOP]):
        return _table(grid, file)
    if qualcoder.STEP in text or file.lower().endswith(".txt"):
        return qualcoder.read_list(text, file)
    raise problem(file, "headers")


def has_codes(data: bytes, file: str) -> bool:
    """Return whether a table or text looks like codes: known headers near its top, or one of QualCoder's lists."""
    try:
        if data.startswith(b"PK"):
            return bool(_sheet_of_codes(data, file))
        text = _decoded(data, file)
    except KafeError:
        return False
    lists = qualcoder.STEP in text or qualcoder.is_exported_tree(text)
    return lists or any(_header(row) for row in _grid(text, TOP))


def _sheet_of_codes(data: bytes, file: str) -> list[list[str]]:
    """Return the cells of the first sheet with a row of known headers near its top; none without one."""
    try:
        for sheet in tables.open_workbook(data, streamed=True).worksheets:
            grid = [row.cells for row in tables.sheet_rows(sheet)]
            if any(_header(row) for row in grid[:TOP]):
                return grid
    except (archives.NotAnArchiveError, archives.TooLargeError):
        raise problem(file, "workbook") from None
    return []


def _decoded(data: bytes, file: str) -> str:
    try:
        return decode(data)
    except WrongEncodingError:
        raise fault("not_csv", file) from None


def _grid(text: str, most: int | None = None) -> list[list[str]]:
    """Return the cells of a text, or of its first rows, under the delimiter with which a row near the top has
    most known headers."""
    delimiter = tables.delimiter_of(text, lambda row: len(_header(row)), rows=TOP)
    return [row.cells for row in tables.csv_rows(text, delimiter, most=most)]


def _header(cells: Sequence[str]) -> dict[str, int]:
    """Return field → column where the cells are headers and one of them names the code; else nothing."""
    found: dict[str, int] = {}
    for column, cell in enumerate(cells):
        words = " ".join(normalise_text(cell).lower().replace("_", " ").split())
        for field, names in HEADERS.items():
            if words in names:
                found.setdefault(field, column)
    return found if found.keys() & {"name", "path"} or (len(found) > 1 and "id" in found) else {}


def _table(grid: Sequence[Sequence[str]], file: str) -> Incoming:
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
        tags = [(number, cells["path"], cells.get("definition", "")) for number, cells in rows]
        drafts, bad = tag_drafts(tags, file)
        return codebook_from("taguette", once(drafts, file, problems), [*problems, *bad])
    paths = _paths(rows, file, problems)
    drafts = [
        _draft(paths[number], number, cells, file, problems) for number, cells in rows if number in paths
    ]
    return codebook_from("table", once(drafts, file, problems), problems)


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


def _draft(
    path: tuple[str, ...], number: int, cells: Cells, file: str, problems: list[KafeError]
) -> CodeDraft:
    lists = {field: _several(cells.get(field, "")) for field in LISTS if cells.get(field)}
    if "patterns" in lists:
        lists["patterns"], bad = usable_patterns(lists["patterns"])
        problems += [problem(file, "pattern", number, why=why) for why in bad]
    if (said := cells.get("colour", "")) and not colour(said):
        problems.append(problem(file, "colour", number, found=said))
    status = cells.get("status", "").lower()
    if status and status not in STATUSES:
        problems.append(problem(file, "status", number, found=status))
    return CodeDraft(
        path,
        id=cells.get("id", ""),
        definition=cells.get("definition", ""),
        lists=lists,
        colour=cells.get("colour", ""),
        codable=cells.get("codable", "").lower() not in FALSE,
        owner=cells.get("owner", ""),
        status=STATUSES.get(status, "active"),
        place=str(number),
    )


def _several(cell: str) -> tuple[str, ...]:
    parts = (part.strip().removeprefix("- ").strip() for part in re.split(r"[;\n]", cell))
    return tuple(dict.fromkeys(part for part in parts if part))
