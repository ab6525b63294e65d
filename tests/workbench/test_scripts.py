"""The browser's part: one module of many files, every text from the message file, no markup from text."""

import re
from pathlib import Path

from kafe.messages import section
from kafe.workbench.scripts import HERE, PARTS, script


def test_the_browser_has_every_text_that_it_asks_for_and_asks_for_every_text():
    words = section("workbench.ui")
    code = script()
    asked = set(re.findall(r'\bt\(\s*"(\w+)"', code)) | set(re.findall(r'\bbutton\("(\w+)"', code))
    quoted = set(re.findall(r'"(\w+)"', code))
    stems = [*re.findall(r"\bt\(\s*`(\w+_)\$\{", code), *re.findall(r'help = "(\w+_)"', code)]
    assert asked - set(words) == set()
    unused = {key for key in set(words) - quoted if not any(key.startswith(stem) for stem in stems)}
    assert unused == set()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", code)
    assert "http" not in code


def test_every_part_of_the_script_is_joined_and_the_same_name_is_given_once():
    folder = HERE / "js"
    assert sorted(Path(str(path)).stem for path in folder.iterdir()) == sorted(PARTS)
    names = re.findall(r"^(?:const|let|class|function) (\w+)", script(), re.MULTILINE)
    assert len(names) == len(set(names))
    assert script().count("export default") == 1
