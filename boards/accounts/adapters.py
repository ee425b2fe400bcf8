"""What is ours about signing in, where django-allauth asks: who gets in, what counts as one attempt, our words."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

WRONG = (
    "The e-mail address or the password is not right. Check both, and capital letters in the password. If you cannot"
    " sign in, ask your board’s business manager."
)
TOO_OFTEN = "That was tried too often from here. Wait ten minutes, then try again."

SAID = {
    "account/messages/password_changed.txt": "Your password is changed.",
    "mfa/messages/totp_activated.txt": "Your app gives you a code from now on when you sign in.",
    "mfa/messages/totp_deactivated.txt": "Your app is no longer asked for when you sign in.",
    "mfa/messages/webauthn_added.txt": "Your passkey is added.",
    "mfa/messages/webauthn_removed.txt": "The passkey is removed.",
    "socialaccount/messages/account_connected.txt": "You can sign in with your work account from now on.",
    "socialaccount/messages/account_connected_updated.txt": "That work account is tied to your account already.",
    "socialaccount/messages/account_connected_other.txt": "That work account is tied to somebody else’s account.",
    "socialaccount/messages/account_disconnected.txt": "The work account is no longer tied to your account.",
}
"""What a page says after something was done; what is not here is said by nobody."""

NOTICES = {
    "account/email/password_changed": "Your password was changed",
    "mfa/email/totp_activated": "An app for codes was added to your account",
    "mfa/email/totp_deactivated": "The app for codes was removed from your account",
    "mfa/email/webauthn_added": "A passkey was added to your account",
    "mfa/email/webauthn_removed": "A passkey was removed from your account",
    "mfa/email/recovery_codes_generated": "New recovery codes were made for your account",
    "socialaccount/email/account_connected": "A work account was tied to your account",
    "socialaccount/email/account_disconnected": "The work account is no longer tied to your account",
    "account/email/password_reset": "Your password was changed by a link sent to this address",
}
"""The subject of the mail about each change of how one signs in."""


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code is not right, or no longer. Enter the one your app shows now.",
        "cannot_generate_recovery_codes": "Recovery codes stand in for an app or a passkey. Set up one of those first.",
    }

    def generate_authenticator_name(self, user, type):
        return "Passkey"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
        "enter_current_password": "Your current password is not right.",
        "incorrect_password": "Your password is not right.",
    }

    def is_open_for_signup(self, request):
        """Accounts are made by invitation."""
        return False

    def is_ajax(self, request):
        """There is one way to sign in, and it is a page."""
        return False

    def is_safe_url(self, url):
        """A page of this site, by its path; nothing else is a way back."""
        return bool(url) and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_login_redirect_url(self, request):
        return reverse(settings.LOGIN_REDIRECT_URL)

    def _get_login_attempts_cache_key(self, request, **credentials):
        """One account from one client: failures elsewhere are not counted against whoever the account belongs to."""
        return f"{get_ip(request)} {credentials.get('email', '')}"

    def authenticate(self, request, **credentials):
        """A closed account reads like a wrong password."""
        user = super().authenticate(request, **credentials)
        return user if user and user.is_active else None

    def get_reauthentication_methods(self, user):
        """How somebody who is signed in proves it anew: by password, or by a code where they have none."""
        if user.is_authenticated and user.has_usable_password():
            return [{"id": "reauthenticate", "description": "Password", "url": reverse("account_reauthenticate")}]
        if is_mfa_enabled(user):
            return [{"id": "mfa_reauthenticate", "description": "Code", "url": reverse("mfa_reauthenticate")}]
        return []

    def is_reauthentication_required(self, *, app, **kwargs):
        """Before one's second factor is changed, unless there is nothing yet to prove it by."""
        return bool(self.get_reauthentication_methods(context.request.user))

    def respond_user_inactive(self, request, user):
        messages.error(request, WRONG)
        return HttpResponseRedirect(reverse("sign_in"))

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        said = message or SAID.get(message_template)
        if said:
            messages.add_message(request, level, said)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        told = {**(context or {}), "what": NOTICES[template_prefix], "person": user}
        super().send_notification_mail("account/email/notice", user, told, email=user.email)
