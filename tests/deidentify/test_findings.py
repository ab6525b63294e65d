"""What is told of what was masked, without a word of it."""

from kafe.deidentify.findings import Finding, summary


def test_the_summary_counts_without_text() -> None:
    person = Finding("n0", "person", "[PERSON-1]", 0, 10, "names", 0.85)
    findings = [
        person,
        Finding("n0", "person", "[PERSON-1]", 14, 24, "recurrence", 0.8),
        Finding("n0", "telefon", "[TELEFON-1]", 31, 42, "pattern", 0.9),
        Finding("n1", "person", "[PERSON-2]", 0, 10, "model", 0.6),
    ]
    assert summary(findings) == [
        {"kind": "person", "label": "Personnavn", "count": 3, "distinct": 2, "notes": 2, "uncertain": 1},
        {"kind": "telefon", "label": "Telefonnummer", "count": 1, "distinct": 1, "notes": 1, "uncertain": 0},
    ]
    assert summary([]) == []
