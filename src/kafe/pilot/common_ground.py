"""What the users' side and the services' side agree on, and where they differ."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from kafe.origins import Origin
from kafe.pilot.memberships import ORIGINS, Memberships, notes_by_theme
from kafe.pilot.project_data import Stakeholder, sides
from kafe.privacy import hide_small_counts
from kafe.records import Note, Row
from kafe.settings import PrivacySettings
from kafe.stats import newcombe

Verdict = Literal["common", "different", "too_few"]
MARGIN = 0.15
"""How far apart two shares may be, with all of their interval, to count as alike."""
LEAST_NOTES = 5
"""Notes of a theme below which nothing is said of it."""
LEAST_SIDE = 10
"""Notes of a side below which nothing is said of any theme."""


def common_ground(
    notes: Sequence[Note],
    memberships: Memberships,
    stakeholders: Iterable[Stakeholder],
    *,
    names: Mapping[str, str] | None = None,
    origins: Iterable[Origin] = ORIGINS,
    privacy: PrivacySettings | None = None,
) -> list[Row]:
    """Return one row a theme: its share of each side's notes, the difference and what it can carry.

    `verdict`: `too_few` when the theme has fewer than `LEAST_NOTES` notes or a side has fewer than
    `LEAST_SIDE`; `different` when the interval of the difference (users minus services) leaves out
    zero; `common` when each side has at least `LEAST_NOTES` notes of it and the interval lies within
    ± `MARGIN`; else `too_few`: neither can be said. Notes from one table are not independent and many
    themes are compared, so the intervals are a little too narrow: a help to look, no test. Give the notes that were
    looked through: with people's coding those that a coder finished, or shares become too small.
    Ordered by the larger of the two shares, then theme. With `privacy`, small counts are hidden and all
    that would give them away; the verdict stays.

    Keys: theme_id, name; users, users_of, users_share and the same for services; difference, low, high
    (95 % interval, Newcombe); verdict; with `privacy` also users_shown and services_shown.
    """
    side_of_group = sides(stakeholders)
    side_of = {note.id: side_of_group.get(note.group, "") for note in notes}
    size = {side: list(side_of.values()).count(side) for side in ("bruker", "tjeneste")}
    given = [member for member in memberships if side_of.get(member[0])]
    rows: list[Row] = []
    for theme, ids in notes_by_theme(given, origins).items():
        users = sum(side_of[note_id] == "bruker" for note_id in ids)
        services = len(ids) - users
        low, high = newcombe(users, size["bruker"], services, size["tjeneste"])
        shares = [_share(users, size["bruker"]), _share(services, size["tjeneste"])]
        enough = len(ids) >= LEAST_NOTES and min(size.values()) >= LEAST_SIDE
        rows.append(
            {
                "theme_id": theme,
                "name": (names or {}).get(theme, theme),
                "users": users,
                "users_of": size["bruker"],
                "users_share": shares[0],
                "services": services,
                "services_of": size["tjeneste"],
                "services_share": shares[1],
                "difference": shares[0] - shares[1],
                "low": low,
                "high": high,
                "verdict": _verdict(low, high, both=min(users, services) >= LEAST_NOTES)
                if enough
                else "too_few",
            }
        )
    rows.sort(key=lambda row: (-max(row["users_share"], row["services_share"]), row["theme_id"]))
    return _hidden(rows, privacy) if privacy else rows


def _share(count: int, of: int) -> float:
    return count / of if of else 0.0


def _verdict(low: float, high: float, *, both: bool) -> Verdict:
    if low > 0 or high < 0:
        return "different"
    return "common" if both and low >= -MARGIN and high <= MARGIN else "too_few"


def _hidden(rows: Sequence[Row], privacy: PrivacySettings) -> list[Row]:
    """Hide small counts of either side; a theme's number of notes is known, so one gives the other away."""
    cells = [
        {"theme_id": row["theme_id"], "side": side, "notes": row[side]}
        for row in rows
        for side in ("users", "services")
    ]
    safe = hide_small_counts(cells, "notes", privacy, totals=[("theme_id",)])
    found = []
    for row, users, services in zip(rows, safe[::2], safe[1::2], strict=True):
        new = dict(row)
        for side, cell in (("users", users), ("services", services)):
            new |= {side: cell["notes"], f"{side}_shown": cell["notes_shown"]}
            if cell["notes"] is None:
                new |= dict.fromkeys([f"{side}_share", "difference", "low", "high"])
        found.append(new)
    return found
