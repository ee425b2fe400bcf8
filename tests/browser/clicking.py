"""Clicks that lead to another page. Playwright's own click does not wait for the page it leads to."""


def click(locator):
    """Click a link or a button, and come back when the page behind it has loaded.

    `wait_for_load_state` after a click may be answered by the page one is about to leave.
    """
    with locator.page.expect_navigation():
        locator.click()
