"""What is asked of somebody who is signed in before they come to any page, whichever it is."""

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from boards.accounts import sessions
from boards.permissions import ask_once, needs_second_factor
from boards.signing_in import ONWARD, keep_words, words_of


class SessionLimitsMiddleware:
    """Signs out whoever was idle for too long or has been signed in for too long; what they sent is kept."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if SESSION_KEY in request.session:
            at = timezone.now()
            why = sessions.over(request.session, at)
            if why:
                logout(request)
                messages.info(request, why)
            else:
                sessions.touch(request.session, at)
        return self.get_response(request)


def listen():
    """Hear of everybody who signs in or out, by whatever door. Called while Django starts."""
    user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)
    for signal in (password_changed, password_reset):
        signal.connect(_password_is_new)


def _signed_in(sender, request, user, **kwargs):
    sessions.begin(request, user, timezone.now())


def _signed_out(sender, request, user, **kwargs):
    if user:
        sessions.sign_ins_of(user).filter(pk=request.session.get(sessions.SIGN_IN)).delete()


def _password_is_new(sender, request, user, **kwargs):
    sessions.password_is_new(user, request.session)


WITHOUT = frozenset(
    {
        "sign_in",
        "account_login",
        "sign_out",
        "second_factor",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
    }
)
"""What somebody may open who needs a second factor and has none: the way to one, and the way out."""


class SecondFactorMiddleware:
    """Leads whoever needs a second factor and has none to where one is set up, from every other page of the site."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated:
            return None
        ask_once(request.user)
        if request.resolver_match.url_name in WITHOUT or not lacks_second_factor(request.user, timezone.localdate()):
            return None
        request.session[ONWARD] = request.get_full_path() if request.method == "GET" and not request.htmx else ""
        keep_words(request, request.user, request.get_full_path(), words_of(request))
        if request.htmx:
            return HttpResponseClientRedirect(reverse("second_factor"))
        return redirect("second_factor")


def lacks_second_factor(user, on):
    """Whether this person needs a second factor today and has set up neither app nor passkey."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return needs_second_factor(user, on) and not is_mfa_enabled(user, kinds)
