"""Control digits: a judgement of how sure, never a gate."""

import pytest

from kafe.deidentify.rules.control_digits import (
    birth_number_confidence,
    has_birth_date,
    is_account_number,
    is_iban,
)


def _with_control(nine: str, remainder: int = 0) -> str:
    """Give nine digits their two control digits by the published weights; `remainder` as from 2032."""
    first = (remainder - sum(int(d) * w for d, w in zip(nine, (3, 7, 6, 1, 8, 9, 4, 5, 2), strict=True))) % 11
    if first == 10:
        return ""
    second = (
        -sum(int(d) * w for d, w in zip(f"{nine}{first}", (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    )
    return f"{nine}{first}{second}"


VALID = [
    number for nine in (f"018180{n}" for n in range(100, 140)) if len(number := _with_control(nine)) == 11
]


@pytest.mark.parametrize("number", VALID[:5])
def test_a_synthetic_number_with_right_control_digits_is_nearly_certain(number: str) -> None:
    assert birth_number_confidence(number) == 0.99


@pytest.mark.parametrize("remainder", [1, 2, 3])
def test_numbers_of_the_2032_rule_are_as_certain(remainder: int) -> None:
    numbers = [_with_control(f"018180{n}", remainder) for n in range(100, 140)]
    assert all(birth_number_confidence(number) == 0.99 for number in numbers if len(number) == 11)


def test_wrong_control_digits_lower_the_confidence_but_do_not_end_it() -> None:
    wrong = VALID[0][:-1] + str((int(VALID[0][-1]) + 1) % 10)
    assert birth_number_confidence(wrong) == 0.9
    assert birth_number_confidence("99999999999"[:2].replace("99", "39") + "990012345") == 0.6


@pytest.mark.parametrize("start", ["0101", "4101", "0141", "0166", "0181", "4181", "8123", "9999"])
def test_every_kind_of_number_has_a_plausible_start(start: str) -> None:
    assert has_birth_date(start + "8012345")


def test_account_and_iban_control_digits() -> None:
    assert is_account_number("86011117947") and not is_account_number("86011117948")
    assert is_iban("NO93 8601 1117 947") and not is_iban("NO93 8601 1117 948")
