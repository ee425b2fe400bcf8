"""A real browser for the tests in this folder.

`page` is a fresh page of Debian's Chromium; a script that fails on it, or a console that complains, fails the test.
`phone` is the same, 320 pixels wide. `no_violations(page)` asks axe whether everyone can read the page.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.core.cache import cache

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert program, "Chromium is not installed. Run `make setup-test`, or `apt-get install chromium`."
    # Playwright keeps an event loop running; Django must be told that using the database beside it is meant.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def open_page(chromium, live_server, **options):
    cache.clear()  # how often somebody signed in from here is no matter of the test before
    context = chromium.new_context(base_url=live_server.url, locale="en-GB", timezone_id="Europe/London", **options)
    page = context.new_page()
    complaints = page.complaints = []
    page.on("pageerror", lambda error: complaints.append(f"script failed: {error}"))
    page.on(
        "console",
        lambda said: complaints.append(f"{said.location['url']}: {said.text}") if said.type == "error" else None,
    )
    yield page
    context.close()
    assert not complaints, complaints


@pytest.fixture
def page(chromium, live_server):
    yield from open_page(chromium, live_server, viewport={"width": 1280, "height": 900})


@pytest.fixture
def phone(chromium, live_server):
    yield from open_page(chromium, live_server, viewport={"width": 320, "height": 640}, has_touch=True)


@pytest.fixture
def scriptless(chromium, live_server):
    """The page of someone whose scripts do not run."""
    yield from open_page(chromium, live_server, java_script_enabled=False)


@pytest.fixture
def no_violations():
    return check


def check(page):
    """Fails with axe's own words unless the page keeps every rule of WCAG 2.2 AA that a machine can check."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    said = [
        f"{rule['id']} ({rule['help']}): {node['html'][:200]} {node.get('failureSummary', '')}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
    assert not said, "\n".join([page.url, *said])
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels wider than the window"
