"""The link of an invitation: whoever was invited makes their account, or accepts with the one they have."""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from boards import changes, people
from boards.forms.people import JoinForm
from boards.labels import labels_of
from boards.permissions import what_may, word_of
from boards.views.parts import done, said

GONE = 410


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, key):
    """Accept an invitation. A link that was used, is too old or is not whole says so, and nothing else."""
    at = timezone.now()
    found = people.invitation_of(key, at)
    if found is None:
        return render(request, "boards/invitation_over.html", status=GONE)
    context = {"invitation": found, "role": word_of(found.role), "may": what_may(found.role, labels_of(found.board))}
    if request.user.is_authenticated:
        theirs = request.user.email == found.email
        if request.method == "POST" and theirs:
            if said(request, changes.accept_invitation, invitation=found, person=request.user, at=at):
                return _welcome(request, found)
            return redirect("your_work")
        return render(request, "boards/invitation.html", context | {"theirs": theirs})
    if people.has_account(found.email):
        return render(request, "boards/invitation.html", context | {"has_account": True})
    form = JoinForm(request.POST if request.method == "POST" else None, initial={"name": found.name}, email=found.email)
    if request.method == "POST" and form.is_valid():
        person = done(form, changes.join, invitation=found, **form.cleaned_data, at=at)
        if person:
            login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
            record_authentication(request, person, method="password", email=person.email)
            return _welcome(request, found)
    return render(request, "boards/invitation.html", context | {"form": form})


def _welcome(request, found):
    messages.success(request, f"You are on {found.board}: {word_of(found.role)} of {found.place}.")
    return redirect("your_work")
