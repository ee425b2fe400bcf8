"""Signing in and out."""

from django.contrib import messages
from django.contrib.auth import login, logout
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from boards.forms import SignInForm
from boards.signing_in import keep_words, way_back


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@never_cache
def sign_in(request):
    """Sign in with e-mail and password, and come back to the page one wanted."""
    back = way_back(request)
    if request.user.is_authenticated:
        return redirect(back)
    form = SignInForm(request, data=request.POST if request.method == "POST" else None)
    if form.is_valid():
        login(request, form.get_user())
        keep_words(request, back, form.cleaned_data["kept"])
        return redirect(back)
    return render(request, "boards/sign_in.html", {"form": form, "next": back, "kept": request.POST.get("kept")})


@require_POST
def sign_out(request):
    logout(request)
    messages.success(request, "You are signed out.")
    return redirect("sign_in")
