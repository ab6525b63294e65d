"""Themes in the order the group should look at them: how widely raised first, then how heavily."""

from collections.abc import Iterable, Mapping, Sequence

from kafe.origins import Origin
from kafe.pilot.memberships import ORIGINS, Memberships, notes_by_theme
from kafe.records import Note, Row
from kafe.stats import ClusterBootstrap, percentile


def rank_themes(
    notes: Sequence[Note],
    memberships: Memberships,
    *,
    names: Mapping[str, str] | None = None,
    origins: Iterable[Origin] = ORIGINS,
) -> list[Row]:
    """Return one row a theme, the widest raised first, counted over memberships of these origins.

    Order: number of groups, then sessions, tables, notes and votes, all descending, then the theme's id.
    `breadth` (0 to 1) is the mean of three shares: of the groups, sessions and tables that appear in
    `notes`; a table is one within its session, and what no note tells of is left out of the mean.
    `notes_human` counts notes a person coded, `notes_suggested` those only a machine put there, and
    `by_human`, `by_rule`, `by_anchor` and `by_topic` each origin by itself.
    Memberships of other notes than the given ones are passed over, so a subset may be ranked; `share`
    is of the notes given.
    """
    by_id = {note.id: note for note in notes}
    counted = tuple(origins)
    given = [member for member in memberships if member[0] in by_id]
    by_origin = {origin: notes_by_theme(given, [origin]) for origin in ORIGINS}
    everywhere = spread(by_id.values())
    rows: list[Row] = []
    for theme, ids in notes_by_theme(given, counted).items():
        members = [by_id[note_id] for note_id in ids]
        human = by_origin[Origin.HUMAN].get(theme, set()) & ids
        found = spread(members)
        rows.append(
            {
                "theme_id": theme,
                "name": (names or {}).get(theme, theme),
                **found,
                "breadth": _breadth(found, everywhere),
                "notes": len(ids),
                "share": len(ids) / len(by_id),
                "votes": sum(note.votes for note in members),
                "notes_human": len(human),
                "notes_suggested": len(ids) - len(human),
            }
            | {f"by_{origin}": len(by_origin[origin].get(theme, ())) for origin in ORIGINS}
        )
    rows.sort(
        key=lambda row: (
            *(-row[column] for column in ("groups", "sessions", "tables", "notes", "votes")),
            row["theme_id"],
        )
    )
    return [{"rank": place} | row for place, row in enumerate(rows, 1)]


def rank_ranges(
    notes: Sequence[Note],
    memberships: Memberships,
    *,
    origins: Iterable[Origin] = ORIGINS,
    seed: int = 1,
    resamples: int = 300,
) -> dict[str, tuple[int, int]]:
    """Return theme → the middle 95 % of its rank when whole tables are drawn anew, with the order of `rank_themes`.

    Goldstein & Spiegelhalter (1996), Journal of the Royal Statistical Society A 159:385–443. A note without a
    table is one of its own. A theme that no drawn table holds comes last. Empty with fewer than two tables.
    """
    by_id = {note.id: note for note in notes}
    clusters = [
        (note.session, note.table) if note.table else (note.session, "", note.id) for note in by_id.values()
    ]
    drawn = ClusterBootstrap(clusters, seed, resamples)
    at = dict(zip(by_id, drawn.cluster_of.tolist(), strict=True))
    themes = {
        theme: [(at[one], by_id[one]) for one in sorted(ids)]
        for theme, ids in notes_by_theme((one for one in memberships if one[0] in by_id), origins).items()
    }
    if drawn.clusters < 2:
        return {}
    places: dict[str, list[int]] = {theme: [] for theme in themes}
    for times in drawn.draws.astype(int).tolist():
        keys = {}
        for theme, members in themes.items():
            held = [(times[cluster], note) for cluster, note in members if times[cluster]]
            found = spread(note for _, note in held)
            keys[theme] = (
                -found["groups"],
                -found["sessions"],
                -sum({(note.session, note.table): number for number, note in held if note.table}.values()),
                -sum(number for number, _ in held),
                -sum(number * note.votes for number, note in held),
                theme,
            )
        for place, theme in enumerate(sorted(themes, key=keys.__getitem__), 1):
            places[theme].append(place)
    return {
        theme: (round(percentile(sorted(found), 0.025)), round(percentile(sorted(found), 0.975)))
        for theme, found in places.items()
    }


def spread(notes: Iterable[Note]) -> dict[str, int]:
    """Return how many groups, sessions and tables the notes come from; empty fields do not count."""
    seen = list(notes)
    return {
        "groups": len({note.group for note in seen if note.group}),
        "sessions": len({note.session for note in seen}),
        "tables": len({(note.session, note.table) for note in seen if note.table}),
    }


def _breadth(found: Mapping[str, int], everywhere: Mapping[str, int]) -> float:
    shares = [found[kind] / whole for kind, whole in everywhere.items() if whole]
    return sum(shares) / len(shares)
