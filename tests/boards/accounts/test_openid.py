"""Signing in with a work account, against a provider that runs here and signs real tokens."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from boards.accounts.openid import identity
from boards.models import User
from tests.boards.accounts.provider import CLIENT, TENANT, Provider

PASSWORD = "a long word"
SUBJECT = "subject-of-kit"


@pytest.fixture(scope="module")
def running():
    provider = Provider()
    yield provider
    provider.close()


@pytest.fixture
def provider(running, settings):
    """Switched on, as the settings do it."""
    running.asked.clear()
    running.calls_itself = None
    running.switch_on(settings)
    return running


@pytest.fixture
def tied(cast, provider):
    """The contact's account, tied to a work account."""
    claims = {"iss": provider.issuer, "tid": TENANT, "sub": SUBJECT}
    SocialAccount.objects.create(user=cast.contact, provider="work", uid=identity(claims), extra_data=claims)
    return cast


def set_out(client, **sent):
    """What the provider is asked when the button is pressed."""
    response = client.post(reverse("openid_connect_login"), sent)
    assert response.status_code == 302, response.content
    return dict(parse_qsl(urlsplit(response.url).query))


def come_back(client, provider, asked, **claims):
    told = {"sub": SUBJECT, "nonce": asked["nonce"], **claims}
    code = provider.grant(asked["code_challenge"], **told)
    return client.get(reverse("openid_connect_callback"), {"code": code, "state": asked["state"]})


def sign_in(client, provider, **claims):
    return come_back(client, provider, set_out(client), **claims)


def test_where_no_provider_is_named_there_is_no_such_door(client, cast):
    assert client.post(reverse("openid_connect_login")).status_code == 404
    assert client.get(reverse("openid_connect_callback")).status_code == 404
    assert "Sign in with your" not in client.get(reverse("sign_in")).content.decode()


def test_the_provider_is_asked_for_who_it_is_and_nothing_more(client, tied, provider):
    assert "Sign in with your council account" in client.get(reverse("sign_in")).content.decode()
    asked = set_out(client)
    assert asked["scope"] == "openid"
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["nonce"]) > 30
    assert asked["redirect_uri"] == "http://testserver/sign-in/work-account/back/"


def test_a_good_token_gets_in_and_back_to_the_page_one_wanted(client, tied, provider):
    asked = set_out(client, next="/boards/elmshire/")
    assert come_back(client, provider, asked).url == "/boards/elmshire/"
    assert get_user(client) == tied.contact


OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"nonce": ""},
        {"aud": "another-client"},
        {"aud": ["another-client", CLIENT]},
        {"aud": None},
        {"iss": "http://localhost:1/other/v2.0"},
        {"iss": None},
        {"exp": 1_000_000_000},
        {"exp": None},
        {"sub": None},
        {"key": OTHER_KEY},
        {"kid": "unknown"},
        {"key": CLIENT * 4, "algorithm": "HS256"},
        {"key": "", "algorithm": "none"},
    ],
    ids=lambda lie: " ".join(
        f"{name}={str(value)[:12] if name != 'key' else 'another'}" for name, value in lie.items()
    ),
)
@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_a_token_that_is_not_in_order_does_not_get_in(client, tied, provider, lie):
    response = sign_in(client, provider, **lie)
    assert response.url == reverse("sign_in")
    assert not get_user(client).is_authenticated
    assert "Your work account could not be used." in client.get(response.url).content.decode()


def test_a_provider_that_calls_itself_something_else_is_not_believed(client, tied, provider):
    provider.calls_itself = "http://localhost/elsewhere"
    assert sign_in(client, provider).url == reverse("sign_in")
    assert not get_user(client).is_authenticated


def test_an_answer_to_somebody_elses_question_does_not_get_in(client, tied, provider):
    theirs = set_out(Client())
    code = provider.grant(theirs["code_challenge"], sub=SUBJECT, nonce=theirs["nonce"])
    for state in (theirs["state"], "made-up", ""):
        response = client.get(reverse("openid_connect_callback"), {"code": code, "state": state})
        assert response.url == reverse("sign_in")
    assert not get_user(client).is_authenticated
    assert provider.asked == []


def test_an_answer_counts_once(client, tied, provider):
    asked = set_out(client)
    come_back(client, provider, asked)
    client.post(reverse("sign_out"))
    come_back(client, provider, asked)
    assert not get_user(client).is_authenticated


