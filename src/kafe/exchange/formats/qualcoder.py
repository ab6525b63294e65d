"""QualCoder's codes: from its database, and from the text lists that it reads and writes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kafe.exchange.formats.drafts import CodeDraft, codebook_from, once, problem
from kafe.exchange.records import Incoming
from kafe.files import tables
from kafe.messages import message
from kafe.records import KafeError, normalise_text

STEP = ">>"
_LINE = re.compile(r"^(?P<dashes>(?:--)*)(?P<kind>Category|Code): ?(?P<name>.*), (?:cat|c)id:\d+")
_MEMO = re.compile(r"^(?:--)*Memo: ?(?P<memo>.*)$")
_DEEPEST = 50


def codebook_of_tables(
    categories: Sequence[Mapping[str, str]], codes: Sequence[Mapping[str, str]], file: str
) -> Incoming:
    """Return the codes of a database: categories are headings, and a code may lie under one or under a code.

    `categories` has catid, name, memo, owner and supercatid, `codes` cid, name, memo, owner, color, catid and
    (from 4.0) supercid. A code with the name of a heading beside it says that it is the code.
    """
    by_catid = {row["catid"]: row for row in categories}
    by_cid = {row["cid"]: row for row in codes}
    everything = [(row["catid"], row, _names_above(row["catid"], by_catid), False) for row in categories]
    everything += [(row["cid"], row, _names_of_code(row, by_cid, by_catid), True) for row in codes]
    drafts: list[CodeDraft] = []
    problems: list[KafeError] = []
    taken: set[tuple[str, ...]] = set()
    for number, row, names, codable in everything:
        if not all(names):
            problems.append(problem(file, "no_name", int(number)))
            continue
        if names in taken:
            names = (*names[:-1], message("exchange.codes.of_heading", name=names[-1]))
        taken.add(names)
        drafts.append(
            CodeDraft(
                names,
                definition=row.get("memo", ""),
                colour=row.get("color", ""),
                codable=codable,
                owner=row.get("owner", ""),
                place=number,
            )
        )
    return codebook_from("qualcoder", drafts, problems)


def _names_above(catid: str, categories: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    names: list[str] = []
    while catid in categories and len(names) < _DEEPEST:
        names.insert(0, categories[catid]["name"])
        catid = categories[catid].get("supercatid", "")
    return tuple(names)


def _names_of_code(
    row: Mapping[str, str],
    codes: Mapping[str, Mapping[str, str]],
    categories: Mapping[str, Mapping[str, str]],
    depth: int = 0,
) -> tuple[str, ...]:
    above = row.get("supercid", "")
    if above in codes and depth < _DEEPEST:
        return (*_names_of_code(codes[above], codes, categories, depth + 1), row["name"])
    return (*_names_above(row.get("catid", ""), categories), row["name"])


def is_exported_tree(text: str) -> bool:
    """Return whether a text is the tree that QualCoder writes."""
    return any(_LINE.match(line) for line in text.split("\n"))


def read_list(text: str, file: str) -> Incoming:
    """Return the codes of a list: `category>>category>>code`, a tab or comma, and the memo, one code a line."""
    drafts: list[CodeDraft] = []
    problems: list[KafeError] = []
    for row in tables.csv_rows(text, "\t" if "\t" in text else ","):
        cells = [normalise_text(cell) for cell in row.cells]
        if not any(cells):
            continue
        steps = tuple(step.strip() for step in cells[0].split(STEP))
        if not all(steps):
            problems.append(problem(file, "no_name", row.number))
            continue
        drafts.append(CodeDraft(steps, definition=" ".join(cells[1:]).strip(), place=str(row.number)))
    return codebook_from("qualcoder_list", once(drafts, file, problems), problems)


def read_exported_tree(text: str, file: str) -> Incoming:
    """Return the codes of the tree that QualCoder writes: two hyphens for each level, a memo under each line."""
    drafts: list[CodeDraft] = []
    problems: list[KafeError] = []
    above: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if found := _LINE.match(line):
            name = normalise_text(found["name"])
            if not name:
                problems.append(problem(file, "no_name", number))
                continue
            above = [*above[: len(found["dashes"]) // 2], name]
            drafts.append(CodeDraft(tuple(above), codable=found["kind"] == "Code", place=str(number)))
        elif drafts and line.strip():
            memo = _MEMO.match(line)
            words = f"{drafts[-1].definition} {memo['memo'] if memo else line}"
            drafts[-1] = replace(drafts[-1], definition=normalise_text(words))
    return codebook_from("qualcoder_list", once(drafts, file, problems), problems)
