"""Filtering a list in a browser: at once with scripts, by the button without, and always kept in the address."""

import pytest
from django.urls import reverse

from tests import builders
from tests.browser.clicking import click

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(transactional_db):
    cast = builders.make_board()
    plan = builders.make_plan(cast, actions=6)
    first = plan.actions.order_by("position").first()
    with builders.at(builders.TODAY):
        builders.say(cast, first, "amber", on=builders.TODAY, period="Q2 2026/27")
    return plan


def open_plan(page, plan):
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(f"casey.{plan.board.slug}@example.org")
    page.get_by_label("Password", exact=True).fill("a long word")
    click(page.get_by_role("button", name="Sign in"))
    page.goto(reverse("plan", args=[plan.board.slug, plan.slug]))


def count(page):
    return page.locator("main").get_by_text("of 6 actions")


def test_a_choice_narrows_the_list_at_once_and_the_back_button_brings_it_back(page, plan, no_violations):
    open_plan(page, plan)
    assert count(page).inner_text().startswith("6 of 6 actions")
    page.get_by_label("Strategic priority").select_option(label="Pursue")
    page.wait_for_url(lambda url: "?" in url)
    page.get_by_text("3 of 6 actions").wait_for()
    address = page.url
    no_violations(page)
    page.go_back()
    page.get_by_text("6 of 6 actions").wait_for()
    page.goto(address)
    page.get_by_text("3 of 6 actions").wait_for()
    assert page.get_by_label("Strategic priority").locator("option:checked").inner_text() == "Pursue"


def test_without_a_connection_the_list_stays_and_says_so(page, plan):
    open_plan(page, plan)
    page.context.set_offline(True)
    for choice in ("Pursue", "Prevent"):
        page.get_by_label("Strategic priority").select_option(label=choice)
        page.get_by_role("alert").get_by_text("could not be refreshed").wait_for()
    assert page.get_by_role("alert").count() == 1
    assert count(page).inner_text().startswith("6 of 6 actions")
    page.complaints.clear()  # the browser says too that it had no connection
    page.context.set_offline(False)
    page.get_by_label("Strategic priority").select_option(label="Pursue")
    page.get_by_text("3 of 6 actions").wait_for()
    assert page.get_by_role("alert").count() == 0


def test_the_whole_filter_works_by_keyboard(page, plan):
    open_plan(page, plan)
    page.get_by_label("Words").focus()
    page.keyboard.type("action 2.5")
    page.keyboard.press("Enter")
    page.get_by_text("1 of 6 actions").wait_for()


def test_without_scripts_the_button_narrows_the_list(scriptless, plan):
    open_plan(scriptless, plan)
    scriptless.get_by_label("Strategic priority").select_option(label="Pursue")
    click(scriptless.get_by_role("button", name="Filter"))
    assert scriptless.get_by_text("3 of 6 actions").is_visible()
