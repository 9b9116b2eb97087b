"""The site of all controls in a real browser: Debian's Chromium, through Playwright."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.conftest import Run

pytestmark = pytest.mark.servers
PAGES = ("/index.html", "/controls/DAT-002/", "/controls/GOV-011/", "/frameworks/eu_ai_act/")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests say what is wrong."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "policyctl", "control", "docs", str(site)]
    done = subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_load_without_errors_and_fit(address: str, page: Page, size: dict[str, int]) -> None:
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.on("request", lambda request: None if request.url.startswith(address) else wrong.append(request.url))
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    for path in PAGES:
        page.goto(address + path, wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        assert page.locator("h1").first.is_visible(), path
    assert wrong == []


def test_the_search_finds_a_control(address: str, page: Page) -> None:
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.goto(address + "/index.html", wait_until="networkidle")
    page.click("label[for=__search]")
    page.locator("input.md-search__input").press_sequentially("drift", delay=50)
    page.wait_for_selector(".md-search-result__item")
    assert "OPS-001" in page.inner_text(".md-search-result__list")


def test_a_clause_leads_to_its_controls_and_back(address: str, page: Page) -> None:
    page.goto(address + "/frameworks/eu_ai_act/", wait_until="networkidle")
    page.locator("article").get_by_role("link", name="DAT-002").first.click()
    page.wait_for_url(f"{address}/controls/DAT-002/")
    assert "DAT-002" in page.locator("h1").first.inner_text()
    page.locator("article").get_by_role("link", name="Artificial Intelligence Act").first.click()
    page.wait_for_url(f"{address}/frameworks/eu_ai_act/")
    assert "2024/1689" in page.locator("h1").first.inner_text()


def test_without_mkdocs_the_error_says_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policyctl.handbook.building.find_spec", lambda _: None)
    done = run("control", "docs", str(tmp_path / "site"))
    assert done.code == 2
    assert "pip install 'policyctl[docs]'" in done.err
