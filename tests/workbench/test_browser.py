"""The workbench as its users meet it: notebook 02 in a real JupyterLab, driven from the keyboard."""

import json
import os
import socket
import subprocess
import time
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe

from kafe.commands.lab import lab_command
from kafe.flow.project import Project
from kafe.flow.run import bring_up_to_date
from kafe.records import Coding, text_hash
from kafe.store.store import open_store

pytestmark = pytest.mark.browser
TOKEN = "prove"
SLOW = 240_000
"""ms for a kernel to start and the stages to run where the machine is busy."""
FIRST = "Blå 👩‍👩‍👧 ærlig 🙂 samarbeid på tvers av båten. Mangler bolig på øya."
TALK = "Å 🙂 samarbeid på tvers av båten. Mangler bolig på øya."
LONGER = "samarbeid på tvers av båten. Mangler"
NOTES = [
    ("1", "hvem", FIRST),
    ("1", "hvem", "<img src=x onerror=\"document.title='innbrudd'\"> & samarbeid <b>nå</b>"),
    ("2", "tiltak", "A" * 400),
    ("2", "tiltak", "Vi treng bustad og nokon å snakke med på kveldstid"),
    ("2", "tiltak", TALK),
]
AGREEMENT = Path(__file__).parents[2] / "notebooks" / "03-samsvar.ipynb"
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "02-koding.ipynb"


@pytest.fixture(scope="module")
def project(kit, tmp_path_factory):
    """A project of five notes with hostile, long and many-byte text, every stage run.

    Of notebook 02 it has the cells that the workbench needs; the charts would scroll it out of sight.
    """
    root = kit.bare(tmp_path_factory.mktemp("arbeidsbenk") / "prosjekt")
    kit.write_table(root / "data/raw/kafe-1/bord.csv", NOTES)
    bring_up_to_date(Project(root))
    give_two_coders_something_to_settle(root)
    whole = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    start, bench = (
        whole["cells"][1:3],
        [cell for cell in whole["cells"] if "open_workbench(" in "".join(cell["source"])],
    )
    kit.write(root / "notebooks/02-koding.ipynb", json.dumps({**whole, "cells": [*start, *bench]}))
    whole = json.loads(AGREEMENT.read_text(encoding="utf-8"))
    talk = [cell for cell in whole["cells"] if "consensus=True" in "".join(cell["source"])]
    assert len(talk) == 1
    kit.write(root / "notebooks/03-samsvar.ipynb", json.dumps({**whole, "cells": [*start, *talk]}))
    return root


def give_two_coders_something_to_settle(root):
    """On the last note Anna and Ola have both put «samarbeid», on different words, and Ola «bolig» alone."""
    at = Project(root)
    with open_store(at.paths, at.settings) as store:
        note = next(note for note in store.notes() if note.text == TALK)
        place = {"samarbeid på": ("anna", "samarbeid"), LONGER: ("ola", "samarbeid")}
        place["Mangler bolig"] = ("ola", "bolig")
        store.append_codings(
            Coding(
                id=f"{coder}-{code}",
                note_id=note.id,
                start=TALK.index(quote),
                end=TALK.index(quote) + len(quote),
                quote=quote,
                text_hash=text_hash(TALK),
                code=code,
                coder=coder,
                at="2025-06-01T12:00:00",
            )
            for quote, (coder, code) in place.items()
        )
        for coder in ("anna", "ola"):
            store.append_finished(coder, note.id, "2025-06-01T12:00:00")


