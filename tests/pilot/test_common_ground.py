"""What the two sides agree on, with the uncertainty of counts."""

import pytest

from kafe.pilot.common_ground import common_ground
from kafe.pilot.project_data import Stakeholder
from kafe.settings import PrivacySettings

SIDES = [
    Stakeholder(id="b", navn="Brukere", hører_til="bruker", berørt=5, innflytelse=1, grupper=["bruker"]),
    Stakeholder(id="k", navn="Kommune", hører_til="tjeneste", berørt=1, innflytelse=5, grupper=["kommune"]),
]


@pytest.fixture
def notes(note):
    """Twenty tables of ten notes on each side."""
    return [
        *(note(f"b{i}", "bruker", str(i % 20)) for i in range(200)),
        *(note(f"k{i}", "kommune", str(i % 20)) for i in range(200)),
        note("x", "annet"),
    ]


def members(theme: str, users: int, services: int):
    return [(f"b{i}", theme, "human") for i in range(users)] + [
        (f"k{i}", theme, "rule") for i in range(services)
    ]


def verdicts(notes, given, **more) -> dict[str, str]:
    return {row["theme_id"]: row["verdict"] for row in common_ground(notes, given, SIDES, **more)}


def test_themes_are_common_different_or_too_few(notes):
    given = [
        *members("felles", 60, 64),
        *members("ulik", 80, 20),
        *members("sjelden", 2, 2),
        *members("nesten-bare-den-ene", 2, 6),
        ("x", "felles", "human"),
    ]
    assert verdicts(notes, given) == {
        "felles": "common",
        "ulik": "different",
        "sjelden": "too_few",
        "nesten-bare-den-ene": "too_few",
    }
    rows = {row["theme_id"]: row for row in common_ground(notes, given, SIDES)}
    row = rows["ulik"]
    assert (row["users"], row["users_of"], row["services"], row["services_of"]) == (80, 200, 20, 200)
    assert (row["users_share"], row["services_share"], row["more"]) == (0.4, 0.1, "bruker")
    assert row["ratio"] == pytest.approx(4)
    assert row["low"] < row["ratio"] < row["high"]
    assert list(rows) == ["ulik", "felles", "nesten-bare-den-ene", "sjelden"]


def test_rare_themes_without_a_clear_difference_are_not_common(notes):
    assert verdicts(notes, members("t", 6, 8)) == {"t": "too_few"}
    assert verdicts(notes, members("t", 5, 10)) == {"t": "too_few"}


def test_a_difference_that_one_table_carries_is_not_different(note):
    notes = [
        *(note(f"b{i}", "bruker", str(i // 20)) for i in range(100)),
        *(note(f"k{i}", "kommune", str(i // 20)) for i in range(100)),
    ]
    assert verdicts(notes, members("t", 18, 0)) == {"t": "too_few"}


def test_one_theme_of_many_that_chance_gives_is_not_different(notes):
    lone = members("t", 18, 10)
    alone = verdicts(notes, lone)["t"]
    many = [one for n in range(60) for one in members(f"jevn{n}", 10, 10)]
    assert (alone, verdicts(notes, [*lone, *many])["t"]) == ("different", "too_few")


def test_a_side_with_few_notes_or_few_tables_carries_no_verdict(note):
    few = [
        *(note(f"b{i}", "bruker", str(i)) for i in range(9)),
        *(note(f"k{i}", "kommune", str(i)) for i in range(90)),
    ]
    assert verdicts(few, members("t", 9, 0)) == {"t": "too_few"}
    tables = [
        *(note(f"b{i}", "bruker", str(i % 3)) for i in range(90)),
        *(note(f"k{i}", "kommune", str(i % 9)) for i in range(90)),
    ]
    assert verdicts(tables, members("t", 60, 0)) == {"t": "too_few"}


def test_a_code_that_one_of_two_readers_gave_counts_half(notes):
    weights = {(f"b{i}", "t"): 0.5 for i in range(60)}
    [row] = common_ground(notes, members("t", 60, 30), SIDES, weights=weights)
    assert (row["users_share"], row["services_share"]) == (0.15, 0.15)
    assert row["users"] == 60


def test_only_the_asked_origins_count(notes):
    [row] = common_ground(notes, members("t", 60, 64), SIDES, origins=["human"])
    assert (row["users"], row["services"]) == (60, 0)


def test_a_small_count_hides_its_side_and_what_would_give_it_away_but_not_the_verdict(notes):
    rows = common_ground(
        notes, [*members("a", 40, 3), *members("b", 40, 50)], SIDES, privacy=PrivacySettings()
    )
    hidden = next(row for row in rows if row["theme_id"] == "a")
    columns = ["users", "services", "users_share", "services_share", "ratio", "low", "high"]
    assert [hidden[column] for column in columns] == [None] * 7
    assert (hidden["users_shown"], hidden["verdict"]) == ("skjult", "different")
    shown = next(row for row in rows if row["theme_id"] == "b")
    assert (shown["users_shown"], shown["services"]) == ("40", 50)
