"""Changes to the text of `kodebok.yaml` where its nodes stand, so that comments and layout stay.

Every function takes the text and returns the changed text; codes are named by id. What a change would
do to the codebook is checked by the caller, who parses the result.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kafe.codebook.reader import LISTS, STATUS
from kafe.files import yaml
from kafe.records import Code

STEP = 2
_DASH = re.compile(r" *- +")
_LONE_DASH = re.compile(r" *- *(?:#.*)?\n?")
_COMMENT = re.compile(r"( *)#")


class UnchangeableError(Exception):
    """The text is laid out in a way that cannot be changed in place."""


class _Item:
    """A code in the text: its mapping, and the list it stands in."""

    def __init__(self, node: yaml.MappingNode, within: yaml.SequenceNode):
        self.node, self.within = node, within
        self.fields = {str(key.value): (key, value) for key, value in node.value}

    def value(self, key: str) -> yaml.Node | None:
        return self.fields[key][1] if key in self.fields else None


class _Layout:
    """Where the codes of a text stand."""

    def __init__(self, text: str):
        self.text = text
        root = yaml.compose(text)
        if not isinstance(root, yaml.MappingNode):
            raise UnchangeableError
        self.root = root
        self.items: dict[str, _Item] = {}
        self.flow: yaml.Node | None = root if root.flow_style else None
        codes = next(value for key, value in root.value if key.value == "koder")
        self._walk(codes)

    def _walk(self, sequence: yaml.Node) -> None:
        if not isinstance(sequence, yaml.SequenceNode):
            return
        if sequence.flow_style and sequence.value and self.flow is None:
            self.flow = sequence
        for node in sequence.value:
            item = _Item(node, sequence)
            if node.flow_style and self.flow is None:
                self.flow = node
            identity = item.value("id")
            if identity is None or str(identity.value) in self.items:
                raise UnchangeableError
            self.items[str(identity.value)] = item
            below = item.value("koder")
            if below is not None:
                self._walk(below)

    def dash(self, node: yaml.Node) -> int:
        """Return the index of the dash before an item of a list."""
        start = self.line_start(node.start_mark.index)
        prefix = self.text[start : node.start_mark.index]
        if _DASH.fullmatch(prefix):
            return start + prefix.index("-")
        while not prefix.strip() and start:
            start = self.line_start(start - 1)
            line = self.text[start : self.line_end(start)]
            if _LONE_DASH.fullmatch(line):
                return start + line.index("-")
            prefix = "" if _COMMENT.match(line) else line
        raise UnchangeableError

    def column(self, index: int) -> int:
        return index - self.line_start(index)

    def line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def line_end(self, index: int) -> int:
        """Return the index after the line's end."""
        found = self.text.find("\n", index)
        return found + 1 if found >= 0 else len(self.text)

    def lines_from(self, index: int) -> Iterator[tuple[int, str]]:
        while index < len(self.text):
            end = self.line_end(index)
            yield index, self.text[index:end]
            index = end

    def region(self, node: yaml.Node) -> tuple[int, int]:
        """Return where an item stands: whole lines, with the comments right above it and inside it."""
        dash = self.dash(node)
        column, start = self.column(dash), self.line_start(dash)
        while start:
            above = self.line_start(start - 1)
            comment = _COMMENT.match(self.text[above:start])
            if comment is None or len(comment[1]) != column:
                break
            start = above
        return start, self.after(node, column)

    def left_behind(self, node: yaml.Node, end: int) -> str:
        """Return the comments that end an item, deeper than its own keys: codes moved or removed left them."""
        column = self.column(self.dash(node))
        lines = self.text[self.line_end(max(last(self.text, node) - 1, 0)) : end].splitlines()
        deep = [line.strip() for line in lines if len(line) - len(line.lstrip()) > column + 2]
        return "".join(f"{' ' * column}{line}\n" for line in deep if line)

    def after(self, node: yaml.Node, column: int) -> int:
        """Return the index after the last line of a node, with comments indented by more than `column`."""
        end = self.line_end(max(last(self.text, node) - 1, 0))
        for index, line in self.lines_from(end):
            comment = _COMMENT.match(line)
            if comment is not None and len(comment[1]) > column:
                end = index + len(line)
            elif line.strip():
                break
        return end


def last(text: str, node: Any) -> int:
    """Return the index after the last character that a node itself wrote, comments and blanks left out."""
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        return start + len(text[start:end].rstrip())
    children = node.value if isinstance(node, yaml.SequenceNode) else [n for pair in node.value for n in pair]
    inside = [child for child in children if start <= child.start_mark.index <= end]
    return max((last(text, child) for child in inside), default=start)


