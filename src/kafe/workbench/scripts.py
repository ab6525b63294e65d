"""The browser's part of the workbench: one module made of the files in `js`, which share one scope."""

from importlib import resources

PARTS = ("helpers", "link", "frame", "text", "selecting", "notes", "codes", "bench", "together", "main")
"""The files in the order in which they build on each other."""
HERE = resources.files("kafe.workbench")


def script() -> str:
    """Return the ES module that draws the workbench."""
    return "\n".join((HERE / "js" / f"{part}.js").read_text(encoding="utf-8") for part in PARTS)


def style() -> str:
    """Return the style sheet of the workbench."""
    return (HERE / "workbench.css").read_text(encoding="utf-8")
