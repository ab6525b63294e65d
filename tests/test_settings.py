from pathlib import Path

import pytest

from kafe.records import KafeError
from kafe.settings import find_project, key_folder, load_settings

GOOD = '[project]\nid = "prove"\ntitle = "Prøve"\n'


def write(folder: Path, text: str) -> Path:
    (folder / "kafe.toml").write_text(text, encoding="utf-8")
    return folder


def test_defaults_follow_the_rules_of_the_field(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path, GOOD))
    assert settings.privacy.hide_below == 5
    assert settings.privacy.quote_from == 6
    assert settings.language.model == "auto"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD + "[privasy]\nhide_below = 3\n", "privasy"),
        (GOOD + "[privacy]\nhide_below = 0\n", "privacy.hide_below"),
        ('[project]\nid = "Æ ø"\ntitle = "x"\n', "project.id"),
        ("[project]\nid = 'x'\n", "project.title"),
        ("seed = 'en'\n" + GOOD, "seed"),
        ("[project\n", "line 1"),
    ],
)
def test_a_bad_setting_is_named_with_file_and_key_or_line(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(KafeError) as error:
        load_settings(write(tmp_path, text))
    assert "kafe.toml" in str(error.value) and expected in str(error.value)


def test_settings_that_are_not_utf8_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "kafe.toml").write_bytes('[project]\ntitle = "Prøve"'.encode("cp1252"))
    with pytest.raises(KafeError, match="UTF-8"):
        load_settings(tmp_path)


def test_a_project_is_found_from_any_folder_inside_it(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    inside = tmp_path / "data" / "raw"
    inside.mkdir(parents=True)
    assert find_project(inside) == tmp_path.resolve()


def test_a_folder_outside_any_project_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(KafeError, match="kafe init"):
        find_project(tmp_path)


def test_the_key_lies_outside_the_project(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("KAFE_KEY_DIR", raising=False)
    assert Path.cwd().resolve() not in key_folder("eksempel").resolve().parents
    monkeypatch.setenv("KAFE_KEY_DIR", str(tmp_path))
    assert key_folder("eksempel") == tmp_path / "eksempel"
