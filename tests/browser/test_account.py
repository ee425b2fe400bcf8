"""Signing in and one's own account, in a real browser: every page readable by everyone, at any width."""

import re

import pytest
from django.core import mail
from django.urls import resolve
from playwright.sync_api import expect

from boards.accounts import urls as accounts
from tests import builders
from tests.browser.clicking import click
from tests.doors.table import routes

pytestmark = pytest.mark.django_db(transaction=True)

OLD, NEW = "a long word", "kettle marble otter"
MET = set()


@pytest.fixture
def cast(transactional_db):
    return builders.make_board()


@pytest.fixture
def look(no_violations):
    def looked(page):
        no_violations(page)
        MET.add(resolve(re.sub("^https?://[^/]+|[?#].*$", "", page.url)).url_name)

    return looked


def sign_in(page, email, password=OLD):
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    click(page.get_by_role("button", name="Sign in"))


def test_somebody_forgot_their_password(page, cast, look):
    page.goto("/")
    look(page)
    click(page.get_by_role("link", name="I have forgotten my password"))
    look(page)
    page.get_by_label("E-mail address").fill(cast.contact.email)
    click(page.get_by_role("button", name="Send me a link"))
    expect(page.get_by_role("heading", name="Check your e-mail")).to_be_visible()
    look(page)
    page.goto(re.search(r"http://\S+/forgotten-password/\S+", mail.outbox[0].body)[0])
    box = page.get_by_label("New password")
    box.fill("short")
    click(page.get_by_role("button", name="Set this password"))
    look(page)
    expect(page.get_by_role("alert")).to_contain_text("must be 15 characters or more")
    box.fill(NEW)
    page.get_by_role("button", name="Show password").click()
    assert box.get_attribute("type") == "text"
    click(page.get_by_role("button", name="Set this password"))
    sign_in(page, cast.contact.email, NEW)
    expect(page.get_by_role("heading", name="Your work")).to_be_visible()


def test_somebody_changes_their_password_on_a_phone(phone, cast, look):
    sign_in(phone, cast.contact.email)
    click(phone.get_by_role("link", name="Kit Contact"))
    look(phone)
    click(phone.get_by_role("link", name="Change your password"))
    look(phone)
    phone.get_by_label("Current password").fill("wrong")
    phone.get_by_label("New password").fill("kit contact")
    click(phone.get_by_role("button", name="Change password"))
    look(phone)
    phone.get_by_label("Current password").fill(OLD)
    phone.get_by_label("New password").fill(NEW)
    click(phone.get_by_role("button", name="Change password"))
    expect(phone.get_by_text("Your password is changed.")).to_be_visible()


def test_every_page_of_the_account_was_met():
    """Runs last; the names that are not met are other names of pages that were, or no pages."""
    assert set(routes(accounts.urlpatterns)) - MET == {"account_login", "sign_out"}
