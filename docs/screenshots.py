"""Takes the pictures of the README and of these pages from the example vault: `make screenshots`.

python docs/screenshots.py [FOLDER]     (needs the dev extra, and a Chromium or Chrome on the PATH)
"""

import html
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ
from typing import Literal

from playwright.sync_api import Browser, ViewportSize, sync_playwright

DOCS = Path(__file__).parent
VAULT = DOCS.parent / "examples/vault"
TODAY = "2026-11-23"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip

COLUMNS, ROWS = 92, 40
TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; background: #14171d; color: #d6d9e0; width: max-content; padding: 18px 24px; }
pre { margin: 0; font: 15px/1.4 "DejaVu Sans Mono", "Liberation Mono", Menlo, Consolas, monospace; }
.s1 { font-weight: 700; color: #fff } .s2 { color: #8b93a3 } .s31 { color: #ff8a80 } .s33 { color: #ffd180 }
</style><pre>"""


def main() -> None:
    """Write all pictures into FOLDER, else into docs/images."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS / "images"
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        sys.exit(f"there is no Chromium here: install one of {', '.join(PROGRAMS)}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(OPTIONS))
        for picture in take(browser, folder):
            print(f"wrote {os.path.relpath(picture)}")
        browser.close()


def take(browser: Browser, folder: Path) -> list[Path]:
    """Take the pictures of the terminal and of the page; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = [folder / name for name in ("terminal.png", "page.png", "page-dark.png")]
    with tempfile.TemporaryDirectory() as place:
        vault = Path(place) / "Search"
        shutil.copytree(VAULT, vault)
        terminal, page = Path(place) / "terminal.html", Path(place) / "network.html"
        terminal.write_text(f"{TERMINAL}$ infoview graph\n{_as_html(_shown(['graph'], vault))}", encoding="utf-8")
        _shown(["graph", "--format", "html", "-o", str(page)], vault)
        _take_terminal(browser, terminal, pictures[0])
        _take_page(browser, page, pictures[1], "light", "Anselm Dyer")
        _take_page(browser, page, pictures[2], "dark", None)
    return pictures


def _shown(words: list[str], vault: Path) -> str:
    """What a command writes to a terminal of so many columns and rows, with its colours."""
    ours, theirs = pty.openpty()
    ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    surroundings = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    surroundings |= {"INFOVIEW_CACHE": "off", "TERM": "xterm-256color", "COLUMNS": str(COLUMNS)}
    command = [sys.executable, "-m", "infoview_md", *words, "--vault", str(vault), "--today", TODAY]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL, env=surroundings) as running:
        os.close(theirs)
        written = b""
        try:
            while part := os.read(ours, 65536):
                written += part
        except OSError:  # Linux says so when the other end is closed
            pass
    os.close(ours)
    if running.returncode:
        sys.exit(written.decode())
    return written.decode().replace("\r\n", "\n")


def _as_html(shown: str) -> str:
    """Text with the terminal's marks for bold, dim and colours, as spans."""
    pieces, styles = [], ""
    for part in re.split(r"(\x1b\[[\d;]*m)", shown):
        if mark := re.fullmatch(r"\x1b\[([\d;]*)m", part):
            codes = [code for code in mark[1].split(";") if code not in {"", "0"}]
            styles = " ".join(f"s{code}" for code in codes)
        else:
            pieces.append(f'<span class="{styles}">{html.escape(part)}</span>')
    return "".join(pieces)


def _take_terminal(browser: Browser, page: Path, picture: Path) -> None:
    with browser.new_context(viewport={"width": 400, "height": 100}) as context:
        sheet = context.new_page()
        sheet.goto(page.as_uri())
        sheet.locator("body").screenshot(path=picture)


def _take_page(
    browser: Browser, page: Path, picture: Path, scheme: Literal["light", "dark"], person: str | None
) -> None:
    size: ViewportSize = {"width": 1400, "height": 820}
    with browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce") as context:
        sheet = context.new_page()
        sheet.goto(page.as_uri())
        if person:
            sheet.locator(f".node[data-name='{person}']").click()
        sheet.screenshot(path=picture)


if __name__ == "__main__":
    main()
