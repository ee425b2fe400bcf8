"""Signing in, and coming back: the way back, and what was typed when a session was lost.

A form that arrives after its sender was signed out is not thrown away: the sign-in page carries its words along, and
the page they belong to shows them again. Nothing of it is stored before somebody has signed in.
"""

import json
import re
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from boards.accounts.forms import LONGEST_KEPT, SignInForm

KEPT = "words typed while signed out"
_SECRET = re.compile("csrf|password|passage|credential|^code$")
ONWARD = "where somebody wanted to go who first had to set up a second factor"


def way_back(request):
    """Where somebody goes after signing in: the page they asked for when it is one of ours, otherwise their work."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    if not safe or not wanted.startswith("/") or wanted.startswith(reverse("sign_in")):
        return reverse("your_work")
    return wanted


def signed_in(view):
    """As Django's `login_required`; the words of a form sent after the session was lost are carried along."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        words = words_of(request)
        if not words:
            return redirect_to_login(request.get_full_path())
        form = SignInForm(request=request, initial={"kept": words})
        # Without the button for work accounts: the words are carried by this form alone.
        return render(request, "account/sign_in.html", {"form": form, "next": request.get_full_path(), "kept": True})

    return guarded


def keep_words(request, person, path, packed):
    """Put the carried words of somebody whose password was right where their page finds them, and nobody else's."""
    if packed:
        request.session[KEPT] = [path, packed, person.pk]


def kept_words(request):
    """The words this person had typed on this page when their session was lost, as a form's data; None otherwise."""
    path, packed, person = request.session.get(KEPT, ("", "", None))
    if request.method != "GET" or path != request.get_full_path() or person != request.user.pk:
        return None
    del request.session[KEPT]
    messages.info(request, "What you typed before you were signed out is here again. It has not been sent yet.")
    return _unpacked(packed)


def words_of(request):
    """What a form sent, to be carried along; nothing when there is none of it, or more than a page of ours has."""
    posted = request.POST if request.method == "POST" else {}
    words = {name: posted.getlist(name) for name in posted if not _SECRET.search(name)}
    packed = json.dumps(words) if words else ""
    return packed if len(packed) <= LONGEST_KEPT else ""


def _unpacked(packed):
    try:
        words = json.loads(packed)
        data = QueryDict(mutable=True)
        for name, values in words.items():
            data.setlist(name, [str(value) for value in values])
    except (ValueError, AttributeError, TypeError):
        return None
    return data
