"""The widget of the workbench: it passes commands from the browser to the session, and answers back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import platformdirs
import traitlets

from kafe.clock import now_ms
from kafe.files import write_text
from kafe.messages import message, section
from kafe.records import KafeError
from kafe.workbench.coding_session import CodingSession
from kafe.workbench.command_session import CommandSession, coder_name
from kafe.workbench.consensus_session import ConsensusSession
from kafe.workbench.material import CodingMaterial
from kafe.workbench.scripts import script, style

if TYPE_CHECKING:
    from kafe.store import Store


class Workbench(anywidget.AnyWidget):
    """Shows a session in the browser. The session's answer to a command is sent when the store has it."""

    _esm = script()
    _css = style()
    words = traitlets.Dict().tag(sync=True)
    project = traitlets.Unicode().tag(sync=True)
    view = traitlets.Enum(["coding", "consensus"]).tag(sync=True)

    def __init__(self, session: CommandSession, project: str):
        self._session = session
        view = "consensus" if isinstance(session, ConsensusSession) else "coding"
        super().__init__(words=section("workbench.ui"), project=project, view=view)
        self.on_msg(self._answer)

    def _answer(self, _: object, command: Any, __: object) -> None:
        answer = self._session.handle(command)
        if command.get("do") == "coder" and answer["ok"]:
            remember_coder(self._session.coder)
        self.send(answer)

    def _repr_mimebundle_(self, **more: Any) -> Any:
        shown = super()._repr_mimebundle_(**more)
        data, metadata = shown if isinstance(shown, tuple) else (shown, {})
        words = message("workbench.batch")
        return {**(data or {}), "text/markdown": words, "text/plain": words}, metadata


def open_workbench(
    store: Store, material: CodingMaterial, project: str, coder: str, *, consensus: bool
) -> Workbench:
    """Return the workbench on the material, or its consensus view; `project` is the project's id."""
    if consensus:
        return Workbench(ConsensusSession(store, material, now=now_ms, coder=coder), project)
    session = CodingSession(store, material, now=now_ms, coder=coder or remembered_coder())
    remember_coder(session.coder)
    return Workbench(session, project)


def remember_coder(coder: str) -> None:
    """Keep the coder's name for the next time on this machine; where that cannot be done, the workbench asks."""
    if not coder or coder == remembered_coder():
        return
    try:
        write_text(_memory(), coder + "\n")
    except OSError:
        return


def remembered_coder() -> str:
    """Return the coder last named on this machine, or nothing."""
    try:
        return coder_name(_memory().read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, KafeError):
        return ""


def _memory() -> Path:
    return platformdirs.user_config_path("kafe") / "coder.txt"
