"""A notebook in, the executed notebook out: same parameters and same results give the same bytes."""

import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from kafe.files import write_text
from kafe.messages import message
from kafe.records import KafeError, text_hash
from kafe.report.parameters import cell_parameters, check, parameter_source, parameterized, read_notebook

CELL_METADATA = ("tags",)
NOTEBOOK_METADATA = ("kernelspec", "language_info", "title")
KERNEL = [
    *(sys.executable, "-Xfrozen_modules=off", "-m", "kafe.report.kernel"),
    *("-f", "{connection_file}", "--log-level=50"),
]
KERNEL_ENV = {"PYTHONHASHSEED": "0", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def execute_notebook(
    notebook: Path,
    output: Path,
    parameters: Mapping[str, Any] | None = None,
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> None:
    """Execute the notebook in `cwd` and write it to `output`, also when a cell fails.

    `env` is added to the kernel's environment. The kernel is this Python itself; no registered kernelspec
    is needed, and threads may execute several at once. Raises KafeError for an unknown or wrongly typed parameter, an unreadable notebook, a
    failed cell (naming it, never quoting data) and a kernel that dies.
    """
    given = dict(parameters or {})
    source = read_notebook(notebook)
    check(notebook.name, cell_parameters(parameter_source(source)), given)
    source = parameterized(source, given)
    with ThreadPoolExecutor(1) as alone:
        executed = alone.submit(
            _execute, source, notebook.name, cwd or notebook.parent, dict(env or {})
        ).result()
    _tidy(executed)
    _write(executed, output)
    _raise_failure(executed, notebook.name, output)


def _execute(source: Any, name: str, cwd: Path, env: dict[str, str]) -> Any:
    """Return the executed notebook; needs a thread of its own, as it makes and closes an event loop."""
    from jupyter_core.utils import ensure_event_loop
    from nbclient.exceptions import DeadKernelError
    from papermill.engines import NBClientEngine

    try:
        return NBClientEngine.execute_notebook(
            source,
            "python3",
            output_path=None,
            progress_bar=False,
            autosave_cell_every=0,
            start_timeout=120,
            kernel_manager_class=_this_python(env),
            resources={"metadata": {"path": str(cwd)}},
        )
    except (DeadKernelError, RuntimeError) as error:
        raise KafeError(
            message("report.run.kernel"), file=name, remedy=message("report.run.kernel_remedy")
        ) from error
    finally:
        ensure_event_loop().close()


def _this_python(env: dict[str, str]) -> type:
    """Return a kernel manager that knows one kernel: the Python that runs kafe, with `env` added."""
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager

    class ThisPython(AsyncKernelManager):
        @property
        def kernel_spec(self) -> KernelSpec:
            return KernelSpec(
                argv=KERNEL, display_name="Python 3 (kafe)", language="python", env=KERNEL_ENV | env
            )

    return ThisPython


def _tidy(notebook: Any) -> None:
    """Drop times, random ids and papermill's marks; name cells by place and content."""
    notebook.metadata = type(notebook.metadata)(
        {key: notebook.metadata[key] for key in NOTEBOOK_METADATA if key in notebook.metadata}
    )
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for position, cell in enumerate(notebook.cells):
        cell.metadata = type(cell.metadata)(
            {key: cell.metadata[key] for key in CELL_METADATA if cell.metadata.get(key)}
        )
        cell.id = text_hash(f"{position}\n{cell.cell_type}\n{cell.source}")[:16]
        for output in cell.get("outputs", []):
            output.pop("transient", None)


def _write(notebook: Any, output: Path) -> None:
    import nbformat

    write_text(output, nbformat.writes(notebook) + "\n")


def failure(notebook: Any) -> tuple[int, Any] | None:
    """Return the number of the first failed code cell (from 1) and its error output, if any."""
    number = 0
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        number += 1
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                return number, output
    return None


def _raise_failure(notebook: Any, name: str, output: Path) -> None:
    failed = failure(notebook)
    if failed is None:
        return
    number, error = failed
    # Messages of KafeError locate by file and row and are written to be shown; others may quote a note.
    known = error.ename == KafeError.__name__
    found = error.evalue if known else message("report.run.failed", kind=error.ename)
    raise KafeError(
        found,
        file=name,
        place=message("report.run.cell", number=number),
        remedy=message("report.run.failed_remedy", output=output.name),
    )
