"""Setting a forgotten password by mail, changing one's own, and hearing of it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from boards.models import User

OLD, NEW = "a long word", "kettle marble otter"


def ask(client, email):
    return client.post(reverse("account_reset_password"), {"email": email})


def link_in(mail):
    return re.search(r"http://testserver(/\S+)", mail.body)[1]


@pytest.fixture
def form_page(client, cast, mailoutbox):
    """Where the link of the contact's mail leads."""
    ask(client, cast.contact.email)
    return client.get(link_in(mailoutbox[0])).url


def test_a_link_is_sent_to_whoever_has_an_account_whatever_the_capitals(client, cast, mailoutbox):
    response = ask(client, f" {cast.contact.email.upper()} ")
    assert response.url == reverse("account_reset_password_done")
    assert [mail.to for mail in mailoutbox] == [[cast.contact.email]]
    assert mailoutbox[0].subject == "Set a new password for cseplan"


def test_nothing_tells_who_has_an_account(client, cast, mailoutbox):
    User.objects.filter(pk=cast.nurse.pk).update(is_active=False)
    for email in ("nobody@example.org", cast.nurse.email):
        assert ask(client, email).url == reverse("account_reset_password_done")
    assert mailoutbox == []


@pytest.mark.parametrize(("typed", "why"), [("", "Enter your e-mail address"), ("kit", None)])
def test_a_line_that_is_no_address_sends_nothing(client, db, mailoutbox, typed, why):
    page = ask(client, typed)
    assert why is None or why in page.content.decode()
    assert mailoutbox == []


def test_by_the_link_a_new_password_is_set_and_told_and_the_old_one_is_gone(client, cast, form_page, mailoutbox):
    assert "set-password" in form_page
    response = client.post(form_page, {"password1": NEW}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("sign_in")
    assert "Your password is changed." in response.content.decode()
    assert not get_user(client).is_authenticated
    cast.contact.refresh_from_db()
    assert cast.contact.check_password(NEW)
    assert mailoutbox[-1].to == [cast.contact.email]
    assert mailoutbox[-1].subject == "Your password was changed by a link sent to this address"


def test_a_password_that_is_no_good_is_refused_beside_the_box(client, cast, form_page):
    page = client.post(form_page, {"password1": "kit kit kit kit"}).content.decode()
    assert "Error: Set a new password" in page
    assert "repeats the same few characters" in page
    cast.contact.refresh_from_db()
    assert cast.contact.check_password(OLD)


def test_a_link_works_once(client, cast, form_page, mailoutbox):
    client.post(form_page, {"password1": NEW})
    assert "This link does not work" in Client().get(link_in(mailoutbox[0])).content.decode()


def test_a_link_works_for_an_hour(client, cast, mailoutbox):
    ask(client, cast.contact.email)
    for minutes, works in [(59, True), (62, False)]:
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            response = Client().get(link_in(mailoutbox[0]))
            assert (response.status_code == 302) is works


@pytest.mark.parametrize("spoiled", ["/forgotten-password/1-abc/", "/forgotten-password/zzzzzz-abc-def/"])
def test_a_link_that_was_made_up_does_not_work(client, cast, spoiled):
    page = client.get(spoiled)
    assert page.status_code == 200
    assert "This link does not work" in page.content.decode()


def test_the_link_never_leads_to_another_site(client, cast, mailoutbox):
    ask(client, cast.contact.email)
    page = client.get(f"{link_in(mailoutbox[0])}?next=https://example.com/").url
    response = client.post(page, {"password1": NEW, "next": "https://example.com/"})
    assert response.url == reverse("sign_in")


def change(client, old=OLD, new=NEW):
    return client.post(reverse("account_change_password"), {"oldpassword": old, "password1": new})


def test_somebody_changes_their_password_stays_signed_in_here_and_is_out_elsewhere(cast, mailoutbox):
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.force_login(cast.contact)
    response = change(here)
    assert response.url == reverse("account")
    assert "Your password is changed." in here.get(response.url).content.decode()
    assert elsewhere.get(reverse("account")).status_code == 302
    assert mailoutbox[-1].subject == "Your password was changed"
    assert cast.contact.email in mailoutbox[-1].body
    assert "127.0.0.1" in mailoutbox[-1].body


def test_the_current_password_has_to_be_right(client, cast, mailoutbox):
    client.force_login(cast.contact)
    page = change(client, old="something else").content.decode()
    assert "Your current password is not right." in page
    assert mailoutbox == []
    cast.contact.refresh_from_db()
    assert cast.contact.check_password(OLD)


def test_an_empty_form_says_what_to_enter(client, cast):
    client.force_login(cast.contact)
    page = change(client, "", "").content.decode()
    assert "Enter your current password" in page
    assert "Enter a new password" in page


def test_who_has_no_password_sets_one_by_mail(client, cast):
    cast.contact.set_unusable_password()
    cast.contact.save()
    client.force_login(cast.contact)
    assert client.get(reverse("account_change_password")).url == reverse("account_reset_password")


def test_nobody_signs_up(client, db):
    assert client.get("/signup/").status_code == 404
    assert "Accounts are made by invitation" in client.get(reverse("sign_in")).content.decode()
