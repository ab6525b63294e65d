"""XML that others wrote, read without danger, and XML of our own, the same bytes every time."""

import re
import xml.etree.ElementTree as ET
from xml.parsers import expat

from kafe.messages import message
from kafe.records import KafeError

MOST_DEEP = 100
MOST_ELEMENTS = 5_000_000
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even as a character reference."""


class _RefusedError(Exception):
    """The file is XML, but has what no exchange file needs; `key` names the text that says so."""

    def __init__(self, key: str):
        self.key = key


def parse(data: bytes, file: str) -> ET.Element:
    """Return the root element, names without their namespaces.

    A document type is refused before anything in it is read, so there are no entities to expand and
    nothing outside the file is opened. Raises KafeError naming the line.
    """
    builder = ET.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    depth = count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MOST_DEEP or count > MOST_ELEMENTS:
            raise _RefusedError("too_large")
        builder.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_local(name))

    def doctype(*_: object) -> None:
        raise _RefusedError("doctype")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except _RefusedError as error:
        raise _refusal(error.key, file, parser.CurrentLineNumber) from error
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise _refusal("not_xml", file, parser.CurrentLineNumber) from error
    return builder.close()


def render(root: ET.Element, namespace: str) -> bytes:
    """Return a document as UTF-8 without BOM: elements indented, LF, attributes in their given order.

    Characters that XML cannot hold become U+FFFD.
    """
    lines = ['<?xml version="1.0" encoding="utf-8"?>']
    _render(root, f' xmlns="{namespace}"', "", lines)
    return ("\n".join(lines) + "\n").encode("utf-8")


def holdable(text: str) -> str:
    """Return the text as it comes back out of an XML file."""
    return NOT_XML.sub("\ufffd", text)


def inner(element: ET.Element, path: str) -> str:
    """Return the text of the first element at `path`, empty when there is none."""
    return element.findtext(path) or ""


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _render(element: ET.Element, first: str, indent: str, lines: list[str]) -> None:
    attributes = "".join(f' {key}="{_quoted(value)}"' for key, value in element.items())
    opening = f"{indent}<{element.tag}{first}{attributes}"
    if len(element):
        lines.append(f"{opening}>")
        for child in element:
            _render(child, "", indent + "  ", lines)
        lines.append(f"{indent}</{element.tag}>")
    elif element.text is not None:
        lines.append(f"{opening}>{_escaped(element.text)}</{element.tag}>")
    else:
        lines.append(f"{opening}/>")


def _escaped(text: str) -> str:
    text = holdable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def _refusal(key: str, file: str, line: int) -> KafeError:
    return KafeError(
        message(f"exchange.xml.{key}"),
        file=file,
        place=message("files.place.line", line=line),
        remedy=message(f"exchange.xml.{key}_remedy"),
    )
