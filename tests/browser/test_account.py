"""Signing in and one's own account, in a real browser: every page readable by everyone, at any width."""

import re
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from csp.constants import SELF
from django.core import mail
from django.urls import resolve
from playwright.sync_api import expect

from boards.accounts import urls as accounts
from boards.models import Board
from tests import builders
from tests.boards.accounts.provider import Provider
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
    click(page.get_by_role("button", name="Sign in", exact=True))


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


def test_somebody_signs_out_elsewhere(page, phone, cast, look):
    sign_in(page, cast.contact.email)
    sign_in(phone, cast.contact.email)
    click(page.get_by_role("link", name="Kit Contact"))
    click(page.get_by_role("link", name="Show where you are signed in"))
    look(page)
    phone.goto("/account/sessions/")
    look(phone)
    click(page.get_by_role("button", name="Sign out there"))
    expect(page.get_by_text("You are signed out there.")).to_be_visible()
    expect(page.get_by_text("You are signed in nowhere else.")).to_be_visible()
    phone.goto("/account/")
    expect(phone.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.fixture
def strict(cast):
    """The board asks whoever may write for a second factor."""
    Board.objects.update(second_factor_required=True)
    return cast


def again(page, look):
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    look(page)
    page.get_by_label("Your password", exact=True).fill(OLD)
    click(page.get_by_role("button", name="Go on"))


def code_of(secret):
    counter = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(secret.replace(" ", ""), counter))


def test_a_contact_sets_up_an_app_on_a_phone_and_signs_in_with_it(phone, strict, look):
    sign_in(phone, strict.contact.email)
    expect(phone.get_by_role("heading", name="A second step for signing in")).to_be_visible()
    look(phone)
    click(phone.get_by_role("button", name="Set up an app"))
    again(phone, look)
    expect(phone.get_by_role("img", name="QR code for your app")).to_be_visible()
    phone.get_by_text("The app cannot read the picture").click()
    secret = phone.locator(".app-key").inner_text()
    look(phone)
    phone.get_by_label("Code", exact=True).fill("1")
    click(phone.get_by_role("button", name="Use this app"))
    look(phone)
    assert phone.locator(".app-key").text_content() == secret
    phone.get_by_label("Code", exact=True).fill(code_of(secret))
    click(phone.get_by_role("button", name="Use this app"))
    codes = phone.locator(".app-codes code").all_inner_texts()
    assert len(codes) == 10
    look(phone)
    click(phone.get_by_role("button", name="I have kept them: go on"))
    expect(phone.get_by_role("heading", name="Your work")).to_be_visible()
    click(phone.get_by_role("button", name="Sign out"))

    sign_in(phone, strict.contact.email)
    expect(phone.get_by_role("heading", name="Second step")).to_be_visible()
    look(phone)
    phone.get_by_label("Code", exact=True).fill("000000")
    click(phone.get_by_role("button", name="Sign in", exact=True))
    look(phone)
    phone.get_by_label("Code", exact=True).fill(codes[0])
    click(phone.get_by_role("button", name="Sign in", exact=True))
    expect(phone.get_by_role("heading", name="Your work")).to_be_visible()
    click(phone.get_by_role("link", name="Kit Contact"))
    expect(phone.get_by_text("9 left")).to_be_visible()
    click(phone.get_by_role("link", name="Show your recovery codes"))
    again(phone, look)
    click(phone.get_by_role("link", name="Make new codes"))
    look(phone)
    click(phone.get_by_role("button", name="Make new codes"))
    assert codes[1] not in phone.locator(".app-codes code").all_inner_texts()
    phone.goto("/account/")
    click(phone.get_by_role("link", name="Remove the app for codes"))
    look(phone)
    click(phone.get_by_role("button", name="Remove the app"))
    expect(phone.get_by_role("heading", name="A second step for signing in")).to_be_visible()


def test_a_coordinator_makes_a_passkey_and_signs_in_with_it(page, strict, look):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    sign_in(page, strict.coordinator.email)
    click(page.get_by_role("button", name="Add a passkey"))
    again(page, look)
    look(page)
    page.get_by_label("A name for it").fill("Work laptop")
    click(page.get_by_role("button", name="Add a passkey"))
    expect(page.get_by_text("Your passkey is added.")).to_be_visible()
    (made,) = devtools.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert made["rpId"] == "localhost"
    click(page.get_by_role("button", name="I have kept them: go on"))
    click(page.get_by_role("button", name="Sign out"))

    sign_in(page, strict.coordinator.email)
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    devtools.send("WebAuthn.removeCredential", {"authenticatorId": device, "credentialId": made["credentialId"]})
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("The passkey was not used.")).to_be_visible()
    look(page)
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    devtools.send("WebAuthn.addCredential", {"authenticatorId": device, "credential": made})
    click(page.get_by_role("button", name="Use a passkey"))
    expect(page.get_by_role("heading", name="Your work")).to_be_visible()

    click(page.get_by_role("link", name="Casey Coordinator"))
    expect(page.get_by_text("Work laptop, added on")).to_be_visible()
    look(page)
    click(page.get_by_role("link", name="Remove the passkey Work laptop"))
    again(page, look)
    look(page)
    click(page.get_by_role("button", name="Remove the passkey"))
    expect(page.get_by_role("heading", name="A second step for signing in")).to_be_visible()
    assert mail.outbox[-1].subject == "A passkey was removed from your account"


def test_without_scripts_a_passkey_is_not_offered_and_the_page_says_what_to_do(scriptless, strict):
    sign_in(scriptless, strict.coordinator.email)
    click(scriptless.get_by_role("button", name="Add a passkey"))
    scriptless.get_by_label("Your password", exact=True).fill(OLD)
    click(scriptless.get_by_role("button", name="Go on"))
    expect(scriptless.get_by_text("Your browser cannot make a passkey here")).to_be_visible()
    assert not scriptless.get_by_role("button", name="Add a passkey").is_visible()
    expect(scriptless.get_by_role("link", name="Set up an app that shows codes")).to_be_visible()


@pytest.fixture
def provider(settings):
    running = Provider()
    running.switch_on(settings)
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    origin = running.issuer.removesuffix(urlsplit(running.issuer).path)
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**directives, "form-action": [SELF, origin]}}
    yield running
    running.close()


def test_a_chair_ties_their_work_account_and_signs_in_with_it(page, cast, provider, look):
    sign_in(page, cast.chair.email)
    click(page.get_by_role("link", name="Charlie Chair"))
    look(page)
    click(page.get_by_role("button", name="Tie it to your account"))
    again(page, look)
    expect(page.get_by_text("You can sign in with your work account from now on.")).to_be_visible()
    look(page)
    click(page.get_by_role("button", name="Sign out"))
    look(page)
    click(page.get_by_role("button", name="Sign in with your council account"))
    expect(page.get_by_role("heading", name="Your work")).to_be_visible()
    assert page.url.endswith("/")


def test_every_page_of_the_account_was_met():
    """Runs last; the names that are not met are other names of pages that were, or no pages."""
    assert set(routes(accounts.urlpatterns)) - MET == {
        "account_login", "mfa_index", "sign_out", "end_session", "end_other_sessions",
        "openid_connect_login", "openid_connect_callback", "untie_work_account",
        "mfa_reauthenticate",  # the same page as account_reauthenticate, with another box
    }  # fmt: skip
