"""What the Content-Security-Policy is for: a script or style that got into a page does nothing, and is told on.

That no page of ours breaks the policy is seen by every test in this folder: Chromium writes a violation to the
console, and a console that complains fails the test (conftest).
"""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)

SMUGGLED = """
    const part = document.createElement("div");
    part.innerHTML = '<img src="nothing" onerror="window.ran = true"><p id="smuggled" style="display:none">Here</p>';
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    const style = document.createElement("style");
    style.textContent = "h1 { display: none }";
    document.body.append(part, script, style);
"""


def test_a_script_or_a_style_written_into_a_page_does_nothing_and_is_noticed(chromium, live_server):
    page = chromium.new_page(base_url=live_server.url)
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto("/sign-in/")
    assert said == []
    page.evaluate(SMUGGLED)
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert page.locator("#smuggled").is_visible()
    assert page.get_by_role("heading", name="Sign in").is_visible()
    for what in ("script-src", "style-src"):
        assert any("Content Security Policy" in text and what in text for text in said), said
    page.close()


def test_no_page_can_be_put_into_a_frame(chromium, live_server):
    page = chromium.new_page(base_url=live_server.url)
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.route(
        "**/framing", lambda route: route.fulfill(body='<iframe src="/sign-in/"></iframe>', content_type="text/html")
    )
    page.goto("/framing")
    page.wait_for_timeout(300)
    assert any("frame" in text.lower() for text in said), said
    assert "Sign in" not in [frame.title() for frame in page.frames]
    page.close()
