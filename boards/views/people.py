"""People and access: who holds what on a board, who was invited, who has not come for long."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boards import changes
from boards import people as reading
from boards.forms.people import InviteForm, PeopleFilter, ReviewForm, role_words
from boards.labels import labels_of
from boards.navigation import BOARD, frame
from boards.permissions import may_audit_board, may_manage_people, word_of
from boards.signing_in import signed_in
from boards.views.parts import (
    FORM_METHODS,
    about,
    back,
    done,
    mail,
    member_of,
    opened,
    people_crumb,
    said,
    sent,
    taken,
    turn,
)

PER_PAGE = 100


@signed_in
@require_http_methods(FORM_METHODS)
def people(request, board):
    """Everybody on a board, what they hold, and when they last came; who was invited."""
    on = timezone.localdate()
    board = opened(request, board, on, may_audit_board)
    everybody = reading.members(board, on)
    here = [member for member in everybody if member.standing]
    form = PeopleFilter(request.GET, role=[(role, word) for role, word, _ in role_words()])
    found = form.matching(here, on)
    if request.method == "POST":
        name, lines = f"{board.slug}-people-{on}.csv", reading.as_lines(found)
        return taken(
            request, board, reading.HEADINGS, lines, what="who is on the board", name=name, narrowed=form.is_narrowed
        )
    managers, now = reading.managers(here), timezone.now()
    context = {
        "form": form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "total": len(here),
        "left": [member for member in everybody if not member.standing],
        "unseen": sum(member.unseen(on) for member in here),
        "only_manager": managers[0] if len(managers) == 1 else None,
        "invitations": [(asked, word_of(asked.role), reading.opens(asked, now)) for asked in reading.waiting(board)],
        "reviewed": reading.last_review(board),
        "manages": may_manage_people(request.user, board, on),
        **frame(request.user, board, BOARD, on, above=[]),
    }
    return render(request, "boards/people.html", context)


@signed_in
@require_safe
def person(request, board, person):
    """One person of a board: what they hold and held there, and what can be done about it."""
    on = timezone.localdate()
    board = opened(request, board, on, may_audit_board)
    context = {"manages": may_manage_people(request.user, board, on), "words": role_words(labels_of(board))}
    return render(request, "boards/person.html", context | about(request, board, member_of(board, person, on), on))


@signed_in
@require_http_methods(FORM_METHODS)
def invite(request, board):
    """Invite somebody who is not on the board yet."""
    on = timezone.localdate()
    board = opened(request, board, on)
    form = InviteForm(sent(request), board=board, on=on)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        role, place = given.pop("role")
        asked = done(form, changes.invite, board=board, role=role, on=place, **given, **turn(request))
        if asked:
            mail(request, *asked)
            return redirect("people", board=board.slug)
    context = {
        "form": form,
        "title": "Invite somebody",
        "button": "Send the invitation",
        "intro": "They get a mail with a link that works once, for two weeks. Who has no account yet makes one there.",
        "words": role_words(labels_of(board)),
        **frame(request.user, board, BOARD, on, above=[people_crumb(board)]),
    }
    return render(request, "boards/question.html", context)


@signed_in
@require_POST
def invitation_again(request, board, invitation):
    """Send an invitation anew: another link, the old one ends."""
    board = opened(request, board, timezone.localdate())
    found = get_object_or_404(reading.waiting(board), pk=invitation)
    asked = said(request, changes.invite_again, invitation=found, **turn(request))
    if asked:
        mail(request, *asked)
    return redirect("people", board=board.slug)


@signed_in
@require_POST
def invitation_withdraw(request, board, invitation):
    """Take an invitation back."""
    board = opened(request, board, timezone.localdate())
    found = get_object_or_404(reading.waiting(board), pk=invitation)
    if said(request, changes.withdraw_invitation, invitation=found, **turn(request)):
        messages.success(request, f"The invitation of {found.name} is withdrawn. Its link opens nothing any more.")
    return redirect("people", board=board.slug)


@signed_in
@require_http_methods(FORM_METHODS)
def access_review(request, board):
    """Look at who has not come for long, end the roles of some, and have it on the record."""
    on = timezone.localdate()
    board = opened(request, board, on)
    here = [member for member in reading.members(board, on) if member.standing]
    found = [member for member in here if member.unseen(on)]
    form = ReviewForm(sent(request), found=found)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["people"])
        given = {"board": board, "people": chosen, **turn(request)}
        if done(form, lambda **told: changes.review_access(**told) or True, **given):
            ended = f" The roles of {len(chosen)} have ended." if chosen else ""
            messages.success(request, f"It is recorded that you have looked at who comes to this board.{ended}")
            return back(request, board)
    context = {
        "form": form,
        "found": found,
        "total": len(here),
        "days": reading.UNSEEN_DAYS,
        "reviewed": reading.last_review(board),
        **frame(request.user, board, BOARD, on, above=[people_crumb(board)]),
    }
    return render(request, "boards/access_review.html", context)
