"""How long somebody stays signed in, where they see it, and how they end it from elsewhere."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from boards.accounts.sessions import browser_of
from boards.models import SignIn, User
from tests.builders import TODAY, make_plan, moment

PASSWORD = "a long word"
BEGAN = moment(TODAY, 9)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 (KHTML, like Gecko) Version/18.0 Safari/604"
)


@pytest.fixture
def clock():
    with time_machine.travel(BEGAN, tick=False) as clock:
        yield clock


def sign_in(person, agent=FIREFOX, address="192.0.2.7"):
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    client.post(reverse("sign_in"), {"login": person.email, "password": PASSWORD})
    assert get_user(client) == person
    return client


def is_in(client):
    return client.get(reverse("account")).status_code == 200


@pytest.mark.parametrize(("minutes", "still"), [(59, True), (60, True), (61, False)])
def test_who_is_idle_for_too_long_is_signed_out(clock, cast, minutes, still):
    client = sign_in(cast.contact)
    clock.shift(timedelta(minutes=minutes))
    assert is_in(client) is still


def test_who_is_busy_stays_but_not_for_ever(clock, cast):
    client = sign_in(cast.contact)
    for _ in range(24):
        clock.shift(timedelta(minutes=30))
        assert is_in(client)
    clock.shift(timedelta(minutes=1))
    assert not is_in(client)


def test_the_page_says_why_one_was_signed_out_and_leads_back(clock, cast):
    client = sign_in(cast.contact)
    clock.shift(timedelta(hours=2))
    response = client.get("/boards/elmshire/", follow=True)
    page = response.content.decode()
    assert "nothing had happened for a while" in page
    assert 'name="next" value="/boards/elmshire/"' in page
    assert not SignIn.objects.exists()


def test_words_that_were_sent_too_late_are_kept(clock, cast):
    action = make_plan(cast, actions=1).actions.get()
    where = reverse("action_update", args=[action.board.slug, action.plan.slug, action.pk])
    client = sign_in(cast.coordinator)
    clock.shift(timedelta(hours=2))
    response = client.post(where, {"words": "An hour of work."})
    kept = response.context["form"]["kept"].value()
    client.post(
        reverse("sign_in"), {"login": cast.coordinator.email, "password": PASSWORD, "next": where, "kept": kept}
    )
    assert "An hour of work." in client.get(where).content.decode()


def test_limits_are_settings(clock, cast, settings):
    settings.SESSION_IDLE_SECONDS = 60
    client = sign_in(cast.contact)
    clock.shift(timedelta(seconds=61))
    assert not is_in(client)


def test_the_list_shows_where_one_is_signed_in_and_when_each_was_last_used(clock, cast):
    here = sign_in(cast.contact)
    clock.shift(timedelta(minutes=20))
    sign_in(cast.contact, SAFARI, "198.51.100.20")
    sign_in(cast.nurse, address="203.0.113.9")
    page = here.get(reverse("sessions")).content.decode()
    assert "Firefox on Linux" in page
    assert "Safari on iPhone" in page
    assert "198.51.100.20" in page
    assert "28 September 2026, 10:20" in page
    assert "203.0.113.9" not in page
    clock.shift(timedelta(minutes=50))
    assert "Safari on iPhone" in here.get(reverse("sessions")).content.decode()
    clock.shift(timedelta(minutes=20))
    assert "Safari on iPhone" not in here.get(reverse("sessions")).content.decode()


def test_a_visit_is_written_down_once_a_minute(clock, cast):
    client = sign_in(cast.contact)
    clock.shift(timedelta(seconds=59))
    is_in(client)
    assert SignIn.objects.get().seen_at == BEGAN
    clock.shift(timedelta(seconds=2))
    is_in(client)
    assert SignIn.objects.get().seen_at == BEGAN + timedelta(seconds=61)


def test_one_can_be_ended_from_another(cast):
    here, there, third = sign_in(cast.contact), sign_in(cast.contact, SAFARI), sign_in(cast.contact)
    row = SignIn.objects.get(browser="Safari on iPhone")
    response = here.post(reverse("end_session", args=[row.pk]), follow=True)
    assert "You are signed out there." in response.content.decode()
    assert not is_in(there)
    assert is_in(here)
    assert is_in(third)
    assert not Session.objects.filter(pk=row.session_key).exists()


def test_all_others_can_be_ended_at_once(cast):
    here, there, nurse = sign_in(cast.contact), sign_in(cast.contact), sign_in(cast.nurse)
    here.post(reverse("end_other_sessions"))
    assert [is_in(client) for client in (here, there, nurse)] == [True, False, True]


def test_nobody_ends_somebody_elses(cast):
    mine, theirs = sign_in(cast.contact), sign_in(cast.nurse)
    row = SignIn.objects.get(user=cast.nurse)
    assert mine.post(reverse("end_session", args=[row.pk])).status_code == 404
    assert is_in(theirs)


def test_signing_out_leaves_the_list(cast):
    client = sign_in(cast.contact)
    client.post(reverse("sign_out"))
    assert not SignIn.objects.exists()


def test_a_new_password_ends_the_others_and_their_rows(cast):
    here, there = sign_in(cast.contact), sign_in(cast.contact, SAFARI)
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "kettle marble otter"})
    assert is_in(here)
    assert not is_in(there)
    row = SignIn.objects.get()
    assert row.browser == "Firefox on Linux"
    assert row.session_key == here.session.session_key


def test_whoever_signs_in_where_somebody_else_was_has_a_sign_in_of_their_own(client, cast):
    for person in (cast.nurse, cast.contact):
        client.force_login(person)
    page = client.get(reverse("sessions"))
    assert [one.user for one in page.context["here"]] == [cast.contact]
    client.force_login(cast.nurse)
    assert client.get(reverse("sessions")).context["others"] == []


def test_a_closed_account_is_out_at_its_next_request(cast):
    client = sign_in(cast.contact)
    User.objects.filter(pk=cast.contact.pk).update(is_active=False)
    assert not is_in(client)


def test_a_session_of_before_there_was_a_list_is_over(cast):
    client = sign_in(cast.contact)
    session = client.session
    for name in ("sign-in", "sign-in began", "sign-in seen"):
        del session[name]
    session.save()
    assert not is_in(client)


def test_sign_ins_that_are_over_leave_the_list_at_the_next_one(clock, cast):
    sign_in(cast.contact)
    clock.shift(timedelta(hours=13))
    sign_in(cast.contact)
    assert SignIn.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (FIREFOX, "Firefox on Linux"),
        (SAFARI, "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/120.0 Safari/537 Edg/120.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) AppleWebKit/537 Chrome/120.0 Safari/537", "Chrome on Mac"),
        ("curl/8.0", "Another browser"),
        ("", "Another browser"),
    ],
)
def test_a_browser_in_two_words(told, name):
    assert browser_of(told) == name
