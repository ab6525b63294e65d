"""The form that table hosts fill in."""

from __future__ import annotations

from pathlib import Path

from kafe.flow import Project
from kafe.messages import message
from kafe.records import KafeError


def write_form(project: Project, session_id: str, path: Path, tables: int) -> None:
    """Write the empty form for table hosts with a session's questions (the first session's when not named)."""
    from kafe.ingest import read_project, write_template

    sessions = {session.id: session for session in read_project(project.paths.raw).sessions}
    if not sessions:
        raise KafeError(message("flow.session.none"), remedy=message("flow.session.none_remedy"))
    if session_id and session_id not in sessions:
        raise KafeError(
            message("flow.session.unknown", name=session_id),
            remedy=message("flow.session.remedy", known=", ".join(sessions)),
        )
    write_template(sessions[session_id] if session_id else next(iter(sessions.values())), path, tables)
