"""What people meet: the finished reports from the disk, and a notebook run in a real JupyterLab."""

import os
import socket
import subprocess
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from kafe.commands.lab import lab_command

pytestmark = pytest.mark.browser
TOKEN = "prove"


def test_reports_open_from_the_disk_without_a_request_or_a_complaint(browser, whole) -> None:
    reports = sorted((whole.root / "reports").glob("*.html"))
    assert len(reports) == 9
    page = browser.new_page(viewport={"width": 360, "height": 800})
    events: list[str] = []
    page.on("request", lambda request: events.append(request.url))
    page.on("console", lambda message: events.append(message.text))
    page.on("pageerror", lambda error: events.append(str(error)))
    for report in reports:
        page.goto(report.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, report.name
        assert page.locator("h1").count() == 1
    assert events == [report.as_uri() for report in reports]
    page.close()


@pytest.fixture
def lab(whole):
    """The address of a JupyterLab started as `kafe lab` does, on the finished project."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    notebooks = Path(__file__).parent.parent / "notebooks"
    target = whole.root / "i-lab"
    target.mkdir(exist_ok=True)
    for name in ("01-innlesing", "07-evaluering"):
        (target / f"{name}.ipynb").write_bytes((notebooks / f"{name}.ipynb").read_bytes())
    process = subprocess.Popen(
        [
            *lab_command(target),
            *("--no-browser", "--allow-root", f"--port={port}", f"--IdentityProvider.token={TOKEN}"),
        ],
        env=os.environ | {"KAFE_KEY_DIR": str(whole.key)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://localhost:{port}"
    try:
        _wait_until_open(f"{address}/api?token={TOKEN}", process)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_open(address: str, process: subprocess.Popen) -> None:
    for _ in range(240):
        assert process.poll() is None, "JupyterLab ended"
        try:
            urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.25)
    pytest.fail("JupyterLab did not answer")


def test_a_notebook_runs_in_jupyterlab_and_asks_the_network_for_nothing(browser, lab) -> None:
    page, outside = browser.new_page(viewport={"width": 1400, "height": 1000}), []
    own = (lab, lab.replace("http", "ws"), "data:", "blob:")
    page.on("request", lambda request: None if request.url.startswith(own) else outside.append(request.url))
    page.goto(f"{lab}/lab/tree/07-evaluering.ipynb?token={TOKEN}")
    page.get_by_text("| Idle").first.wait_for(timeout=120_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator('[data-command="runmenu:run-all"]').click()
    page.get_by_text("Målt før").first.wait_for(timeout=120_000)
    page.get_by_text("Prosessindikatorer").first.wait_for(timeout=60_000)
    assert page.get_by_text("Traceback").count() == 0
    assert page.get_by_text("Jupyter news").count() == 0
    assert outside == []