def test_a_code_that_another_browser_asked_for_is_not_exchanged(client, tied, provider):
    asked, theirs = set_out(client), set_out(Client())
    code = provider.grant(theirs["code_challenge"], sub=SUBJECT, nonce=asked["nonce"])
    client.get(reverse("openid_connect_callback"), {"code": code, "state": asked["state"]})
    assert len(provider.asked) == 1
    assert not get_user(client).is_authenticated


@pytest.mark.parametrize(
    ("error", "said"),
    [("access_denied", "You did not sign in with your work account."), ("server_error", "could not be used")],
)
def test_who_turns_back_at_the_provider_is_told_so(client, tied, provider, error, said):
    asked = set_out(client)
    response = client.get(reverse("openid_connect_callback"), {"error": error, "state": asked["state"]}, follow=True)
    assert said in response.content.decode()


def test_another_address_there_is_still_the_same_person_and_changes_nothing_here(client, tied, provider):
    before = tied.contact.email
    sign_in(client, provider, email="married.name@example.org", preferred_username="somebody@example.org")
    assert get_user(client) == tied.contact
    tied.contact.refresh_from_db()
    assert tied.contact.email == before
    assert set(SocialAccount.objects.get().extra_data) == {"iss", "tid", "sub"}


@pytest.mark.parametrize("other", [{"sub": "somebody-else"}, {"tid": "99999999-0000"}, {"tid": None}])
def test_the_same_address_of_somebody_else_does_not_get_in(client, tied, provider, other):
    response = sign_in(client, provider, email=tied.contact.email, email_verified=True, **other)
    page = client.get(response.url).content.decode()
    assert "is not tied to an account here" in page
    assert not get_user(client).is_authenticated
    assert SocialAccount.objects.count() == 1
    assert User.objects.filter(email=tied.contact.email).count() == 1


def test_nobody_gets_an_account_by_coming_from_there(client, cast, provider):
    people = User.objects.count()
    sign_in(client, provider, email="new@example.org", email_verified=True)
    assert User.objects.count() == people
    assert not SocialAccount.objects.exists()


def test_a_closed_account_does_not_get_in(client, tied, provider):
    User.objects.filter(pk=tied.contact.pk).update(is_active=False)
    assert sign_in(client, provider).url == reverse("sign_in")
    assert not get_user(client).is_authenticated


def test_the_second_step_is_asked_for_here_too(client, tied, provider):
    TOTP.activate(tied.contact, "JBSWY3DPEHPK3PXP")
    assert sign_in(client, provider).url == reverse("mfa_authenticate")
    assert not get_user(client).is_authenticated


def test_whoever_is_signed_in_ties_a_work_account_to_their_own_and_is_told_by_mail(client, cast, provider, mailoutbox):
    client.force_login(cast.nurse)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    response = come_back(client, provider, set_out(client, process="connect"))
    assert response.url == reverse("account")
    assert "You can sign in with your work account" in client.get(response.url).content.decode()
    assert SocialAccount.objects.get().user == cast.nurse
    assert mailoutbox[-1].subject == "A work account was tied to your account"
    other = Client()
    sign_in(other, provider)
    assert get_user(other) == cast.nurse


def test_tying_asks_for_the_password_first(client, cast, provider):
    client.force_login(cast.nurse)
    response = come_back(client, provider, set_out(client, process="connect"))
    assert response.url == reverse("account_reauthenticate")
    assert not SocialAccount.objects.exists()
    client.post(response.url, {"password": "wrong"})
    assert not SocialAccount.objects.exists()
    client.post(response.url, {"password": PASSWORD})
    assert SocialAccount.objects.get().user == cast.nurse


def test_a_work_account_is_tied_to_one_account_only(client, tied, provider):
    client.force_login(tied.nurse)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    response = come_back(client, provider, set_out(client, process="connect"))
    assert "tied to somebody else’s account" in client.get(response.url).content.decode()
    assert SocialAccount.objects.get().user == tied.contact


def test_who_is_not_signed_in_ties_nothing(client, cast, provider):
    come_back(client, provider, set_out(client, process="connect"))
    assert not SocialAccount.objects.exists()
    assert not get_user(client).is_authenticated


def test_a_work_account_is_untied_by_its_owner_alone(client, tied, provider, mailoutbox):
    tie = SocialAccount.objects.get()
    where = reverse("untie_work_account", args=[tie.pk])
    for person, left in ((tied.nurse, 1), (tied.contact, 0)):
        client.force_login(person)
        assert client.post(where).url.startswith(reverse("account_reauthenticate"))
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        assert client.post(where).status_code == (404 if left else 302)
        assert SocialAccount.objects.count() == left
    assert mailoutbox[-1].subject == "The work account is no longer tied to your account"