def unfold(text: str) -> str:
    """Return the text with codes written in braces or brackets written on lines of their own."""
    if not text.endswith("\n"):
        text += "\n"
    while (node := _Layout(text).flow) is not None:
        start, end = node.start_mark.index, node.end_mark.index
        line = text.rfind("\n", 0, start) + 1
        if isinstance(node, yaml.SequenceNode):
            indent = len(text[line:start]) - len(text[line:start].lstrip(" -")) + STEP
            new = "\n" + "\n".join(_block(node, indent))
            start = line + len(text[line:start].rstrip())
        else:
            indent = start - line
            new = "\n".join(_block(node, indent)).lstrip(" ")
        text = text[:start] + new + text[end:]
    return text


def _block(node: yaml.Node, indent: int) -> list[str]:
    """Return the lines of a collection in block style."""
    pad, found = " " * indent, []
    pairs = node.value if isinstance(node, yaml.MappingNode) else [(None, value) for value in node.value]
    for key, value in pairs:
        lead = f"{pad}{scalar(str(key.value))}:" if key is not None else f"{pad}-"
        if isinstance(value, yaml.ScalarNode):
            found.append(f"{lead} {'' if value.tag == yaml.NULL else scalar(value.value)}".rstrip())
        elif not value.value:
            found.append(f"{lead} []")
        elif key is not None:
            found += [lead, *_block(value, indent + STEP)]
        else:
            first, *rest = _block(value, indent + STEP)
            found += [f"{lead} {first.lstrip(' ')}", *rest]
    return found


def scalar(text: str) -> str:
    """Return a text as YAML writes it on one line: plain where that is safe, else in quotes."""
    for context in ("k: {}", "- {}"):
        try:
            node: Any = yaml.compose(context.format(text))
        except yaml.NotYamlError:
            return _quoted(text)
        value = node.value[0][1] if isinstance(node, yaml.MappingNode) else node.value[0]
        plain = isinstance(value, yaml.ScalarNode) and value.tag != yaml.NULL and not value.style
        if not plain or value.value != text or len(node.value) != 1 or "\n" in text:
            return _quoted(text)
    return text


def _quoted(text: str) -> str:
    return str(yaml.dump(text, default_style='"', allow_unicode=True, width=float("inf"))).rstrip("\n")


def code_lines(code: Code, children: Sequence[str] = ()) -> list[str]:
    """Return the lines of a code as an item of a list that starts in column 0."""
    pairs: list[tuple[str, str]] = [("id", code.id), ("navn", code.name), ("definisjon", code.definition)]
    lines = [f"  {key}: {scalar(value)}" for key, value in pairs if value]
    for field, key in LISTS.items():
        if getattr(code, field):
            lines += [f"  {key}:", *(f"    - {scalar(value)}" for value in getattr(code, field))]
    if code.colour:
        lines.append(f"  farge: {_quoted(code.colour)}")
    if not code.codable:
        lines.append("  kodbar: false")
    if code.owner:
        lines.append(f"  eier: {scalar(code.owner)}")
    if code.status != "active":
        lines.append(f"  status: {next(name for name, one in STATUS.items() if one == code.status)}")
    if children:
        lines += ["  koder:", *(f"    {line}" if line else line for line in children)]
    return ["-" + lines[0][1:], *lines[1:]]


def set_text(text: str, code: str, key: str, value: str) -> str:
    """Return the text with a code's `key` set to a text, added where it was missing."""
    item = _Layout(text).items[code]
    node = item.value(key)
    if node is None:
        return _add_key(text, code, [f"{key}: {scalar(value)}"])
    if not isinstance(node, yaml.ScalarNode):
        raise UnchangeableError
    start, end = node.start_mark.index, last(text, node)
    gap = " " if node.tag == yaml.NULL and text[start - 1] == ":" else ""
    return text[:start] + gap + scalar(value) + text[end:]


