"""Signing in and out, and one's own account. What each page does is django-allauth's; words and frame are ours."""

import json

import qrcode
from allauth.account import views as allauth
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from boards.accounts import openid, sessions
from boards.navigation import frame
from boards.permissions import needs_second_factor
from boards.signing_in import ONWARD, keep_words, signed_in, way_back

METHODS = ("get", "head", "post")


class SignIn(allauth.LoginView):
    """Sign in with e-mail and password, and come back to the page one wanted."""

    http_method_names = METHODS
    template_name = "account/sign_in.html"

    def get_success_url(self):
        return way_back(self.request)

    def get_authenticated_redirect_url(self):
        return way_back(self.request)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "next": way_back(self.request),
            "kept": self.request.POST.get("kept"),
            "work_account": openid.name(),
        }

    def form_valid(self, form):
        keep_words(self.request, form.user, way_back(self.request), form.cleaned_data["kept"])
        return super().form_valid(form)


sign_in = SignIn.as_view()


@require_POST
def sign_out(request):
    logout(request)
    messages.success(request, "You are signed out.")
    return redirect("sign_in")


class Framed:
    """A page of one's own account: in the frame of the site, below the page of the account."""

    http_method_names = METHODS
    above = True

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        crumbs = [("Your account", reverse_lazy("account"))] if self.above else []
        shown = frame(self.request.user, None, "account", timezone.localdate())
        return context | shown | {"crumbs": shown["crumbs"] + crumbs}


class Account(Framed, second.IndexView):
    """How one signs in."""

    http_method_names = ("get", "head")
    template_name = "account/account.html"
    above = False

    def get_context_data(self, **kwargs):
        ties = list(openid.ties_of(self.request.user))
        return super().get_context_data(**kwargs) | {"ties": ties, "work_account": openid.name()}


account = Account.as_view()
forgotten = allauth.PasswordResetView.as_view(http_method_names=METHODS)
forgotten_sent = allauth.PasswordResetDoneView.as_view(http_method_names=("get", "head"))


class NewPassword(allauth.PasswordResetFromKeyView):
    """Set a new password by the link that came by mail."""

    http_method_names = METHODS
    success_url = reverse_lazy("sign_in")

    def dispatch(self, request, *args, **kwargs):
        if request.method.lower() not in METHODS:
            return self.http_method_not_allowed(request)
        return super().dispatch(request, *args, **kwargs)

    def get_next_url(self):
        return None


new_password = NewPassword.as_view()


class ChangePassword(Framed, allauth.PasswordChangeView):
    """Change one's password; every other session ends."""

    success_url = reverse_lazy("account")

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_usable_password():
            return HttpResponseRedirect(reverse_lazy("account_reset_password"))
        return super().dispatch(request, *args, **kwargs)


change_password = ChangePassword.as_view()


class PasswordAgain(Framed, allauth.ReauthenticateView):
    """Give one's password again, before something about signing in is changed."""


class CodeAgain(Framed, second.ReauthenticateView):
    """The same by a code, for whoever has no password."""


password_again, code_again = PasswordAgain.as_view(), CodeAgain.as_view()


class SecondStep(second.AuthenticateView):
    """The second step of signing in: a code, a passkey or a recovery code."""

    http_method_names = METHODS

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"options": json.dumps(context["js_data"]["request_options"])}


second_step = SecondStep.as_view()


@signed_in
@require_safe
def second_factor(request):
    """Why a second step is needed, and which ones there are."""
    on = timezone.localdate()
    context = {"needed": needs_second_factor(request.user, on), **frame(request.user, None, "account", on)}
    return render(request, "account/second_factor.html", context)


class AddApp(Framed, totp.ActivateTOTPView):
    """Set up an app that shows codes: a picture to be read by it, and the first code."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        drawn = qrcode.QRCode(border=4)
        drawn.add_data(context["totp_url"])
        rows = drawn.get_matrix()
        path = "".join(f"M{x},{y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        secret = context["form"].secret
        words = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
        return context | {"picture": path, "size": len(rows), "secret": words}


class RemoveApp(Framed, totp.DeactivateTOTPView):
    success_url = reverse_lazy("account")


class AddPasskey(Framed, passkeys.AddWebAuthnView):
    """Add a passkey: the browser asks for a fingerprint, a face, a PIN or a key."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        options = json.dumps(context["js_data"]["creation_options"])
        return context | {"form": kwargs.get("form") or self.get_form(), "options": options}


class RemovePasskey(Framed, passkeys.RemoveWebAuthnView):
    success_url = reverse_lazy("account")


class RecoveryCodes(Framed, recovery.ViewRecoveryCodesView):
    """The codes that stand in for a lost telephone."""

    http_method_names = ("get", "head")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"onward": self.request.session.pop(ONWARD, "")}


class NewRecoveryCodes(Framed, recovery.GenerateRecoveryCodesView):
    """New codes; the old ones end."""


add_app, remove_app = AddApp.as_view(), RemoveApp.as_view()
add_passkey, remove_passkey = AddPasskey.as_view(), RemovePasskey.as_view()
recovery_codes, new_recovery_codes = RecoveryCodes.as_view(), NewRecoveryCodes.as_view()


@signed_in
@require_safe
def signed_in_where(request):
    """Where one is signed in, and since when."""
    found = sessions.living(request.user, timezone.now())
    context = {
        "here": [one for one in found if one.pk == request.session.get(sessions.SIGN_IN)],
        "others": [one for one in found if one.pk != request.session.get(sessions.SIGN_IN)],
    }
    shown = frame(request.user, None, "account", timezone.localdate())
    crumbs = [*shown["crumbs"], ("Your account", reverse("account"))]
    return render(request, "account/sessions.html", context | shown | {"crumbs": crumbs})


@signed_in
@require_POST
def end_session(request, pk):
    """Sign out in another browser."""
    sessions.end(get_object_or_404(sessions.sign_ins_of(request.user), pk=pk))
    messages.success(request, "You are signed out there.")
    return redirect("sessions")


@signed_in
@require_POST
def end_other_sessions(request):
    """Sign out everywhere else."""
    sessions.end_others(request.user, request.session)
    messages.success(request, "You are signed out everywhere but here.")
    return redirect("sessions")


@require_POST
def work_account(request, provider_id):
    """To the provider of work accounts, to sign in by one or to tie one to one's account."""
    return openid.login(request, provider_id)


@require_safe
def work_account_back(request, provider_id):
    """Back from there."""
    return openid.callback(request, provider_id)


@require_POST
@signed_in
@reauthentication_required(app="allauth.socialaccount")
def untie_work_account(request, pk):
    """Sign in by a work account no more."""
    openid.untie(request, get_object_or_404(openid.ties_of(request.user), pk=pk))
    return redirect("account")
