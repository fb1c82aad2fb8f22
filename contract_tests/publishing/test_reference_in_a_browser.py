"""The reference in a real browser: it asks for nothing but itself, can be searched, and fits every screen in both themes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contract_tests.publishing.pages import reference

CHROMIUM = os.environ.get("BELLWETHER_CHROMIUM") or shutil.which("chromium")
SHOTS = os.environ.get("BELLWETHER_SCREENSHOTS")
playwright = pytest.importorskip("playwright.sync_api", reason="install playwright to open the reference in a browser")
pytestmark = pytest.mark.skipif(
    not CHROMIUM or not Path(CHROMIUM).exists(), reason="set BELLWETHER_CHROMIUM to a chromium to open the reference"
)
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
GOLDEN = "createConfiguration/422-body-name-missing"
WATCH = "addEventListener('securitypolicyviolation', (e) => (window.violations ??= []).push(e.violatedDirective))"
FAINT = """
() => {
  for (const fold of document.querySelectorAll('details:not([name])')) fold.open = true;
  const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const paper = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const color = numbers(getComputedStyle(each).backgroundColor);
      if (color.length < 4 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const found = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let looked = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest('.hushed, script')) continue;
    if (!element.checkVisibility({ opacityProperty: true })) continue;
    looked += 1;
    const [a, b] = [light(numbers(getComputedStyle(element).color)), light(paper(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.set(`${element.tagName}.${element.className}`, ratio);
  }
  return { looked, faint: [...found] };
}
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    file: Path = tmp_path_factory.mktemp("reference") / "reference.html"
    file.write_bytes(reference())
    return file.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def opened(browser: Any, address: str) -> Iterator[Any]:
    """Opens the page at a hash, with the options of a browser context."""
    contexts = []

    def open_at(hash_: str = "", width: int = 1400, height: int = 900, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(WATCH)
        page.asked, page.stopped, page.complaints = [], [], []
        page.on("request", lambda request: page.asked.append(request.url.partition("#")[0]))
        page.on("requestfailed", lambda request: page.stopped.append((request.url, request.failure)))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(f"{address}#{hash_}" if hash_ else address)
        return page

    yield open_at
    for context in contexts:
        context.close()


def violations(page: Any) -> Any:
    return page.evaluate("window.violations ?? []")


def test_the_page_asks_for_nothing_but_itself(opened: Any, address: str) -> None:
    page = opened()
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    page.mouse.wheel(0, 100_000)
    page.wait_for_load_state("networkidle")

    assert page.asked == [address]
    assert page.stopped == page.complaints == []
    assert violations(page) == []


def test_the_browser_itself_forbids_the_page_to_ask(opened: Any) -> None:
    page = opened()
    page.evaluate(
        """() => new Promise((done) => {
          addEventListener('securitypolicyviolation', done, { once: true });
          document.body.append(Object.assign(new Image(), { src: 'http://127.0.0.1:9/outside.png' }));
        })"""
    )

    assert violations(page) == ["img-src"]
    assert page.stopped == [("http://127.0.0.1:9/outside.png", "csp")]


def test_an_operation_is_found_by_typing_and_reached_by_the_keyboard(opened: Any) -> None:
    page = opened()
    page.keyboard.press("/")
    page.keyboard.type("replaceConf")
    page.wait_for_selector("#found li[aria-selected=true]")
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash === '#replaceConfiguration'")

    assert page.locator("#replaceConfiguration h3").is_visible()
    assert page.evaluate("document.getElementById('replaceConfiguration').getBoundingClientRect().top") < 200
    assert page.locator("#found").is_hidden()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("TOO_MANY", "TOO_MANY_REQUESTS"),
        ("WatchedTick", "WatchedTicker"),
        ("int_parsing_size", "int_parsing_size"),
        ("/api/v2/market/status", "Whether the exchange is open"),
    ],
)
def test_codes_types_and_paths_are_found(opened: Any, typed: str, first: str) -> None:
    page = opened()
    page.fill("#find", typed)

    assert page.locator("#found li").first.locator("span").nth(1).inner_text() == first


def test_what_is_nowhere_is_not_found(opened: Any) -> None:
    page = opened()
    page.fill("#find", "zzzz no such thing")

    assert page.locator("#found").inner_text() == "Nothing found"
    page.keyboard.press("Escape")
    assert page.locator("#found").is_hidden()


def test_a_link_to_something_folded_opens_it(opened: Any) -> None:
    page = opened(GOLDEN)
    row = page.locator(f"[id='{GOLDEN}']")

    assert row.locator("pre").first.is_visible()
    page.evaluate("location.hash = 'createConfiguration/coverage-body'")
    page.wait_for_selector("[id='createConfiguration/coverage-body'] table", state="visible")


def test_details_open_and_close(opened: Any) -> None:
    page = opened("gate")
    fold = page.locator("details.example").first
    fold.locator("summary").first.click()

    assert fold.locator("pre").first.is_visible()
    fold.locator("summary").first.click()
    assert fold.locator("pre").first.is_hidden()


def test_an_example_is_copied_as_it_is_shown(opened: Any) -> None:
    page = opened("createConfiguration", permissions=["clipboard-read", "clipboard-write"])
    block = page.locator("[id='createConfiguration/201-full'] .code").first
    block.hover()
    block.locator("button").click()
    page.wait_for_function(
        "document.querySelector('[id=\"createConfiguration/201-full\"] button').textContent === 'copied'"
    )

    assert page.evaluate("navigator.clipboard.readText()") == block.locator("pre").inner_text()


@pytest.mark.parametrize("width", [360, 390, 768, 1024, 1400, 1600])
def test_the_page_never_scrolls_sideways(opened: Any, width: int) -> None:
    page = opened(width=width, height=800)
    page.evaluate("document.querySelectorAll('details:not([name])').forEach((fold) => (fold.open = true))")

    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(opened: Any, scheme: str) -> None:
    found = opened(color_scheme=scheme).evaluate(FAINT)

    assert found["faint"] == []
    assert found["looked"] > 10_000


def test_the_page_is_read_without_scripts(opened: Any) -> None:
    page = opened(java_script_enabled=False)

    assert page.locator("#createConfiguration h3").is_visible()
    assert page.locator("[id='createConfiguration/201-full'] pre").first.is_visible()
    assert page.locator(".search").is_hidden()
    assert page.locator("button").count() == 0


def test_paper_shows_what_is_folded_and_no_controls(opened: Any) -> None:
    page = opened(java_script_enabled=False)
    page.emulate_media(media="print")

    assert page.locator("nav").is_hidden()
    assert page.locator(f"[id='{GOLDEN}'] pre").first.is_visible()


@pytest.mark.parametrize(
    ("name", "hash_", "width", "height", "scheme"),
    [
        ("light", "", 1400, 900, "light"),
        ("dark", "", 1400, 900, "dark"),
        ("phone", "", 390, 844, "light"),
        ("operation-light", "createConfiguration", 1400, 900, "light"),
        ("operation-dark", "createConfiguration", 1400, 900, "dark"),
        ("operation-phone", "createConfiguration", 390, 844, "dark"),
        ("operation-wide", "getCandles", 1600, 1000, "light"),
        ("heat-map-light", "coverage", 1400, 900, "light"),
        ("heat-map-dark", "coverage", 1400, 900, "dark"),
    ],
)
def test_a_picture_of_the_page_shows_something(
    opened: Any, tmp_path: Path, name: str, hash_: str, width: int, height: int, scheme: str
) -> None:
    folder = Path(SHOTS) if SHOTS else tmp_path
    picture = opened(hash_, width, height, color_scheme=scheme).screenshot(path=folder / f"{name}.png")

    # A blank page of this size is less than a third of this.
    assert len(picture) > 20_000
