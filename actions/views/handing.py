"""Handing an action over to another owner: the offer, and its answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions import changes, offers
from actions.forms.handing import AnswerForm, OfferForm, RecordForm
from actions.permissions import (
    may_read,
    offerable_parts,
    owners_known,
    people_who_answer_for,
    readable_offers,
    rights_on,
    rights_on_offer,
)
from actions.views.action import address, find_action, page_frame
from boards.middleware import watch
from boards.signing_in import kept_words, signed_in
from boards.views.parts import FORM_METHODS, done, sent, turn


@signed_in
@require_http_methods(FORM_METHODS)
def hand_over(request, board, plan, action):
    """Ask another owner to take over who leads an action, or joins in leading it."""
    on = timezone.localdate()
    found = find_action(request, board, plan, action, on)
    parts = list(offerable_parts(request.user, found, on))
    if not parts:
        raise PermissionDenied
    form = OfferForm(
        sent(request),
        board=found.plan.board,
        parts=parts,
        owners=owners_known(request.user, found.plan.board, on),
        keeps=rights_on(request.user, found, on).keeps,
        on=on,
    )
    if request.method == "POST" and form.is_valid():
        offer = done(form, changes.offer_action, action=found, **form.cleaned_data, **turn(request))
        if offer:
            messages.success(
                request,
                f"{offer.to_owner} is asked to take over. Until they answer, {offer.from_owner} has the action.",
            )
            return redirect(address(found, "offer", offer.pk))
    context = {"action": found, "parts": parts, "form": form}
    crumb = (f"Action {found.reference}", address(found))
    return render(request, "actions/hand_over.html", page_frame(request, found, on, crumb) | context)


@signed_in
@require_http_methods(FORM_METHODS)
def offer(request, board, plan, action, offer):
    """One offer: what it is about, and for those who may, the answer."""
    on = timezone.localdate()
    found = _find_offer(request, board, plan, action, offer, on)
    rights = rights_on_offer(request.user, found, on)
    form = (RecordForm if rights.records else AnswerForm)(kept_words(request))
    if request.method == "POST":
        form, told = _answer(request, found, rights)
        if told:
            messages.success(request, told)
            return redirect(address(found.action) if may_read(request.user, found.action, on) else "your_work")
        found.refresh_from_db()
    reads = may_read(request.user, found.action, on)
    crumbs = [(f"Action {found.action.reference}", address(found.action))] if reads else []
    context = {
        "offer": found,
        "action": found.action,
        "rights": rights,
        "form": form,
        "reads": reads,
        "nobody": not people_who_answer_for(found.to_owner, on).exists(),
    }
    return render(request, "actions/offer.html", page_frame(request, found.action, on, *crumbs) | context)


def _find_offer(request, board, plan, action, offer, on):
    """The offer at an address, when this person may read it. Of an action of limited circulation it is written down."""
    at_address = {"action": action, "action__plan__slug": plan, "action__plan__board__slug": board}
    found = get_object_or_404(offers.with_words(readable_offers(request.user, on)), pk=offer, **at_address)
    if found.action.limited:
        watch(request, found.action)
    return found


BUTTONS = ("accept", "record", "withdraw", "refuse")


def _answer(request, found, rights):
    """(the form, what to say when it is done); nothing to say where the verb refused."""
    button = next((name for name in BUTTONS if name in request.POST), "refuse")
    may = {"record": rights.records, "withdraw": rights.withdraws}
    if not may.get(button, rights.answers):
        raise PermissionDenied
    verb, told = {
        "accept": (changes.accept_offer, f"{found.to_owner} has taken over, and is asked for updates from now on."),
        "record": (changes.accept_offer, f"{found.to_owner} has taken over from {found.from_owner}."),
        "withdraw": (changes.withdraw_offer, f"{found.to_owner} is no longer asked. {found.from_owner} goes on."),
        "refuse": (changes.refuse_offer, f"You have refused for {found.to_owner}. {found.from_owner} goes on."),
    }[button]
    form = (RecordForm if button == "record" else AnswerForm)(request.POST)
    if not form.is_valid():
        return form, ""
    given = form.cleaned_data if button in ("record", "refuse") else {}
    return form, told if done(form, verb, offer=found, **given, **turn(request)) else ""
