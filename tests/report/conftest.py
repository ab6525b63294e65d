"""Fixtures: executed notebooks, made once, and notebooks written in a test."""

from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).parent / "notebooks"


@pytest.fixture(scope="session")
def gallery(tmp_path_factory) -> Path:
    """The gallery of charts, executed."""
    from kafe.report import execute_notebook

    output = tmp_path_factory.mktemp("galleri") / "galleri.ipynb"
    execute_notebook(NOTEBOOKS / "galleri.ipynb", output)
    return output


@pytest.fixture
def write_notebook(tmp_path):
    """Return a function that writes a notebook as if executed: markdown texts and lists of outputs."""
    import nbformat

    def write(*cells) -> Path:
        notebook = nbformat.v4.new_notebook()
        for number, cell in enumerate(cells):
            if isinstance(cell, str):
                notebook.cells.append(nbformat.v4.new_markdown_cell(cell, id=f"c{number}"))
            else:
                outputs = [nbformat.from_dict(output) for output in cell]
                notebook.cells.append(
                    nbformat.v4.new_code_cell("hemmelig_kode()", outputs=outputs, id=f"c{number}")
                )
        path = tmp_path / "skrevet.ipynb"
        path.write_text(nbformat.writes(notebook), encoding="utf-8")
        return path

    return write
