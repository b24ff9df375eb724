"""One headless Chromium for all of these tests, whichever is installed; without one they are skipped."""

import datetime as dt
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from infoview_md import Vault

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

EXAMPLE = Path(__file__).parents[2] / "examples/vault"
TODAY = dt.date(2026, 11, 23)
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip

OpenPage = Callable[..., "Page"]


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    with playwright.sync_playwright() as started:
        running: Browser = started.chromium.launch(executable_path=program, headless=True, args=list(OPTIONS))
        yield running
        running.close()


@pytest.fixture
def opened(browser: "Browser") -> Iterator[OpenPage]:
    """Open a page from the disk; when the test is over, it must have asked no other place and complained of nothing."""
    contexts: list[BrowserContext] = []
    asked: list[str] = []
    trouble: list[str] = []

    def opening(file: Path, **options: object) -> "Page":
        given = {"reduced_motion": "reduce", "viewport": {"width": 1280, "height": 900}, **options}
        context = browser.new_context(**given)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("dialog", lambda dialog: trouble.append(dialog.message))
        page.goto(file.as_uri())
        return page

    yield opening
    for context in contexts:
        context.close()
    assert trouble == []
    assert {url.partition("#")[0].partition(":")[0] for url in asked} <= {"file"}
    assert len(asked) == len(contexts)


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the example vault."""
    return write_page(EXAMPLE, tmp_path_factory.mktemp("example"))


@pytest.fixture(scope="session")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Pages of networks of some size, each made once."""
    made: dict[int, Path] = {}

    def making(people: int) -> Path:
        if people not in made:
            folder = tmp_path_factory.mktemp(f"network-{people}")
            write_network(folder / "Search", people)
            made[people] = write_page(folder / "Search", folder)
        return made[people]

    return making


def write_page(vault: Path, folder: Path) -> Path:
    file = folder / "Network.html"
    file.write_text(Vault(vault, today=TODAY).graph("html"), encoding="utf-8")
    return file


FIRST = ("Ada", "Béatrice", "Callum", "Dilys", "Emeka", "Fergus", "Grace", "Hanneke", "Ines", "Joost", "Kit", "Łucja")
LAST = ("Adeyemi", "Birtwhistle", "Clough", "van der Meulen", "Ekström", "Fontanel", "Oyelaran-Whitcombe")
PLACES = ("River Trust", "Weather Service", "Institute of Hydrology", "Mutual", "Waterschap", "Observatory", "Weir")
ROLES = ("Forecaster", "Head of hydrometry", "Data engineer", "Flood risk manager", "Model developer")


def write_network(folder: Path, people: int) -> None:
    """Write a vault of so many people, most of them named by somebody before them; the same number, the same vault."""
    chance = random.Random(people)
    (folder / "Talks").mkdir(parents=True)
    (folder / "Me.md").write_text("---\ntype: me\nname: Imogen Clough\n---\n", encoding="utf-8")
    names = [f"{FIRST[n % len(FIRST)]} {LAST[n // 12 % len(LAST)]}" for n in range(people)]
    names = [f"{name} {number}" if number > 80 else name for number, name in enumerate(names)]
    for number, name in enumerate(names):
        by = chance.choice(names[: max(1, min(number, people // 3))]) if number >= min(3, people - 1) else None
        place = f"{chance.choice(('Aire', 'Calder', 'Wend', 'Tarn', 'Ouse', 'Severn'))} {chance.choice(PLACES)}"
        lines = ["type: contact", f"organization: {place}", f"role: {chance.choice(ROLES)}"]
        lines += [f'referred_by: "[[{by}]]"'] if by else []
        (folder / f"{name}.md").write_text("\n".join(["---", *lines, "---", ""]), encoding="utf-8")
        _write_history(folder / "Talks", chance, number, name)


def _write_history(folder: Path, chance: random.Random, number: int, name: str) -> None:
    day = TODAY - dt.timedelta(days=chance.randrange(10, 200))
    steps = chance.randrange(4)
    reply = chance.choice(("accepted", "accepted", "accepted", "declined", "later")) if steps > 1 else ""
    if steps:
        head = f'---\ntype: request\ncontact: "[[{name}]]"\nsent: {day}\n'
        answer = f"replied: {day}\nreply: {reply}\n" if reply else ""
        (folder / f"{number} Request.md").write_text(f"{head}{answer}---\n", encoding="utf-8")
    if steps > 2 and reply == "accepted":
        talk = day + dt.timedelta(days=7)
        text = f'---\ntype: interview\ncontact: "[[{name}]]"\ndate: {talk}\nmedium: video\nduration: 20\n---\n'
        (folder / f"{number} Talk.md").write_text(text, encoding="utf-8")