def extend_list(text: str, code: str, key: str, values: Iterable[str]) -> str:
    """Return the text with values added at the end of a code's list, those it has already left out."""
    layout = _Layout(text)
    node = layout.items[code].value(key)
    has = [str(one.value) for one in node.value] if isinstance(node, yaml.SequenceNode) else []
    new = [value for value in dict.fromkeys(values) if value not in has]
    if not new:
        return text
    if node is None:
        return _add_key(text, code, [f"{key}:", *(f"  - {scalar(value)}" for value in new)])
    if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        column = layout.column(layout.dash(node.value[-1]))
        at = layout.line_end(last(text, node.value[-1]) - 1)
        lines = "".join(f"{' ' * column}- {scalar(value)}\n" for value in new)
        return text[:at] + lines + text[at:]
    key_node = layout.items[code].fields[key][0]
    pad = " " * (layout.column(key_node.start_mark.index) + STEP)
    lines = "".join(f"\n{pad}- {scalar(value)}" for value in [*has, *new])
    return _instead(layout, key_node, node, lines)


def _add_key(text: str, code: str, lines: Sequence[str]) -> str:
    """Return the text with lines added to a code's own, before the codes below it."""
    layout = _Layout(text)
    item = layout.items[code]
    column = layout.column(item.node.start_mark.index)
    at = layout.after(item.node, column - 1)
    if "koder" in item.fields and next(iter(item.fields)) != "koder":
        at = layout.line_start(item.fields["koder"][0].start_mark.index)
        while (comment := _COMMENT.match(text[layout.line_start(at - 1) : at])) and len(comment[1]) == column:
            at = layout.line_start(at - 1)
    return text[:at] + "".join(f"{' ' * column}{line}\n" for line in lines) + text[at:]


def insert(text: str, parent: str, lines: Sequence[str], *, after: str = "") -> str:
    """Return the text with items (lines from column 0) put last under `parent`, or right `after` a code."""
    layout = _Layout(text)
    if after:
        item = layout.items[after]
        return _put(layout, item.node, lines)
    if not parent:
        codes = next(value for key, value in layout.root.value if key.value == "koder")
        return _put(layout, codes.value[-1], lines)
    node = layout.items[parent].value("koder")
    if isinstance(node, yaml.SequenceNode) and node.value:
        return _put(layout, node.value[-1], lines)
    if node is None:
        return _add_key(text, parent, ["koder:", *(f"  {line}" if line else line for line in lines)])
    key_node = layout.items[parent].fields["koder"][0]
    pad = " " * (layout.column(key_node.start_mark.index) + STEP)
    return _instead(layout, key_node, node, "".join(f"\n{pad}{line}" if line else "\n" for line in lines))


def _instead(layout: _Layout, key: yaml.Node, value: yaml.Node, lines: str) -> str:
    """Return the text with lines instead of a key's value; a comment after the value stays by the key."""
    text = layout.text
    start = key.end_mark.index + text[key.end_mark.index :].index(":") + 1
    end = max(last(text, value), start)
    stop = layout.line_end(end) - 1
    return text[:start] + text[end:stop] + lines + text[stop:]


def _put(layout: _Layout, node: yaml.Node, lines: Sequence[str]) -> str:
    column = layout.column(layout.dash(node))
    _, at = layout.region(node)
    new = "".join(f"{' ' * column}{line}\n" if line else "\n" for line in lines)
    return layout.text[:at] + new + layout.text[at:]


def remove(text: str, code: str, *, with_comments: bool = False) -> str:
    """Return the text without a code and the codes below it.

    Comments right above it stay, and those that codes once below it left behind, unless asked.
    """
    layout = _Layout(text)
    item = layout.items[code]
    start, end = layout.region(item.node)
    dash = layout.dash(item.node)
    kept = "" if with_comments else text[start : layout.line_start(dash)] + layout.left_behind(item.node, end)
    if len(item.within.value) == 1:
        above = layout.line_start(start - 1)
        if re.fullmatch(r" *koder: *\n", text[above:start]):
            start = above
    return text[:start] + kept + text[end:]


def move(text: str, code: str, parent: str) -> str:
    """Return the text with a code, and all below it, put last under `parent` (at the top when empty)."""
    layout = _Layout(text)
    item = layout.items[code]
    column = layout.column(layout.dash(item.node))
    start, end = layout.region(item.node)
    lines = [_outdent(line, column) for line in text[start:end].removesuffix("\n").split("\n")]
    return insert(remove(text, code, with_comments=True), parent, lines)


def _outdent(line: str, by: int) -> str:
    return line[min(by, len(line) - len(line.lstrip(" "))) :]


def refer(text: str, old: str, new: str) -> str:
    """Return the text with references «old» made «new», comment lines left as they are."""
    lines = text.split("\n")
    return "\n".join(line if _COMMENT.match(line) else line.replace(f"«{old}»", f"«{new}»") for line in lines)
