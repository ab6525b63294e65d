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
    return [
        *(note(f"b{i}", "bruker") for i in range(200)),
        *(note(f"k{i}", "kommune") for i in range(200)),
        note("x", "annet"),
    ]


def members(theme: str, users: int, services: int):
    return [(f"b{i}", theme, "human") for i in range(users)] + [
        (f"k{i}", theme, "rule") for i in range(services)
    ]


def test_themes_are_common_different_or_too_few(notes):
    given = [
        *members("felles", 60, 64),
        *members("ulik", 80, 20),
        *members("sjelden", 2, 2),
        *members("nesten-bare-den-ene", 2, 8),
        ("x", "felles", "human"),
    ]
    rows = {row["theme_id"]: row for row in common_ground(notes, given, SIDES)}
    assert {theme: row["verdict"] for theme, row in rows.items()} == {
        "felles": "common",
        "ulik": "different",
        "sjelden": "too_few",
        "nesten-bare-den-ene": "too_few",
    }
    row = rows["ulik"]
    assert (row["users"], row["users_of"], row["services"], row["services_of"]) == (80, 200, 20, 200)
    assert (row["users_share"], row["services_share"]) == (0.4, 0.1)
    assert row["difference"] == pytest.approx(0.3)
    assert row["low"] < row["difference"] < row["high"]
    assert list(rows) == ["ulik", "felles", "nesten-bare-den-ene", "sjelden"]


def test_a_wide_interval_is_neither_agreement_nor_difference(note):
    notes = [*(note(f"b{i}", "bruker") for i in range(12)), *(note(f"k{i}", "kommune") for i in range(12))]
    assert common_ground(notes, members("t", 4, 4), SIDES)[0]["verdict"] == "too_few"


def test_a_side_with_few_notes_carries_no_verdict(note):
    notes = [*(note(f"b{i}", "bruker") for i in range(9)), *(note(f"k{i}", "kommune") for i in range(90))]
    assert common_ground(notes, members("t", 9, 0), SIDES)[0]["verdict"] == "too_few"


def test_only_the_asked_origins_count(notes):
    [row] = common_ground(notes, members("t", 60, 64), SIDES, origins=["human"])
    assert (row["users"], row["services"]) == (60, 0)


def test_a_small_count_hides_its_side_and_what_would_give_it_away_but_not_the_verdict(notes):
    rows = common_ground(
        notes, [*members("a", 40, 3), *members("b", 40, 50)], SIDES, privacy=PrivacySettings()
    )
    hidden = next(row for row in rows if row["theme_id"] == "a")
    columns = ["users", "services", "users_share", "services_share", "difference", "low", "high"]
    assert [hidden[column] for column in columns] == [None] * 7
    assert (hidden["users_shown"], hidden["verdict"]) == ("skjult", "different")
    shown = next(row for row in rows if row["theme_id"] == "b")
    assert (shown["users_shown"], shown["services"]) == ("40", 50)
