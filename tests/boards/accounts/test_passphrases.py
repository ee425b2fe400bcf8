"""Which passphrases are refused, and how the refusal reads."""

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from boards.accounts.passphrases import SHORTEST
from boards.models import User
from cseplan import settings as product


@pytest.fixture
def person(board):
    return User.objects.create_user("robin.hathersage@elmfield.example.org", "Robin Hathersage")


@pytest.mark.parametrize(
    "good",
    [
        "kettle marble otter",
        "o" * 5 + "kettle marble",
        "ÄÖÜ kettle otter",
        "plans for kettle marble otter",
        "Robin eats marble kettles",
        "4071 8832 9946 5510",
    ],
)
def test_length_is_enough_without_capitals_digits_or_signs(person, good):
    validate_password(good, person)


@pytest.mark.parametrize(("typed", "length"), [("k", 1), ("kettle marble!", 14)])
def test_a_short_one_is_refused_and_told_by_how_much(person, typed, length):
    with pytest.raises(ValidationError) as refused:
        validate_password(typed, person)
    assert refused.value.messages[0] == f"Your password must be 15 characters or more. It is {length}."


def test_the_shortest_allowed_is_allowed(person):
    assert len("kettle marble o") == SHORTEST
    validate_password("kettle marble o", person)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("aaaaaaaaaaaaaaaaaaaa", "repeats the same few characters"),
        ("abcabcabcabcabcabc", "repeats the same few characters"),
        ("sunshine20262026!!", "attackers try first"),
        ("Sunshine-----------", "attackers try first"),
        ("passwordpassword1", "“password”"),
        ("Password Password 12", "“password”"),
        ("cseplan-cseplan-2026", "“cseplan”"),
        ("Safeguarding-Board-1", "“safeguarding”"),
        ("northshire northshire", "“northshire”"),
        ("hathersage.robin.12", "“hathersage”"),
        ("robin.hathersage@elmfield", "“hathersage”"),
        ("Welcome-September-26", "“september”"),
    ],
)
def test_a_long_one_that_others_would_guess_is_refused_and_told_why(person, typed, why):
    with pytest.raises(ValidationError) as refused:
        validate_password(typed, person)
    (message,) = refused.value.messages
    assert why in message


def test_what_is_refused_for_one_may_be_right_for_another(person, manager):
    with pytest.raises(ValidationError):
        validate_password("hathersage robin", person)
    validate_password("hathersage robin", manager)


def test_a_passphrase_is_kept_as_argon2(settings):
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS  # the tests themselves hash fast
    kept = make_password("kettle marble otter")
    assert kept.startswith("argon2$argon2id$")
    assert Argon2PasswordHasher().verify("kettle marble otter", kept)
