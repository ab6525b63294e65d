"""Take the pictures of README anew: `python docs/images/take.py` (needs Chromium; CHROMIUM names another path).

Runs the example project in a temporary folder, opens its report on the pilot and, in JupyterLab, the workbench.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

from kafe.commands.lab import lab_command

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SLOW = 120_000


def copy_example(root: Path) -> None:
    """Copy the example; of notebook 02 only the cells that the workbench needs."""
    shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns("*.sqlite*"))
    shutil.copytree(
        ROOT / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    shutil.copy(ROOT / "kafe.toml", root)
    subprocess.run([sys.executable, "-m", "kafe", "run"], cwd=root, check=True)
    path = root / "notebooks/02-koding.ipynb"
    whole = json.loads(path.read_text(encoding="utf-8"))
    bench = [cell for cell in whole["cells"] if "workbench(" in "".join(cell["source"])]
    whole["cells"] = [*whole["cells"][1:3], *bench]
    path.write_text(json.dumps(whole), encoding="utf-8")


def pilot(browser: Browser, root: Path) -> None:
    """Picture the top of the report on the pilot."""
    page = browser.new_page(viewport={"width": 1180, "height": 1180})
    page.goto((root / "reports/05-pilotgrunnlag.html").as_uri())
    page.screenshot(path=HERE / "pilot.png")


def workbench(browser: Browser, root: Path) -> None:
    """Picture the workbench with a note that has codes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*lab_command(root / "notebooks"), "--no-browser", "--allow-root", f"--port={port}"]
    lab = subprocess.Popen([*command, "--IdentityProvider.token=bilde"], stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        for _ in range(240):
            try:
                urlopen(f"http://localhost:{port}/api?token=bilde", timeout=5).close()
                break
            except OSError:
                time.sleep(0.25)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.goto(f"http://localhost:{port}/lab/tree/02-koding.ipynb?token=bilde")
        page.get_by_text("| Idle").first.wait_for(timeout=SLOW)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator('[data-command="runmenu:run-all"]').click()
        name = page.locator(".kafe-wb .welcome input")
        name.wait_for(timeout=SLOW)
        name.fill("koder-a")
        page.keyboard.press("Enter")
        bench = page.locator(".kafe-wb")
        bench.locator("article.active").wait_for(timeout=SLOW)
        bench.scroll_into_view_if_needed()
        page.wait_for_timeout(1500)
        bench.screenshot(path=HERE / "workbench.png")
    finally:
        lab.terminate()
        lab.wait(20)


def main() -> None:
    """Take both pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = Path(folder)
        os.environ |= {
            "KAFE_KEY_DIR": f"{folder}-key",
            "JUPYTER_CONFIG_DIR": f"{folder}-jupyter",
            "JUPYTER_DATA_DIR": f"{folder}-jupyter",
            "IPYTHONDIR": f"{folder}-ipython",
            "XDG_CONFIG_HOME": f"{folder}-config",
        }
        copy_example(root)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        pilot(browser, root)
        workbench(browser, root)


if __name__ == "__main__":
    main()
