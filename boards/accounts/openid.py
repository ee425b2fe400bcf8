"""Signing in with a work account: OpenID Connect (Entra ID), when the settings name a provider.

A person there is who the provider says by issuer, tenant and subject together, and nothing else: an e-mail address
can be given to somebody else, so it is neither asked for nor kept. An account here is tied to a work account only by
whoever is signed in to it. The token that says who came is checked here in full, signature and nonce included, though
allauth would take it on trust from the provider's own line.
"""

import logging
import secrets
from hashlib import sha256
from json import dumps

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal.flows.connect import disconnect
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

log = logging.getLogger(__name__)

ALGORITHMS = ("RS256", "PS256", "ES256")
NEEDED = ("iss", "aud", "exp", "iat", "sub", "nonce")
NOT_TIED = (
    "That work account is not tied to an account here. Sign in with your password, then tie it on the page of your"
    " account."
)
SLACK = 60
"""Seconds that two clocks may differ."""


def name():
    """What the work accounts are called; empty when none may be used."""
    return next((app["name"] for app in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"].get("APPS", ())), "")


def ties_of(user):
    """The work accounts tied to one person's account."""
    return SocialAccount.objects.filter(user=user)


def untie(request, tie):
    disconnect(request, tie)


def identity(claims):
    """One text for one person at one provider, of a length a column has room for."""
    return sha256(dumps([claims["iss"], claims.get("tid", ""), claims["sub"]]).encode()).hexdigest()


class WorkAccountClient(OpenIDConnectOAuth2Adapter):
    """What is said to the provider, and what is believed of its answer."""

    state: dict

    def complete_login(self, request, app, token, response):
        claims = self.checked(app, response.get("id_token", ""))
        return self.get_provider().sociallogin_from_response(request, claims)

    def checked(self, app, credential):
        """The claims of a token that is the provider's, for us, in time, and the answer to what we just asked."""
        try:
            issuer = app.settings["issuer"]
            if self.openid_config["issuer"] != issuer:
                raise OAuth2Error(f"the provider calls itself {self.openid_config['issuer']!r}, not {issuer!r}")
            claims = jwt.decode(
                credential,
                self._key(jwt.get_unverified_header(credential)["kid"]),
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=issuer,
                leeway=SLACK,
                options={"require": NEEDED, "strict_aud": True},
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error(f"the token is no good: {error!r}") from error
        asked = self.state.get("nonce", "")
        if not asked or not secrets.compare_digest(str(claims["nonce"]), asked):
            raise OAuth2Error("the token answers another question")
        return claims

    def _key(self, kid):
        with get_adapter().get_requests_session() as session:
            found = session.get(self.openid_config["jwks_uri"])
            found.raise_for_status()
        return jwt.PyJWKSet.from_dict(found.json())[kid]


class WorkAccountProvider(OpenIDConnectProvider):
    oauth2_adapter_class = WorkAccountClient

    def get_default_scope(self):
        return ["openid"]

    def redirect(self, request, process, next_url=None, data=None, **kwargs):
        nonce = secrets.token_urlsafe(32)
        kwargs |= {"auth_params": {"nonce": nonce}, "scope": self.get_scope(), "nonce": nonce}
        return super().redirect(request, process, next_url, data, **kwargs)

    def extract_uid(self, data):
        return identity(data)

    def extract_extra_data(self, data):
        return {name: data[name] for name in ("iss", "tid", "sub") if name in data}

    def extract_common_fields(self, data):
        return {}

    def extract_email_addresses(self, data):
        return []


class WorkAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request, sociallogin):
        """No account is made by signing in; a work account that is tied to none does not get in."""
        self._back(request, NOT_TIED)

    def get_connect_redirect_url(self, request, socialaccount):
        return reverse("account")

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        if error == AuthError.CANCELLED:
            self._back(request, "You did not sign in with your work account.")
        log.warning("A work account was refused: %s", exception or error)
        self._back(request, "Your work account could not be used. Try again, or sign in with your password.")

    def _back(self, request, said):
        messages.error(request, said)
        raise ImmediateHttpResponse(redirect("account" if request.user.is_authenticated else "sign_in"))


class Back(OAuth2CallbackView):
    """What was asked is remembered where the answer is checked."""

    def _get_state(self, request, provider):
        state, response = super()._get_state(request, provider)
        self.adapter.state = state or {}
        return state, response


def login(request, provider_id):
    return _visited(OAuth2LoginView, request, provider_id)


def callback(request, provider_id):
    return _visited(Back, request, provider_id)


def _visited(view, request, provider_id):
    """404 where no provider is named."""
    try:
        return view.adapter_view(WorkAccountClient(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
