"""Signing in and out, and one's own account. What each page does is django-allauth's; words and frame are ours."""

from allauth.account import views as allauth
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from boards.navigation import frame
from boards.signing_in import keep_words, signed_in, way_back

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


@signed_in
@require_safe
def account(request):
    """How one signs in."""
    return render(request, "account/account.html", frame(request.user, None, "account", timezone.localdate()))


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
