"""Before, after and target; what is missing stays missing."""

import pytest

from kafe.pilot.evaluation import evaluation_table
from kafe.pilot.project_data import Indicator


def indicator(**values) -> Indicator:
    return Indicator.model_validate({"id": "i", "navn": "I", "type": "resultat"} | values)


@pytest.mark.parametrize(
    ("values", "change", "movement", "reached", "status"),
    [
        ({"før": 1, "etter": 4, "mål": 10}, 3, "better", None, "no_denominator"),
        ({"før": 1, "etter": 10, "mål": 10}, 9, "better", None, "no_denominator"),
        ({"før": 27, "etter": 17, "mål": 18}, -10, "better", None, "no_denominator"),
        ({"før": 27, "etter": 30, "mål": 18}, 3, "worse", None, "no_denominator"),
        ({"før": 5, "etter": 5, "mål": 8}, 0, "same", None, "no_denominator"),
        ({"før": 45, "mål": 65}, None, "", None, "not_measured"),
        ({"etter": 52, "mål": 70}, None, "", None, "no_direction"),
        ({"etter": 52, "mål": 70, "retning": "opp"}, None, "", None, "no_denominator"),
        ({"før": 5, "etter": 4, "mål": 5}, -1, "", None, "no_direction"),
        ({"før": 5, "etter": 4, "mål": 5, "retning": "ned"}, -1, "better", None, "no_denominator"),
        ({"før": 5, "etter": 4}, -1, "", None, "no_target"),
        ({}, None, "", None, "not_measured"),
        ({"før": 38, "etter": 82.5, "mål": 80, "teller": 33, "nevner": 40}, 44.5, "better", None, "unsure"),
        ({"før": 38, "etter": 95, "mål": 80, "teller": 380, "nevner": 400}, 57, "better", True, "reached"),
        ({"før": 38, "etter": 40, "mål": 80, "teller": 16, "nevner": 40}, 2, "better", False, "not_reached"),
        (
            {"før": 38, "etter": 20, "mål": 30, "retning": "ned", "teller": 80, "nevner": 400},
            -18,
            "better",
            True,
            "reached",
        ),
    ],
)
def test_change_and_target_are_judged_in_the_direction_wanted(values, change, movement, reached, status):
    [row] = evaluation_table([indicator(**values)])
    assert (row["change"], row["movement"], row["reached"], row["status"]) == (
        change,
        movement,
        reached,
        status,
    )


def test_structure_comes_before_process_before_outcome_else_in_the_files_order():
    types = ["resultat", "prosess", "struktur", "prosess"]
    given = [indicator(id=str(place), type=kind) for place, kind in enumerate(types)]
    assert [row["indicator_id"] for row in evaluation_table(given)] == ["2", "1", "3", "0"]


def test_decimals_do_not_leave_floating_dust():
    assert evaluation_table([indicator(før="3,4", etter="2,6")])[0]["change"] == -0.8
