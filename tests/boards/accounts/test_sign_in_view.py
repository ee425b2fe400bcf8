"""Signing in and out, and coming back with what was typed when the session had been lost."""

import pytest
from django.contrib.auth import get_user
from django.urls import reverse

from boards.models import User
from tests.builders import TODAY, at, make_board, make_plan

PASSWORD = "a long word"


@pytest.fixture(autouse=True)
def today():
    with at(TODAY):
        yield


@pytest.fixture
def cast(db):
    return make_board()


@pytest.fixture
def action(cast):
    return make_plan(cast, actions=1).actions.get()


def update_page(action):
    return reverse("action_update", args=[action.board.slug, action.plan.slug, action.pk])


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(reverse("sign_in"), {"login": email, "password": password, **more})


def test_somebody_signs_in_with_e_mail_and_password_whatever_the_capitals(client, cast):
    response = sign_in(client, f"  {cast.contact.email.upper()} ")
    assert (response.status_code, response.url) == (302, reverse("your_work"))
    assert get_user(client) == cast.contact


@pytest.mark.parametrize("email", ["kit.elmshire@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_read_alike_and_keep_the_address(client, cast, email):
    response = sign_in(client, email, "wrong")
    page = response.content.decode()
    assert "The e-mail address or the password is not right." in page
    assert f'value="{email}"' in page
    assert "There is a problem" in page
    assert "Error: Sign in" in page
    assert 'value="wrong"' not in page


@pytest.mark.parametrize("asked", [{"accept": "application/json"}, {"x-requested-with": "XMLHttpRequest"}])
def test_a_script_gets_the_page_that_everybody_gets(client, cast, asked):
    response = client.post(reverse("sign_in"), {"login": cast.contact.email, "password": "wrong"}, headers=asked)
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"


def test_an_empty_form_says_what_to_enter(client, db):
    page = client.post(reverse("sign_in"), {}).content.decode()
    assert "Enter your e-mail address" in page
    assert "Enter your password" in page


def test_somebody_whose_account_was_ended_does_not_get_in(client, cast):
    User.objects.filter(pk=cast.contact.pk).update(is_active=False)
    assert "is not right" in sign_in(client, cast.contact.email).content.decode()


def test_a_page_asked_for_without_a_session_comes_after_signing_in(client, cast, action):
    response = client.get(update_page(action))
    assert response.url == f"{reverse('sign_in')}?next={update_page(action)}"
    page = client.get(response.url).content.decode()
    assert f'name="next" value="{update_page(action)}"' in page
    assert sign_in(client, cast.coordinator.email, next=update_page(action)).url == update_page(action)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.com/",
        "//example.com",
        "javascript:alert(1)",
        "/sign-in/?next=/sign-in/",
        "\\\\evil",
        "abc",
        "0",
        "%FF",
        '">',
    ],
)
def test_nobody_is_sent_to_another_site_or_round_in_circles(client, cast, elsewhere):
    assert sign_in(client, cast.contact.email, next=elsewhere).url == reverse("your_work")
    client.force_login(cast.contact)
    assert client.get(reverse("sign_in"), {"next": elsewhere}).url == reverse("your_work")


def test_words_sent_after_the_session_was_lost_are_there_again_after_signing_in(client, cast, action):
    typed = {"words": "Typed before the session was lost. \u202e", "rating": "", "seen": "0", "status": "in_progress"}
    response = client.post(update_page(action), typed)
    page = response.content.decode()
    assert "What you typed was not sent" in page
    kept = response.context["form"]["kept"].value()
    wrong = sign_in(client, cast.coordinator.email, "wrong", next=update_page(action), kept=kept)
    assert wrong.context["form"]["kept"].value() == kept
    response = sign_in(client, cast.coordinator.email, next=update_page(action), kept=kept)
    assert "Typed before the session was lost." in client.get(response.url).content.decode()
    assert "Typed before the session was lost." not in client.get(response.url).content.decode()
    assert not action.updates.exists()


@pytest.mark.parametrize("kept", ["not json", "[1]", '"words"', '{"words": 3}', "null"])
def test_nonsense_in_place_of_kept_words_does_no_harm(client, cast, action, kept):
    response = sign_in(client, cast.coordinator.email, next=update_page(action), kept=kept)
    assert client.get(response.url).status_code == 200


def test_more_words_than_a_page_has_are_not_carried_along(client, action):
    response = client.post(update_page(action), {"words": "x" * 200_000})
    assert response.url == f"{reverse('sign_in')}?next={update_page(action)}"


def test_signing_out_is_a_post_and_says_so(client, cast):
    client.force_login(cast.contact)
    assert client.get(reverse("sign_out")).status_code == 405
    response = client.post(reverse("sign_out"), follow=True)
    assert "You are signed out." in response.content.decode()
    assert not get_user(client).is_authenticated
