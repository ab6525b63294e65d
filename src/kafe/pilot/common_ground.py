"""What the users' side and the services' side agree on, and where they differ."""

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import Literal

from kafe.origins import Origin
from kafe.pilot.memberships import ORIGINS, Memberships, notes_by_theme
from kafe.pilot.project_data import Stakeholder, sides
from kafe.privacy import hide_small_counts
from kafe.records import Note, Row
from kafe.settings import PrivacySettings
from kafe.stats import ratios

Verdict = Literal["common", "different", "too_few"]
BOUNDS = (0.5, 2.0)
"""Between half as often and twice as often counts as alike."""
LEVEL = 0.05
"""The share of false findings that is put up with, over all themes compared."""
LEAST_NOTES = 5
"""Notes of a theme below which nothing is said of it."""
LEAST_SIDE = 10
"""Notes of a side below which nothing is said of any theme."""
LEAST_CLUSTERS = 4
"""Tables of a side below which nothing is said of any theme: chance over tables cannot be told from fewer."""


def common_ground(
    notes: Sequence[Note],
    memberships: Memberships,
    stakeholders: Iterable[Stakeholder],
    *,
    names: Mapping[str, str] | None = None,
    origins: Iterable[Origin] = ORIGINS,
    privacy: PrivacySettings | None = None,
    weights: Mapping[tuple[str, str], float] | None = None,
    seed: int = 1,
) -> list[Row]:
    """Return one row a theme: its share of each side's notes, their ratio and what it can carry.

    `verdict`: `different` when chance over whole tables (sides dealt anew over session × table × group) gives
    such a difference too seldom; `common` when two one-sided tests place the ratio of the shares (users over
    services) within `BOUNDS`, on counts made smaller by what notes of a table have in common; both over all
    themes at once (Benjamini & Hochberg). Else `too_few`, and always with fewer than `LEAST_NOTES` notes of a
    theme, `LEAST_SIDE` of a side or `LEAST_CLUSTERS` tables of one. `weights` says how much a note counts
    under a theme, (note id, theme id) → 0 to 1: where two people read a note, the share of them who gave the
    code. Give the notes that were looked through. Ordered by the larger of the two shares, then theme. With
    `privacy`, small counts are hidden and all that would give them away; the verdict stays.

    Keys: theme_id, name; users, users_of, users_share and the same for services; ratio, low, high (95 %
    interval, Koopman; None where it has no bound); more (the side with the larger share); verdict; with
    `privacy` also users_shown and services_shown.
    """
    side_of_group = sides(stakeholders)
    placed = {note.id: note for note in notes if side_of_group.get(note.group)}
    side_of = {note_id: side_of_group[note.group] for note_id, note in placed.items()}
    clusters = _Clusters(placed.values(), side_of)
    given = [member for member in memberships if member[0] in placed]
    size = {side: list(side_of.values()).count(side) for side in ("bruker", "tjeneste")}
    rows: list[Row] = []
    counts: list[list[float]] = []
    for theme, ids in notes_by_theme(given, origins).items():
        weight = {note_id: (weights or {}).get((note_id, theme), 1.0) for note_id in ids}
        users = sum(side_of[note_id] == "bruker" for note_id in ids)
        shares = [
            _share(sum(w for note_id, w in weight.items() if side_of[note_id] == side), of)
            for side, of in size.items()
        ]
        counts.append(clusters.counts(weight))
        rows.append(
            {
                "theme_id": theme,
                "name": (names or {}).get(theme, theme),
                "users": users,
                "users_of": size["bruker"],
                "users_share": shares[0],
                "services": len(ids) - users,
                "services_of": size["tjeneste"],
                "services_share": shares[1],
                "more": "bruker" if shares[0] > shares[1] else "tjeneste",
            }
        )
    for row, told in zip(rows, _told(rows, counts, clusters, seed), strict=True):
        row |= told
    rows.sort(key=lambda row: (-max(row["users_share"], row["services_share"]), row["theme_id"]))
    return _hidden(rows, privacy) if privacy else rows


class _Clusters:
    """Notes of one group at one table of one session: what is dealt to a side as a whole."""

    def __init__(self, notes: Iterable[Note], side_of: Mapping[str, str]):
        self.of = {
            note.id: (note.session, note.table, note.group) if note.table else (note.session, note.id, "")
            for note in notes
        }
        numbers = {cluster: at for at, cluster in enumerate(sorted(set(self.of.values())))}
        self.at = {note_id: numbers[cluster] for note_id, cluster in self.of.items()}
        self.sizes = [0] * len(numbers)
        self.users = [False] * len(numbers)
        for note_id, at in self.at.items():
            self.sizes[at] += 1
            self.users[at] = side_of[note_id] == "bruker"

    def counts(self, weight: Mapping[str, float]) -> list[float]:
        found = [0.0] * len(self.sizes)
        for note_id, one in weight.items():
            found[self.at[note_id]] += one
        return found

    def effective(self, counts: Sequence[float], *, users: bool) -> tuple[float, float]:
        """Return the count and size of a side, divided by the design effect of its clusters."""
        mine = [at for at, one in enumerate(self.users) if one is users]
        count, size = [counts[at] for at in mine], [self.sizes[at] for at in mine]
        effect = ratios.design_effect(count, size)
        return sum(count) / effect, sum(size) / effect


def _told(rows: Sequence[Row], counts: Sequence[list[float]], clusters: _Clusters, seed: int) -> list[Row]:
    """Return ratio, interval and verdict of each theme, all themes with enough notes taken together."""
    heard = sum(clusters.users), len(clusters.users) - sum(clusters.users)
    found: list[Row] = []
    tried: list[int] = []
    alike: list[float] = []
    for at, (row, count) in enumerate(zip(rows, counts, strict=True)):
        users, services = (clusters.effective(count, users=side) for side in (True, False))
        low, high = ratios.ratio_interval(*users, *services)
        ratio = row["users_share"] / row["services_share"] if row["services_share"] else None
        found.append(
            {"ratio": ratio, "low": low, "high": None if high == inf else high, "verdict": "too_few"}
        )
        enough = row["users"] + row["services"] >= LEAST_NOTES and min(heard) >= LEAST_CLUSTERS
        if enough and min(row["users_of"], row["services_of"]) >= LEAST_SIDE:
            tried.append(at)
            alike.append(ratios.equivalence_p(*users, *services, BOUNDS))
    if not tried:
        return found
    chance = ratios.cluster_permutation([counts[at] for at in tried], clusters.sizes, clusters.users, seed)
    apart, same = ratios.benjamini_hochberg(chance), ratios.benjamini_hochberg(alike)
    for at, differs, is_alike in zip(tried, apart, same, strict=True):
        verdict: Verdict = "common" if is_alike <= LEVEL else "different" if differs <= LEVEL else "too_few"
        found[at]["verdict"] = verdict
    return found


def _share(count: float, of: int) -> float:
    return count / of if of else 0.0


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
                new |= dict.fromkeys([f"{side}_share", "ratio", "low", "high", "more"])
        found.append(new)
    return found
