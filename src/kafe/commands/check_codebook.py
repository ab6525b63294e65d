"""Everything that is wrong with a project's codebook, or worth a look, told apart; how often codes are used."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations

from kafe.codebook import examine_codebook, patterns
from kafe.codebook.changes import CodeMap
from kafe.codings import codes_in_files
from kafe.commands.change_codebook import reading
from kafe.flow import Project
from kafe.messages import message
from kafe.origins import Origin, origin
from kafe.records import Code, Codebook, Coding, KafeError, Problem, Severity
from kafe.store import Store


@dataclass(frozen=True)
class Uses:
    """How often people have used each code, by the code it stands for now.

    `late` counts those put on after the code was retired; `where` gives file and row of the first use of
    a code that is not there.
    """

    counts: Mapping[str, int]
    late: Mapping[str, int]
    where: Mapping[str, tuple[str, int]]


def examine_project(project: Project) -> tuple[Codebook, list[Problem]]:
    """Return what can be read of the project's codebook, and all that is wrong with it or worth a look."""
    codebook, faults = examine_codebook(project.paths.codebook)
    with reading(project) as store:
        return codebook, check_codebook(codebook, faults, uses_in(project, codebook, store))


def uses_in(project: Project, codebook: Codebook, store: Store | None) -> Uses:
    """Return how often people have used each code, in the store or, where it has no codings, in their files."""
    codings = store.codings() if store else []
    code_map = CodeMap(store.operations() if store else [], codebook)
    return count_uses(codings, codes_in_files(project.paths.codings), code_map, rows_count=not codings)


def count_uses(
    codings: Iterable[Coding], rows: Sequence[tuple[str, int, str]], code_map: CodeMap, *, rows_count: bool
) -> Uses:
    """Return the uses of codes in standing codings and in rows of people's files (file, row, code).

    A row counts only when `rows_count` (they are not in the store yet), or when its code is not known:
    such a row never becomes a coding.
    """
    counts: dict[str, int] = defaultdict(int)
    late: dict[str, int] = defaultdict(int)
    where: dict[str, tuple[str, int]] = {}
    for coding in codings:
        if origin(coding) is Origin.HUMAN:
            code = code_map.code(coding.code)
            counts[code] += 1
            retired, _ = code_map.retired.get(code, ("", ""))
            late[code] += bool(retired) and coding.at > retired[: len(coding.at)]
    for file, row, written in rows:
        code = code_map.code(written)
        if rows_count or code not in code_map.codebook:
            counts[code] += 1
        if code not in code_map.codebook:
            where.setdefault(code, (file, row))
    return Uses(counts, late, where)


def check_codebook(codebook: Codebook, faults: Sequence[KafeError], uses: Uses) -> list[Problem]:
    """Return what is malformed, then what is used without being there, undefined, used though retired,
    and last what is only worth a look: headings used as codes, unused codes, overlapping patterns."""
    found = [Problem.of(fault) for fault in faults]
    for code, count in sorted(uses.counts.items()):
        if code not in codebook:
            found.append(_undefined(code, count, codebook, uses.where.get(code)))
    for one in codebook.codes:
        count = uses.counts.get(one.id, 0)
        if one.codable and not one.definition:
            found.append(_problem("definition", one))
        if count and not one.codable:
            found.append(_problem("heading", one, count=count))
        if uses.late.get(one.id):
            found.append(_problem("late", one, count=uses.late[one.id]))
    for one in codebook.codes:
        count = uses.counts.get(one.id, 0)
        if one.status == "retired" and count:
            found.append(_problem("retired", one, Severity.REMARK, count=count))
        elif one.codable and one.status != "retired" and not count:
            found.append(_problem("unused", one, Severity.REMARK))
    return found + _overlaps(codebook)


def _problem(key: str, code: Code, severity: Severity = Severity.ENTRY, *, count: int = 0) -> Problem:
    found = message(f"codebook.check.{key}", code=code.id, count=count)
    return Problem("", "", found, message(f"codebook.check.{key}_remedy", code=code.id), severity)


def _undefined(code: str, count: int, codebook: Codebook, where: tuple[str, int] | None) -> Problem:
    near = get_close_matches(code.lower(), [one.id for one in codebook.codes], n=1, cutoff=0.6)
    key = "undefined_near" if near else "undefined"
    found = message("codebook.check.undefined", code=code, count=count)
    remedy = message(f"codebook.check.{key}_remedy", code=code, near=near[0] if near else "")
    file, place = (where[0], message("files.place.row", row=where[1])) if where else ("", "")
    return Problem(file, place, found, remedy)


def _overlaps(codebook: Codebook) -> list[Problem]:
    """Return pairs of patterns of different codes that find the same words."""
    groups: dict[tuple[bool, ...], list[tuple[str, str, patterns.Pattern]]] = defaultdict(list)
    for code in codebook.codes:
        if code.codable and code.status != "retired":
            for text in code.patterns:
                try:
                    pattern = patterns.parse_pattern(text)
                except patterns.PatternError:
                    continue
                groups[tuple(slot.after_gap for slot in pattern)].append((code.id, text, pattern))
    found = []
    for group in groups.values():
        for (a, text_a, pattern_a), (b, text_b, pattern_b) in combinations(group, 2):
            if a != b and all(
                any(_overlap(x, y) for x in one.alternatives for y in other.alternatives)
                for one, other in zip(pattern_a, pattern_b, strict=True)
            ):
                text = message("codebook.check.overlap", a=a, b=b, one=text_a, other=text_b)
                remedy = message("codebook.check.overlap_remedy")
                found.append(Problem("", "", text, remedy, Severity.REMARK))
    return found


def _overlap(one: str, other: str) -> bool:
    """Return whether one of two words of patterns finds all that the other finds."""
    return _finds(one, other) or _finds(other, one)


def _finds(pattern: str, other: str) -> bool:
    word, core = other.strip("*"), pattern.strip("*")
    if pattern.startswith("*") and pattern.endswith("*"):
        return core in word
    if pattern.endswith("*"):
        return word.startswith(core)
    return word.endswith(core) if pattern.startswith("*") else word == core
