"""The components, in a browser: readable by everyone, at any width, and better with scripts."""

import pytest

from tests.browser.clicking import click

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.cseplan.gallery")]


@pytest.fixture(autouse=True)
def gallery_templates(settings):
    from pathlib import Path

    engine, *_ = settings.TEMPLATES
    folder = Path(__file__).parents[1] / "cseplan" / "templates"
    settings.TEMPLATES = [{**engine, "DIRS": [folder, *engine["DIRS"]]}]


def test_axe_finds_nothing_wrong_with_any_component(page, no_violations):
    page.goto("/gallery?message")
    no_violations(page)


def test_the_components_fit_a_phone(phone, no_violations):
    phone.goto("/gallery?message")
    no_violations(phone)


def test_a_form_with_errors_says_so_on_top_and_leads_to_the_box(page, no_violations):
    page.goto("/gallery")
    click(page.get_by_role("button", name="Submit 1 update"))
    assert page.title().startswith("Error: Gallery")
    no_violations(page)
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.id") == "id_title"


def test_a_question_appears_only_after_the_answers_that_need_it(page):
    page.goto("/gallery")
    reason = page.get_by_label("Why is it not green?")
    assert not reason.is_visible()
    page.get_by_role("radio", name="Amber").check()
    assert reason.is_visible()
    reason.fill("The post is vacant.")
    page.get_by_role("radio", name="Green").check()
    assert not reason.is_visible()
    page.get_by_role("radio", name="Red").check()
    assert reason.input_value() == "The post is vacant."


def test_without_scripts_every_question_is_there(scriptless):
    scriptless.goto("/gallery")
    assert scriptless.get_by_label("Why is it not green?").is_visible()


def test_the_error_pages_are_readable_by_everyone(page, no_violations):
    page.goto("/gallery")
    page.evaluate("html => { document.documentElement.innerHTML = html }", page.request.get("/no-such-page").text())
    assert page.get_by_role("heading", level=1).inner_text() == "Page not found"
    no_violations(page)
