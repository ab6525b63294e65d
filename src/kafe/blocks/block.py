"""What every piece of a page is: safe HTML, and the same content as plain text."""

from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources
from typing import Any

MIME = "application/vnd.kafe.v1+json"
"""The media type of a notebook output that carries a piece as a report shows it."""


@dataclass(frozen=True)
class Block:
    """HTML that is safe to show, and the same content as plain text."""

    html: str
    text: str

    def in_jupyterlab(self) -> str:
        """Return the HTML with the style that makes it readable in JupyterLab; reports have their own."""
        return f"<style>{_lab_css()}</style>{self.html}"

    def _repr_html_(self) -> str:
        return self.in_jupyterlab()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            "text/plain": self.text,
            "text/html": self.in_jupyterlab(),
            MIME: {"kind": "html", "html": self.html},
        }


@cache
def _lab_css() -> str:
    return resources.files("kafe.blocks").joinpath("lab.css").read_text(encoding="utf-8")


def remark(text: str) -> Block:
    """Return a muted sentence: that there is nothing to show, why, or how to read what follows."""
    return Block(f'<p class="kafe-empty">{escaped(text)}</p>', text)


def escaped(text: Any) -> str:
    """Return the text as HTML in which nothing is markup; line ends become line breaks."""
    return escape(str(text)).replace("\n", "<br>")
