"""What the guide shows is what the program reads."""

import re
from pathlib import Path

import pytest

from kafe.messages import message
from kafe.pilot.common_ground import BOUNDS, LEAST_CLUSTERS, LEAST_NOTES, LEAST_SIDE
from kafe.pilot.decisions import read_decisions
from kafe.pilot.project_data import load_indicators, load_pilot, load_stakeholders
from kafe.records import Code, Codebook, Note
from kafe.settings import PrivacySettings

GUIDE = (Path(__file__).parents[2] / "docs" / "bruk" / "pilot.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("first_line", "load"),
    [("tittel:", load_pilot), ("interessenter:", load_stakeholders), ("indikatorer:", load_indicators)],
)
def test_every_yaml_file_of_the_guide_is_read(tmp_path, first_line, load):
    [shown] = [
        block for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.S) if block.startswith(first_line)
    ]
    path = tmp_path / "fil.yaml"
    path.write_text(shown, encoding="utf-8")
    assert load(path)


def test_the_decisions_of_the_guide_are_read_without_a_word(tmp_path):
    path = tmp_path / "beslutninger.csv"
    path.write_text(re.search(r"```csv\n(mål;.*?)```", GUIDE, re.S)[1], encoding="utf-8")
    notes = [Note("n-67ade6bd778a", "k1", "kafedialog", "x")]
    decisions, problems = read_decisions(path, notes, Codebook((Code("fysisk-aktivitet", "F"),), "1"))
    assert [(one.fate, one.at) for one in decisions] == [
        ("chosen", "2025-09-03"),
        ("passed_on", "2025-09-03"),
    ]
    assert problems == []


def test_the_limits_in_the_guide_are_the_programs():
    assert f"minst {LEAST_NOTES} innspill i alt" in GUIDE
    assert BOUNDS == (0.5, 2.0)
    assert "mellom halvparten og det dobbelte" in GUIDE
    assert f"færre enn {LEAST_CLUSTERS} bord" in GUIDE
    assert f"færre enn {LEAST_SIDE} innspill" in GUIDE
    privacy = PrivacySettings()
    assert f"Antall fra 1 til {privacy.hide_below - 1}" in GUIDE
    assert f"grupper på minst {privacy.quote_from}" in GUIDE


@pytest.mark.parametrize(
    "part", ["placement.follow_closely", "placement.inform_when_needed", "coverage.shared"]
)
def test_the_words_in_the_guide_are_the_reports(part):
    assert message(f"pilot.{part}") in GUIDE
