"""Whoever may write needs more than a password: who that is, and that no door stands open until they have it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from boards.accounts.middleware import WITHOUT
from boards.changes import give_role
from boards.models import Board, User
from boards.permissions import needs_second_factor
from tests.builders import TODAY, at, make_plan, moment
from tests.doors import world
from tests.doors.sent import SENT
from tests.doors.table import LINES, PEOPLE, address

PASSWORD = "a long word"
SECRET = "JBSWY3DPEHPK3PXP"
SET_UP = "/account/second-step/"


@pytest.fixture
def strict(cast):
    """The board asks for a second factor."""
    Board.objects.update(second_factor_required=True)
    return cast


def code(secret=SECRET, ahead=0):
    """What an app shows now."""
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1] + ahead))


def sign_in(client, person):
    return client.post(reverse("sign_in"), {"login": person.email, "password": PASSWORD, "next": "/"})


def with_app(person):
    TOTP.activate(person, SECRET)
    return person


NEED = {"manager", "coordinator", "approver", "contact", "contributor", "nurse", "chair", "operational chair"} | {
    "secretary", "cover", "manager there", "coordinator there", "contact there", "chair there",
}  # fmt: skip


def test_all_who_may_write_need_one_and_nobody_else(db):
    made = world.build()
    people = {name: person for name, person in made.people.items() if person}
    assert needs_second_factor(people.pop("second factor missing"), TODAY), "one of their boards asks for it"
    assert not any(needs_second_factor(person, TODAY) for person in people.values())
    Board.objects.update(second_factor_required=True)
    assert {name for name, person in people.items() if needs_second_factor(person, TODAY)} == NEED
    Board.objects.filter(pk=made.here.board.pk).update(second_factor_required=False)
    assert {name for name, person in people.items() if needs_second_factor(person, TODAY)} == {
        name for name in NEED if name.endswith("there")
    }


def test_a_new_board_asks_for_one():
    assert Board().second_factor_required is True


def test_every_door_leads_to_setting_one_up_until_it_is(db):
    made = world.build()
    Board.objects.filter(pk=made.here.board.pk).update(second_factor_required=True)
    client, wrong, tried = Client(), [], 0
    client.force_login(made.people["coordinator"])
    with at(TODAY):
        for line in LINES:
            if line.route in WITHOUT:
                continue
            sent = SENT.get(line.route, {"words": "Words"}) if line.method == "POST" else None
            where = address(line.route, made.objects, line.object)
            response = getattr(client, line.method.lower())(where, sent or {})
            tried += 1
            if (response.status_code, response.headers.get("Location")) != (302, SET_UP):
                wrong.append(f"{line}: {response.status_code}")
    assert not wrong
    assert tried > 60


def test_the_way_to_one_and_the_way_out_stand_open(client, strict):
    client.force_login(strict.coordinator)
    assert client.get(SET_UP).status_code == 200
    for name in sorted(WITHOUT - {"account_reset_password_from_key"}):
        response = client.get(reverse(name))
        assert response.headers.get("Location") != SET_UP, name
    assert client.post(reverse("sign_out")).url == reverse("sign_in")


def test_what_may_be_opened_without_one_is_on_the_list_of_routes():
    assert {line.route for line in LINES} >= WITHOUT


@pytest.mark.parametrize("person", ["member", "scrutineer", "stranger"])
def test_who_only_reads_is_not_asked(client, strict, person):
    client.force_login(getattr(strict, person))
    assert client.get("/").status_code == 200


def test_a_role_that_was_just_given_is_asked_for_at_the_next_request(client, strict):
    client.force_login(strict.stranger)
    with at(TODAY):
        assert client.get("/").status_code == 200
        give_role(person=strict.stranger, role="approver", on=strict.board, by=strict.manager, at=moment(TODAY))
        assert client.get("/").url == SET_UP


def test_words_that_were_sent_without_one_are_there_again_afterwards(client, strict):
    action = make_plan(strict, actions=1).actions.get()
    where = reverse("action_update", args=[action.board.slug, action.plan.slug, action.pk])
    client.force_login(strict.coordinator)
    with at(TODAY):
        assert client.post(where, {"words": "An hour of work."}).url == SET_UP
        assert not action.updates.exists()
        with_app(strict.coordinator)
        assert "An hour of work." in client.get(where).content.decode()


def test_no_password_is_kept_among_the_words(client, strict):
    client.force_login(strict.coordinator)
    sent = {"oldpassword": PASSWORD, "password1": "kettle marble otter"}
    assert client.post(reverse("account_change_password"), sent).url == SET_UP
    assert "kettle" not in str(dict(client.session))
    assert PASSWORD not in str(dict(client.session))


def test_a_part_of_a_page_asks_the_browser_to_go_there(client, strict):
    client.force_login(strict.coordinator)
    response = client.get("/", headers={"hx-request": "true"})
    assert response.headers["HX-Redirect"] == SET_UP


def set_up_app(client, person):
    """Give the password again, read the picture, enter the first code."""
    page = client.get(reverse("mfa_activate_totp"))
    assert page.url.startswith(reverse("account_reauthenticate"))
    page = client.post(page.url, {"password": PASSWORD, "next": reverse("mfa_activate_totp")})
    text = client.get(page.url).content.decode()
    secret = re.search(r'app-key">([A-Z2-7 ]+)<', text)[1].replace(" ", "")
    return secret, client.post(page.url, {"code": f"{code(secret)[:3]} {code(secret)[3:]}"})


def test_setting_up_an_app_leads_past_the_recovery_codes_to_the_page_one_wanted(
    transactional_db, client, strict, mailoutbox
):
    with at(TODAY):
        sign_in(client, strict.coordinator)
        assert client.get("/boards/elmshire/").url == SET_UP
        _, response = set_up_app(client, strict.coordinator)
        assert response.url == reverse("mfa_view_recovery_codes")
        page = client.get(response.url).content.decode()
        assert len(re.findall(r"<code>\d{8}</code>", page)) == 10
        assert 'href="/boards/elmshire/"' in page
        assert client.get("/boards/elmshire/").status_code == 200
    assert mailoutbox[-1].subject == "An app for codes was added to your account"
    assert mailoutbox[-1].to == [strict.coordinator.email]


def test_a_wrong_password_or_a_wrong_first_code_sets_up_nothing(client, strict):
    client.force_login(strict.coordinator)
    page = client.post(reverse("account_reauthenticate"), {"password": "wrong"}).content.decode()
    assert "Your password is not right." in page
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.post(reverse("mfa_activate_totp"), {"code": "123"}).content.decode()
    assert "That code is not right" in page
    assert not Authenticator.objects.exists()


def test_after_the_password_comes_the_code_and_then_the_page_one_wanted(client, strict):
    with_app(strict.coordinator)
    response = client.post(
        reverse("sign_in"), {"login": strict.coordinator.email, "password": PASSWORD, "next": "/boards/elmshire/"}
    )
    assert response.url == reverse("mfa_authenticate")
    assert not get_user(client).is_authenticated
    assert client.get("/boards/elmshire/").url.startswith(reverse("sign_in"))
    page = client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "That code is not right" in page
    assert not get_user(client).is_authenticated
    assert client.post(reverse("mfa_authenticate"), {"code": code()}).url == "/boards/elmshire/"
    assert get_user(client) == strict.coordinator


def test_a_code_works_once(strict):
    with_app(strict.coordinator)
    shown = code()
    for works in (True, False):
        client = Client()
        sign_in(client, strict.coordinator)
        client.post(reverse("mfa_authenticate"), {"code": shown})
        assert get_user(client).is_authenticated is works


def test_a_recovery_code_works_once(strict):
    with_app(strict.coordinator)
    recovery = RecoveryCodes.activate(strict.coordinator).get_unused_codes()[0]
    for works in (True, False):
        client = Client()
        sign_in(client, strict.coordinator)
        client.post(reverse("mfa_authenticate"), {"code": recovery})
        assert get_user(client).is_authenticated is works


def test_guessing_codes_is_stopped(client, strict):
    with_app(strict.coordinator)
    sign_in(client, strict.coordinator)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    page = client.post(reverse("mfa_authenticate"), {"code": code()}).content.decode()
    assert "tried too often" in page
    assert not get_user(client).is_authenticated


def test_an_account_closed_between_the_two_steps_does_not_get_in(client, strict):
    with_app(strict.coordinator)
    sign_in(client, strict.coordinator)
    User.objects.filter(pk=strict.coordinator.pk).update(is_active=False)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert not get_user(client).is_authenticated


def test_a_new_password_by_mail_does_not_get_round_the_second_step(client, strict, mailoutbox):
    with_app(strict.coordinator)
    client.post(reverse("account_reset_password"), {"email": strict.coordinator.email})
    page = client.get(re.search(r"http://testserver(/\S+)", mailoutbox[0].body)[1]).url
    client.post(page, {"password1": "kettle marble otter"})
    assert not get_user(client).is_authenticated
    response = client.post(reverse("sign_in"), {"login": strict.coordinator.email, "password": "kettle marble otter"})
    assert response.url == reverse("mfa_authenticate")


def test_whoever_takes_their_app_away_is_led_to_another_and_told_by_mail(client, strict, mailoutbox):
    with_app(strict.coordinator)
    client.force_login(strict.coordinator)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert client.get("/").url == SET_UP
    assert mailoutbox[-1].subject == "The app for codes was removed from your account"


def test_new_recovery_codes_end_the_old_ones_and_are_told_by_mail(transactional_db, client, strict, mailoutbox):
    with_app(strict.coordinator)
    old = RecoveryCodes.activate(strict.coordinator).get_unused_codes()
    client.force_login(strict.coordinator)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_generate_recovery_codes"))
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", page)) == 10
    assert not any(one in page for one in old)
    assert mailoutbox[-1].subject == "New recovery codes were made for your account"


def test_somebody_elses_passkey_is_not_there(client, strict):
    theirs = Authenticator.objects.create(user=strict.nurse, type="webauthn", data={"name": "Laptop"})
    with_app(strict.coordinator)
    client.force_login(strict.coordinator)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for method in (client.get, client.post):
        assert method(reverse("mfa_remove_webauthn", args=[theirs.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk).exists()


def test_who_has_no_password_proves_it_anew_by_a_code(client, strict):
    with_app(strict.coordinator)
    strict.coordinator.set_unusable_password()
    strict.coordinator.save()
    client.force_login(strict.coordinator)
    page = client.get(reverse("mfa_deactivate_totp"))
    assert page.url.startswith(reverse("mfa_reauthenticate"))
    assert client.post(page.url, {"code": "000000"}).status_code == 200
    assert client.post(page.url, {"code": code()}).url == reverse("mfa_deactivate_totp")


def test_the_people_of_the_table_are_all_here():
    assert set(PEOPLE) >= NEED