@pytest.fixture(scope="module")
def lab(project, tmp_path_factory):
    """The address of a JupyterLab on the project, with settings of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("hjem")
    own = {
        name: str(home / name)
        for name in (
            "JUPYTER_CONFIG_DIR",
            "JUPYTER_DATA_DIR",
            "JUPYTER_RUNTIME_DIR",
            "IPYTHONDIR",
            "XDG_CONFIG_HOME",
        )
    }
    process = subprocess.Popen(
        [
            *lab_command(project / "notebooks"),
            *("--no-browser", "--allow-root", f"--port={port}", f"--IdentityProvider.token={TOKEN}"),
        ],
        env=os.environ | own,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://localhost:{port}"
    try:
        for _ in range(240):
            assert process.poll() is None, "JupyterLab ended"
            try:
                urlopen(f"{address}/api?token={TOKEN}", timeout=5).close()
                break
            except OSError:
                time.sleep(0.25)
        else:
            pytest.fail("JupyterLab did not answer")
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def page(browser, lab):
    """The notebook, opened and not run; `outside` on the page collects requests that leave the machine."""
    page = browser.new_page(viewport={"width": 1500, "height": 1100})
    lab, page.lab = lab
    own = (lab, lab.replace("http", "ws"), "data:", "blob:")
    page.outside, page.errors = [], []
    page.on(
        "request",
        lambda request: None if request.url.startswith(own) else page.outside.append(request.url),
    )
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(f"{lab}/lab/tree/02-koding.ipynb?token={TOKEN}")
    page.get_by_text("| Idle").first.wait_for(timeout=SLOW)
    yield page
    page.close()


def run_all(page):
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator('[data-command="runmenu:run-all"]').click()


def bench(page):
    found = page.locator(".kafe-wb")
    found.locator("article.active").wait_for(timeout=SLOW)
    found.scroll_into_view_if_needed()
    return found


def stored(found):
    """Wait until nothing is on its way to the store."""
    found.locator(".status.saved").wait_for(timeout=20_000)


def kill_kernel(page):
    """End the kernel as a crash would, and wait until JupyterLab has started another."""
    kernels = [
        process for process in psutil.Process(page.lab).children(recursive=True) if _is_kernel(process)
    ]
    assert len(kernels) == 1
    kernels[0].kill()
    page.get_by_role("dialog", name="Kernel Restarting").get_by_role("button").last.click(timeout=SLOW)
    page.get_by_text("| Idle").first.wait_for(timeout=SLOW)


def _is_kernel(process):
    return any("ipykernel" in part for part in process.cmdline())


def complaints(page):
    """Return what axe-core finds wrong with the workbench, with the rule and the element."""
    found = Axe().run(page, context=".kafe-wb")
    return [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found.response["violations"]]


def test_coding_by_keyboard_is_stored_undone_and_found_again_after_the_kernel_was_killed(page, project):
    run_all(page)
    name = page.locator(".kafe-wb .welcome input")
    name.wait_for(timeout=SLOW)
    name.fill("kari")
    page.keyboard.press("Enter")
    found = bench(page)
    keys = page.keyboard

    found.locator("article.active .text").focus()
    for key in (
        "ArrowRight",
        "ArrowRight",
        "ArrowRight",
        "ArrowRight",
        "Shift+ArrowRight",
        "Shift+ArrowRight",
    ):
        keys.press(key)
    assert found.locator(".target").inner_text() == "Koden settes på: «samarbeid på tvers»"
    keys.press("k")
    keys.type("bolig")
    keys.press("Enter")
    found.locator(".codings li").first.wait_for()
    stored(found)
    assert "«samarbeid på tvers»" in found.locator(".codings").inner_text()

    keys.press("z")
    found.get_by_text("Ingen koder ennå.").wait_for()
    keys.press("Control+y")
    found.locator(".codings li").first.wait_for()

    keys.press("m")
    keys.type("Spør om «båten» 🙂")
    keys.press("Control+Enter")
    found.get_by_text("Notat: Spør om «båten» 🙂").wait_for()

    suggested = found.locator(".suggestions li")
    left = suggested.count()
    assert left >= 2
    keys.press("g")
    found.locator(".codings li").nth(1).wait_for()
    for _ in range(left - 1):
        left = suggested.count()
        keys.press("x")
        page.wait_for_function(
            "left => document.querySelectorAll('.kafe-wb .suggestions li').length < left", arg=left
        )
    found.locator(".suggestions").wait_for(state="detached")
    keys.press("f")
    found.get_by_text("1 av 5 ferdige").wait_for()
    stored(found)

    kill_kernel(page)
    run_all(page)
    found = bench(page)
    found.get_by_text("1 av 5 ferdige").wait_for(timeout=SLOW)
    found.locator("article.active .text").focus()
    keys.press("p")
    found.get_by_text("Notat: Spør om «båten» 🙂").wait_for()
    assert found.locator(".codings li").count() == 2
    assert found.locator(".suggestions").count() == 0

    at = Project(project)
    with open_store(at.paths, at.settings) as store:
        codings = sorted(store.codings(coders=["kari"]), key=lambda one: one.origin)
        texts = {note.id: note.text for note in store.notes()}
    assert [coding.origin.partition(":")[0] for coding in codings] == ["rule", "workbench"]
    assert codings[1].quote == "samarbeid på tvers"
    assert all(texts[one.note_id][one.start : one.end] == one.quote for one in codings)


def test_axe_finds_nothing_in_light_and_dark_in_list_help_and_memo(page):
    found = bench(page)
    text = found.locator("article.active .text")
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        page.get_by_role("menuitem", name="Settings", exact=True).click()
        page.locator(".lm-Menu-item", has_text="Theme").first.click()
        page.locator(".lm-Menu-item", has_text=theme).first.click()
        dark = theme.endswith("Dark")
        page.wait_for_function(
            "dark => document.querySelector('.kafe-wb').classList.contains('dark') === dark", arg=dark
        )
        assert complaints(page) == []
        for key in ("l", "?", "m"):
            text.focus()
            page.keyboard.press(key)
            assert complaints(page) == []
            page.keyboard.press("Escape")
        text.focus()
        page.keyboard.press("l")


def test_hostile_text_is_text_and_long_words_do_not_widen_the_page(page):
    found = bench(page)
    assert found.locator("img").count() == 0
    assert "innbrudd" not in page.title()
    page.keyboard.press("Escape")
    for _ in range(3):
        found.locator("article.active .text").focus()
        page.keyboard.press("n")
        page.wait_for_timeout(50)
        assert found.evaluate("bench => bench.scrollWidth <= bench.clientWidth")


def test_two_coders_differences_are_settled_by_keyboard_and_undone(page, project, lab):
    page.goto(f"{lab[0]}/lab/workspaces/felles/tree/03-samsvar.ipynb?token={TOKEN}")
    page.get_by_text("| Idle").first.wait_for(timeout=SLOW)
    run_all(page)
    found = bench(page)
    keys = page.keyboard
    found.get_by_text("0 av 2 forskjeller avgjort").wait_for()
    assert found.locator(".codes h3").inner_text() == "Bolig"
    assert found.locator(".sides").inner_text().split("\n")[-2:] == ["ola", "«Mangler bolig»"]
    assert complaints(page) == []

    found.locator("article.active .text").focus()
    keys.press("d")
    keys.type("Er dette bolig?")
    keys.press("Control+Enter")
    found.get_by_text("Til drøfting: Er dette bolig?").wait_for()
    keys.press("t")
    found.get_by_text("1 av 2 forskjeller avgjort").wait_for()
    assert found.locator(".codes h3").inner_text() == "Samarbeid"
    keys.press("2")
    found.get_by_text("2 av 2 forskjeller avgjort").wait_for()
    keys.press("z")
    found.get_by_text("1 av 2 forskjeller avgjort").wait_for()
    keys.press("b")
    found.get_by_text("2 av 2 forskjeller avgjort").wait_for()
    stored(found)
    assert complaints(page) == []

    at = Project(project)
    with open_store(at.paths, at.settings) as store:
        agreed = store.codings(coders=["konsensus"])
        own = store.codings(coders=["anna", "ola"])
    assert [coding.quote for coding in agreed] == ["samarbeid på", LONGER]
    assert {coding.origin for coding in agreed} == {"consensus:anna-samarbeid+ola-samarbeid"}
    assert len(own) == 3


def test_the_network_is_asked_for_nothing_and_nothing_fails(page):
    assert page.outside == []
    assert page.errors == []
