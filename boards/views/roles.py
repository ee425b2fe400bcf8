"""The roles of one person of a board: another given, one covered or ended, all of them ended."""

from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from boards import changes
from boards.forms.people import AT_ONCE, ON_A_DAY, CoverForm, EndForm, GiveForm, role_words
from boards.labels import labels_of
from boards.people import people_with_roles
from boards.signing_in import signed_in
from boards.views.parts import FORM_METHODS, about, back, done, held_by, member_of, opened, said, sent, turn


@signed_in
@require_http_methods(FORM_METHODS)
def role_give(request, board, person):
    """Give a person of the board another role."""
    on = timezone.localdate()
    board = opened(request, board, on)
    member = member_of(board, person, on)
    form = GiveForm(sent(request), board=board, on=on)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        role, place = given.pop("role")
        if done(form, changes.give_role, person=member.person, role=role, on=place, **given, **turn(request)):
            messages.success(request, f"{member.person} has the role. It opens its pages from their next click on.")
            return back(request, board, member)
    context = {"form": form, "title": "Give a role", "button": "Give this role", "words": role_words(labels_of(board))}
    return render(request, "boards/question.html", context | about(request, board, member, on, below=True))


@signed_in
@require_http_methods(FORM_METHODS)
def role_end(request, board, person, place, role):
    """End a role at once, or let it end on a day."""
    on = timezone.localdate()
    board = opened(request, board, on)
    member = member_of(board, person, on)
    held = held_by(member, place, role)
    form = EndForm(sent(request), held=held.row, on=on)
    if request.method == "POST" and form.is_valid():
        when, ends = form.cleaned_data["when"], form.cleaned_data["ends"]
        verb, given = (
            (changes.end_role, {})
            if when == AT_ONCE
            else (changes.limit_role, {"ends": ends if when == ON_A_DAY else None})
        )
        if done(form, verb, held=held.row, **given, **turn(request)):
            ended = "has ended" if when == AT_ONCE else f"ends on {ends:%-d %B %Y}" if ends else "has no last day now"
            messages.success(request, f"The role {held} of {member.person} {ended}.")
            return back(request, board, member)
    context = {"form": form, "title": f"{held}: end or last day", "button": "Record it", "held": held}
    return render(request, "boards/question.html", context | about(request, board, member, on, below=True))


@signed_in
@require_http_methods(FORM_METHODS)
def role_cover(request, board, person, place, role):
    """Let somebody else do for some days what a person holds."""
    on = timezone.localdate()
    board = opened(request, board, on)
    member = member_of(board, person, on)
    held = held_by(member, place, role)
    others = people_with_roles(board, on).exclude(pk=member.person.pk)
    form = CoverForm(sent(request), people=others.filter(is_active=True), on=on)
    if request.method == "POST" and form.is_valid():
        cover = done(form, changes.cover_role, held=held.row, **form.cleaned_data, **turn(request))
        if cover:
            messages.success(
                request, f"{cover.user} covers for {member.person} until {cover.ends:%-d %B %Y}, as {held}."
            )
            return back(request, board, member)
    context = {"form": form, "title": f"{held}: cover", "button": "Let them cover", "held": held}
    return render(request, "boards/question.html", context | about(request, board, member, on, below=True))


@signed_in
@require_http_methods(FORM_METHODS)
def person_end(request, board, person):
    """End everything that a person holds on a board, once it has been confirmed."""
    on = timezone.localdate()
    board = opened(request, board, on)
    member = member_of(board, person, on)
    if request.method == "POST":
        given = {"person": member.person, "board": board, **turn(request)}
        if said(request, changes.end_every_role, **given):
            messages.success(request, f"{member.person} holds no role on this board any more.")
        return back(request, board, member)
    return render(request, "boards/person_end.html", about(request, board, member, on, below=True))
