"""What the pages about people share: who may open them, and how a verb's refusal reaches the page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from boards import changes
from boards import people as reading
from boards.labels import labels_of
from boards.mail import send_invitation
from boards.navigation import BOARD, frame
from boards.permissions import ask_once, may_manage_people, readable_boards
from boards.signing_in import kept_words
from cseplan.spreadsheet import csv_of

FORM_METHODS = ["GET", "HEAD", "POST"]


def opened(request, slug, on, may=may_manage_people):
    """The board, for whoever may do this there: others who read it are refused, and for the rest it is not there."""
    board = get_object_or_404(readable_boards(request.user, on), slug=slug)
    if not may(request.user, board, on):
        raise PermissionDenied
    return board


def member_of(board, person, on):
    found = reading.member(board, person, on)
    if found is None:
        raise Http404
    return found


def held_by(member, place, role):
    """A role that is not over."""
    found = [held for held in member.standing if held.kind == place and held.row.pk == role]
    if not found:
        raise Http404
    return found[0]


def turn(request):
    return {"by": request.user, "at": timezone.now()}


def attached(content, name, content_type="text/csv; charset=utf-8"):
    """A file to keep, under a name of ours."""
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})


def taken(request, subject, headings, lines, *, what, name, narrowed=False):
    """A list of a board or a plan (`subject`) as a table to take away; that it was taken is written down."""
    given = {"subject": subject, "what": what, "file_name": name, "narrowed": narrowed}
    changes.export_list(**given, **turn(request))
    return attached(csv_of(headings, lines), name)


def sent(request):
    return request.POST if request.method == "POST" else kept_words(request)


def done(form, verb, **given):
    """What a verb gives, or nothing: then its refusal stands on the form."""
    try:
        return verb(**given)
    except ValidationError as refused:
        told = getattr(refused, "error_dict", {})
        form.add_error(None, refused if told.keys() <= form.fields.keys() else refused.messages)
        return None


def said(request, verb, **given):
    """What a verb gives, or nothing: then its refusal is said on the next page."""
    try:
        return verb(**given)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return None


def mail(request, invitation, key):
    """Send the link, and say so; or say that it could not be sent."""
    try:
        send_invitation(invitation, request.build_absolute_uri(reverse("invitation", args=[key])))
    except OSError:
        messages.error(request, f"The mail to {invitation.email} could not be sent. Send the invitation again later.")
    else:
        messages.success(request, f"The invitation of {invitation.name} was sent to {invitation.email}.")


def asked(request, board, form, verb, told, *, title, button, given, to="settings", intro=""):
    """A page that asks for what a verb needs, does it, says so and goes back to what it is part of."""
    if request.method == "POST" and form.is_valid() and done(form, verb, **given, **form.cleaned_data, **turn(request)):
        messages.success(request, told)
        return redirect(to, board=board.slug)
    above = [settings_crumb(board)] + ([owners_crumb(board)] if to == "owners" else [])
    context = {"form": form, "title": title, "button": button, "intro": intro}
    context |= frame(request.user, board, BOARD, timezone.localdate(), above=above)
    return render(request, "boards/question.html", context)


def settings_crumb(board):
    return ("Board settings", reverse("settings", args=[board.slug]))


def owners_crumb(board):
    return (labels_of(board).owner.Many, reverse("owners", args=[board.slug]))


def people_crumb(board):
    return ("People and access", reverse("people", args=[board.slug]))


def about(request, board, member, on, *, below=False):
    """What every page about one person shows."""
    above = [people_crumb(board)]
    if below:
        above.append((str(member.person), reverse("person", args=[board.slug, member.person.pk])))
    return {"member": member, **frame(request.user, board, BOARD, on, above=above)}


def back(request, board, member=None):
    """The page one came from; for who has just ended their own right to it, their work."""
    ask_once(request.user)
    if not may_manage_people(request.user, board, timezone.localdate()):
        return redirect("your_work")
    return redirect("person", board.slug, member.person.pk) if member else redirect("people", board.slug)
