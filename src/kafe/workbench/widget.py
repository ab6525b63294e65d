"""The widget of the workbench: it passes commands from the browser to the session, and answers back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anywidget
import platformdirs
import traitlets

from kafe.messages import message, section
from kafe.records import KafeError
from kafe.settings import Paths, find_project, load_settings
from kafe.store.store import open_store
from kafe.workbench.command_session import Desk, coder_name
from kafe.workbench.consensus_session import Together
from kafe.workbench.material import load_material
from kafe.workbench.scripts import script, style
from kafe.workbench.session import Session


class Workbench(anywidget.AnyWidget):
    """Shows a session in the browser. The session's answer to a command is sent when the store has it."""

    _esm = script()
    _css = style()
    words = traitlets.Dict().tag(sync=True)
    project = traitlets.Unicode().tag(sync=True)
    view = traitlets.Enum(["coding", "consensus"]).tag(sync=True)

    def __init__(self, desk: Desk, project: str):
        self._desk = desk
        view = "consensus" if isinstance(desk, Together) else "coding"
        super().__init__(words=section("workbench.ui"), project=project, view=view)
        self.on_msg(self._answer)

    def _answer(self, _: object, command: Any, __: object) -> None:
        answer = self._desk.handle(command)
        if command.get("do") == "coder" and answer["ok"]:
            remember(self._desk.coder)
        self.send(answer)

    def _repr_mimebundle_(self, **more: Any) -> Any:
        shown = super()._repr_mimebundle_(**more)
        data, metadata = shown if isinstance(shown, tuple) else (shown, {})
        words = message("workbench.batch")
        return {**(data or {}), "text/markdown": words, "text/plain": words}, metadata


def open_workbench(start: Path, coder: str, *, consensus: bool = False) -> Workbench:
    """Return the workbench of the project that `start` lies in, or its consensus view.

    Raises KafeError where it cannot be opened.
    """
    paths = Paths(find_project(start))
    settings = load_settings(paths.root)
    store = open_store(paths, settings)
    material = load_material(paths, store.notes())
    if consensus:
        return Workbench(Together(store, material, now=now, coder=coder), settings.project.id)
    session = Session(store, material, now=now, coder=coder or remembered())
    remember(session.coder)
    return Workbench(session, settings.project.id)


def remember(coder: str) -> None:
    """Keep the coder's name for the next time on this machine; where that cannot be done, the workbench asks."""
    if not coder or coder == remembered():
        return
    try:
        _memory().parent.mkdir(parents=True, exist_ok=True)
        _memory().write_text(coder + "\n", encoding="utf-8")
    except OSError:
        return


def remembered() -> str:
    """Return the coder last named on this machine, or nothing."""
    try:
        return coder_name(_memory().read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, KafeError):
        return ""


def now() -> str:
    """Return the present moment as ISO 8601 in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _memory() -> Path:
    return platformdirs.user_config_path("kafe") / "coder.txt"
