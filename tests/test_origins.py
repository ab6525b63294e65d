"""Every stored origin that a constructor writes is read back as what it says, and old ones stay readable."""

import pytest

from kafe.origins import (
    FROM_FILE,
    WORKBENCH,
    Act,
    EventOrigin,
    Origin,
    before_recoding,
    coder_origin,
    consensus,
    imported,
    parse_origin,
    recoded,
    refused,
    reopened,
    reopened_consensus,
)


@pytest.mark.parametrize(
    ("written", "stored", "said"),
    [
        (WORKBENCH, "workbench", EventOrigin(Act.BY_HAND)),
        ("rule:abc", "rule:abc", EventOrigin(Act.ACCEPTED, source="rule:abc")),
        (refused("rule:abc"), "refused:rule:abc", EventOrigin(Act.REFUSED, source="rule:abc")),
        (reopened("model:1"), "reopened:model:1", EventOrigin(Act.REOPENED, source="model:1")),
        (consensus("ab"), "consensus:a+b", EventOrigin(Act.AGREED, codings=("a", "b"))),
        (reopened_consensus("ab"), "reopened:consensus:a+b", EventOrigin(Act.REOPENED, codings=("a", "b"))),
        (recoded("o1", FROM_FILE), f"operation:o1 {FROM_FILE}", EventOrigin(Act.RECODED, operation="o1")),
        (recoded("o1", ""), "operation:o1", EventOrigin(Act.RECODED, operation="o1")),
        (imported("0123456789abcdef01"), "import:0123456789abcdef", EventOrigin(Act.READ)),
        (FROM_FILE, "data/coded/kodinger", EventOrigin(Act.READ)),
        ("", "", EventOrigin(Act.READ)),
    ],
)
def test_what_is_written_is_what_stores_hold_and_is_read_back(
    written: str, stored: str, said: object
) -> None:
    assert written == stored
    assert parse_origin(written) == said


def test_a_coding_carried_along_twice_names_the_last_change_and_where_it_first_came_from() -> None:
    twice = recoded("o2", recoded("o1", "rule:abc"))
    assert twice == "operation:o2 rule:abc"
    assert before_recoding(twice) == "rule:abc"
    assert before_recoding("rule:abc") == "rule:abc"


@pytest.mark.parametrize(
    ("name", "origin"),
    [
        ("rule", "rule"),
        ("Rule:1", "rule"),
        (" model:x", "model"),
        ("Kari", "human"),
        ("anchor", "human"),
        ("", "human"),
    ],
)
def test_a_name_is_a_machines_or_a_persons(name: str, origin: str) -> None:
    assert coder_origin(name) is Origin(origin)
