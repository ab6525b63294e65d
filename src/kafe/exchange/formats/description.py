"""All that a code says beside its name, as one text that people can read and kafe reads back whole."""

from dataclasses import dataclass

from kafe.codebook import STATUS, status_name
from kafe.records import Code, CodeStatus

LISTS = {
    "include": "Ta med",
    "exclude": "Ikke ta med",
    "examples": "Eksempler",
    "counterexamples": "Moteksempler",
    "patterns": "Mønstre",
}
LINES = {"owner": "Eier", "status": "Status", "id": "Kode i kafe"}
_HEADINGS = {f"{heading}:": name for name, heading in LISTS.items()}
_VALUES = {heading: name for name, heading in LINES.items()}


@dataclass(frozen=True, slots=True)
class Described:
    """What a description says; `id` is empty when kafe did not write it."""

    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    owner: str = ""
    status: CodeStatus = "active"
    id: str = ""


def describe(code: Code) -> str:
    """Return a code's definition, then its lists under headings, then owner, status and id.

    A line of the definition that looks like one of ours gets a backslash in front; further lines of an
    item are indented. `read` gives the same fields back.
    """
    parts = ["\n".join(_guarded(line) for line in code.definition.split("\n"))] if code.definition else []
    for name, heading in LISTS.items():
        if items := getattr(code, name):
            parts.append("\n".join([f"{heading}:", *(f"- {_indented(item)}" for item in items)]))
    lines = [f"{LINES['owner']}: {_indented(code.owner)}"] if code.owner else []
    if code.status != "active":
        lines.append(f"{LINES['status']}: {status_name(code)}")
    parts.append("\n".join([*lines, f"{LINES['id']}: {code.id}"]))
    return "\n\n".join(parts)


def read(text: str) -> Described:
    """Return what a description says; one that kafe did not write is a definition and nothing else."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not any(line.startswith(f"{LINES['id']}: ") for line in lines):
        return Described(definition="\n".join(lines).strip())
    fields: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    definition: list[str] = []
    current = ""
    for line in lines:
        heading, colon, value = line.partition(": ")
        if line in _HEADINGS:
            current = _HEADINGS[line]
            lists[current] = []
        elif colon and heading in _VALUES:
            current = _VALUES[heading]
            fields[current] = value
        elif not current:
            definition.append(line.removeprefix("\\") if _is_guarded(line) else line)
        elif current in lists and line.startswith("- "):
            lists[current].append(line[2:])
        elif current in lists and lists[current] and line.startswith("  "):
            lists[current][-1] += "\n" + line[2:]
        elif current in fields and line.startswith("  "):
            fields[current] += "\n" + line[2:]
    # A blank line stands between the definition and what follows.
    whole = "\n".join(definition[:-1] if definition and not definition[-1] else definition)
    return Described(
        definition=whole,
        **{name: tuple(lists.get(name, ())) for name in LISTS},
        owner=fields.get("owner", ""),
        status=STATUS.get(fields.get("status", ""), "active"),
        id=fields.get("id", ""),
    )


def _ours(line: str) -> bool:
    heading, colon, _ = line.partition(": ")
    return line in _HEADINGS or (bool(colon) and heading in _VALUES)


def _guarded(line: str) -> str:
    return "\\" + line if _ours(line.lstrip("\\")) else line


def _is_guarded(line: str) -> bool:
    return line.startswith("\\") and _ours(line.lstrip("\\"))


def _indented(text: str) -> str:
    return text.replace("\n", "\n  ")
