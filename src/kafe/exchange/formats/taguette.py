"""Taguette's tags, whose paths are steps down a tree."""

from collections.abc import Mapping, Sequence

from kafe.exchange.formats.drafts import CodeDraft, codebook_from, problem
from kafe.exchange.records import Incoming
from kafe.records import KafeError


def codebook_of_tables(
    projects: Sequence[Mapping[str, str]], tags: Sequence[Mapping[str, str]], file: str, within: str
) -> Incoming:
    """Return the codes of the project that `within` names by name or number; of the only one without it.

    `projects` has id and name, `tags` id, project_id, path and description. Raises KafeError where it is
    not told which project.
    """
    names = {row["id"]: row["name"] for row in projects}
    chosen = [key for key, name in names.items() if not within or within in (name, key)]
    if len(chosen) != 1:
        raise problem(file, "which_project", names=", ".join(f"«{name}»" for name in names.values()))
    rows = [
        (int(row["id"]), row["path"], row["description"]) for row in tags if row["project_id"] == chosen[0]
    ]
    return codebook_from("taguette", *tag_drafts(rows, file))


def tag_drafts(rows: Sequence[tuple[int, str, str]], file: str) -> tuple[list[CodeDraft], list[KafeError]]:
    """Return tags (number, path, description) as codes, and the rows without a path."""
    drafts: list[CodeDraft] = []
    problems: list[KafeError] = []
    for number, path, description in rows:
        steps = tuple(step.strip() for step in path.split("/") if step.strip())
        if not steps:
            problems.append(problem(file, "no_name", number))
        else:
            drafts.append(CodeDraft(steps, definition=description, place=str(number)))
    return drafts, problems
