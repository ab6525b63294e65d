"""What each operation does to the codebook: to its text, and to its codes, told apart so they can be compared."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from kafe.codebook.changes import yaml_edit
from kafe.codebook.reader import FILE, LISTS, is_code_id, parse_codebook
from kafe.messages import message
from kafe.records import Code, Codebook, KafeError

Arguments = Mapping[str, Any]
Codes = dict[str, Code]


def refusal(key: str, **values: Any) -> KafeError:
    """Return the error `coding_codebook.error.KEY` about the codebook."""
    return KafeError(
        message(f"codebook.error.{key}", **values),
        file=FILE,
        remedy=message(f"codebook.remedy.{key}", **values),
    )


def find_code(codebook: Codebook, code: str) -> Code:
    """Return the code. Raises KafeError that names the nearest ids when there is none."""
    if code in codebook:
        return codebook[code]
    by_name = [one.id for one in codebook.codes if one.name.casefold() == code.casefold()]
    near = by_name or get_close_matches(code.lower(), [one.id for one in codebook.codes], n=3, cutoff=0.5)
    if near:
        raise refusal("unknown_near", code=code, near=", ".join(f"«{one}»" for one in near))
    raise refusal("unknown", code=code)


def name_from(code: str) -> str:
    """Return a name made of an id: hyphens become spaces, the first letter large."""
    words = code.replace("-", " ")
    return words[:1].upper() + words[1:]


def below(codebook: Codebook, code: str) -> list[str]:
    """Return the ids of all codes below a code."""
    return [
        one.id for one in codebook.codes if one.id != code and code in {s.id for s in codebook.path(one.id)}
    ]


def _new_id(codebook: Codebook, code: str) -> None:
    if not is_code_id(code):
        raise refusal("bad_id", code=code)
    if code in codebook:
        raise refusal("taken", code=code, name=codebook[code].name)


def _usable(codebook: Codebook, code: str) -> None:
    if not find_code(codebook, code).codable:
        raise refusal("heading", code=code)
    if codebook[code].status == "retired":
        raise refusal("retired", code=code)


def _referring(codes: Iterable[Code], old: str, new: str) -> Codes:
    def changed(value: Any) -> Any:
        if isinstance(value, str):
            return value.replace(f"«{old}»", f"«{new}»")
        return tuple(map(changed, value)) if isinstance(value, tuple) else value

    texts = ("name", "definition", "owner", *LISTS)
    return {
        code.id: replace(code, **{name: changed(getattr(code, name)) for name in texts}) for code in codes
    }


def _renamed(codes: Codes, old: str, new: str, name: str) -> Codes:
    moved = [
        replace(
            code,
            id=new if code.id == old else code.id,
            parent=new if code.parent == old else code.parent,
            name=name if name and code.id == old else code.name,
        )
        for code in codes.values()
    ]
    return _referring(moved, old, new)


def _rename(text: str, codebook: Codebook, arguments: Arguments) -> tuple[str, Codes]:
    old, new, name = arguments["old"], arguments["new"], arguments.get("name", "")
    find_code(codebook, old)
    _new_id(codebook, new)
    return _rename_text(text, old, new, name), _renamed(_codes(codebook), old, new, name)


def _rename_text(text: str, old: str, new: str, name: str) -> str:
    text = yaml_edit.set_text(text, old, "id", new)
    if name:
        text = yaml_edit.set_text(text, new, "navn", name)
    return yaml_edit.refer(text, old, new)


def _move(text: str, codebook: Codebook, arguments: Arguments) -> tuple[str, Codes]:
    code, under = arguments["code"], arguments["under"]
    find_code(codebook, code)
    if under:
        find_code(codebook, under)
    if under == code or under in below(codebook, code):
        raise refusal("inside_itself", code=code, under=under)
    if codebook[code].parent == under:
        raise refusal("there_already", code=code)
    codes = _codes(codebook)
    return yaml_edit.move(text, code, under), codes | {code: replace(codes[code], parent=under)}


def _merge(text: str, codebook: Codebook, arguments: Arguments) -> tuple[str, Codes]:
    into, name = arguments["into"], arguments.get("name", "")
    sources = [code for code in dict.fromkeys(arguments["codes"]) if code != into]
    for code in sources:
        find_code(codebook, code)
    if not sources:
        raise refusal("nothing_to_merge")
    codes = _codes(codebook)
    if into not in codebook:
        _new_id(codebook, into)
        name = name or name_from(into)
        first, *sources = sources
        text, codes = _rename_text(text, first, into, name), _renamed(codes, first, into, name)
    elif name:
        text, codes[into] = yaml_edit.set_text(text, into, "navn", name), replace(codes[into], name=name)
    if any(codes[code].codable for code in sources) or codes[into].status == "retired":
        _usable(parse_codebook(text), into)
    merged = {*arguments["codes"], into}
    for code in sources:
        text, codes = _merge_one(text, codes, code, into, merged)
    return text, codes


def _merge_one(text: str, codes: Codes, code: str, into: str, merged: set[str]) -> tuple[str, Codes]:
    source = codes[code]
    above = codes[into].parent
    while above and above != code:
        above = codes[above].parent
    if above == code:
        text = yaml_edit.move(text, into, source.parent)
        codes[into] = replace(codes[into], parent=source.parent)
    for child in [one for one in codes.values() if one.parent == code]:
        text = yaml_edit.move(text, child.id, into)
        codes[child.id] = replace(child, parent=into)
    target = codes[into]
    for field, key in LISTS.items():
        values = list(getattr(source, field))
        if field == "exclude":
            values = [value for value in values if not any(f"«{one}»" in value for one in merged)]
        joined = tuple(dict.fromkeys((*getattr(target, field), *values)))
        if len(joined) > len(getattr(target, field)):
            text = yaml_edit.extend_list(text, into, key, values)
            target = with_field(target, field, joined)
    if source.definition and not target.definition:
        text = yaml_edit.set_text(text, into, "definisjon", source.definition)
        target = replace(target, definition=source.definition)
    text = yaml_edit.refer(yaml_edit.remove(text, code), code, into)
    rest = {key: one for key, one in (codes | {into: target}).items() if key != code}
    return text, _referring(rest.values(), code, into)


def _split(text: str, codebook: Codebook, arguments: Arguments) -> tuple[str, Codes]:
    code, into = arguments["code"], list(dict.fromkeys(arguments["into"]))
    names, assign = arguments.get("names", {}), arguments.get("assign", {})
    find_code(codebook, code)
    if len(into) < 2:
        raise refusal("split_into", code=code)
    if strangers := sorted(set(assign.values()) - set(into)):
        raise refusal("assigned_elsewhere", code=code, elsewhere=", ".join(strangers))
    first, *others = into
    codes = _codes(codebook)
    if first != code:
        if first in codebook or code in others:
            raise refusal("split_first", code=code, first=first)
        _new_id(codebook, first)
        name = names.get(first) or name_from(first)
        text, codes = _rename_text(text, code, first, name), _renamed(codes, code, first, name)
    for new in reversed(others):
        if new in codes:
            _usable(parse_codebook(text), new)
            continue
        _new_id(codebook, new)
        made = Code(new, names.get(new) or name_from(new), codes[first].parent, status="draft")
        text = yaml_edit.insert(text, "", yaml_edit.code_lines(made), after=first)
        codes[new] = made
    return text, codes


def _retire(text: str, codebook: Codebook, arguments: Arguments) -> tuple[str, Codes]:
    code, instead = arguments["code"], arguments.get("replaced_by", "")
    if find_code(codebook, code).status == "retired":
        raise refusal("retired", code=code)
    if instead == code:
        raise refusal("replaced_by_itself", code=code)
    if instead:
        _usable(codebook, instead)
    codes = _codes(codebook)
    new_text = yaml_edit.set_text(text, code, "status", "utgått")
    return new_text, codes | {code: replace(codes[code], status="retired")}


def _import(text: str, codebook: Codebook, arguments: Arguments) -> tuple[str, Codes]:
    codes = _codes(codebook)
    for code, filled in arguments["fill"].items():
        target = codes[find_code(codebook, code).id]
        for field, value in filled.items():
            if field in LISTS:
                text = yaml_edit.extend_list(text, code, LISTS[field], value)
                value = tuple(dict.fromkeys((*getattr(target, field), *value)))
            else:
                text = yaml_edit.set_text(
                    text, code, {"definition": "definisjon", "owner": "eier"}[field], value
                )
            target = with_field(target, field, value)
        codes[code] = target
    added = [_code_of(row) for row in arguments["add"]]
    for code in added:
        _new_id(codebook, code.id)
    new = {code.id for code in added}
    for parent in dict.fromkeys(code.parent for code in added if code.parent not in new):
        lines = [line for code in added if code.parent == parent for line in _tree_lines(code, added)]
        text = yaml_edit.insert(text, parent, lines)
    return text, codes | {code.id: code for code in added}


def _tree_lines(code: Code, everyone: Sequence[Code]) -> list[str]:
    inner = [line for one in everyone if one.parent == code.id for line in _tree_lines(one, everyone)]
    return yaml_edit.code_lines(code, inner)


def _code_of(row: Mapping[str, Any]) -> Code:
    fields: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    return Code(**fields)


def with_field(code: Code, field: str, value: Any) -> Code:
    """Return the code with one field set."""
    changed: dict[str, Any] = {field: value}
    return replace(code, **changed)


def _codes(codebook: Codebook) -> Codes:
    return {code.id: code for code in codebook.codes}


EDITS: dict[str, Callable[[str, Codebook, Arguments], tuple[str, Codes]]] = {
    "rename": _rename,
    "move": _move,
    "merge": _merge,
    "split": _split,
    "retire": _retire,
    "import": _import,
}
