"""The page of one action: the promise, where it stands, what was said, and what happened; progress notes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actions import changes, date_requests, history, offers
from actions.facts import facts
from actions.forms.updates import NoteForm
from actions.listing import listed
from actions.permissions import readable, readable_submissions, rights_on
from actions.reading import rows
from boards.middleware import watch
from boards.navigation import PLANS, frame
from boards.signing_in import kept_words, signed_in


@signed_in
@require_safe
def action(request, board, plan, action):
    """Everything about one action."""
    on = timezone.localdate()
    return _page(request, find_action(request, board, plan, action, on), on)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def note(request, board, plan, action):
    """Add a progress note; on the same page when there is something to put right."""
    on = timezone.localdate()
    found = find_action(request, board, plan, action, on)
    rights = rights_on(request.user, found, on)
    if not rights.updates:
        raise PermissionDenied
    form = NoteForm(request.POST if request.method == "POST" else kept_words(request), keeps=rights.keeps)
    if not form.is_bound:
        return redirect(address(found))
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, on, form)
    typed = form.cleaned_data
    changes.add_note(
        action=found,
        words=typed["words"],
        internal=typed.get("internal", False),
        last_seen=typed["seen"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, "Your note is kept. It stands under “What was said each quarter”.")
    return redirect(address(found))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_seen(request, board, plan, action, evidence):
    """A coordinator has seen a piece of evidence with their own eyes."""
    on = timezone.localdate()
    found = find_action(request, board, plan, action, on)
    seen = get_object_or_404(found.evidence.select_related("board", "action"), pk=evidence)
    if not rights_on(request.user, found, on).enters:
        raise PermissionDenied
    if request.method == "POST":
        changes.see_evidence(evidence=seen, by=request.user, at=timezone.now())
        messages.success(request, "It is recorded that you have seen this evidence.")
    return redirect(f"{address(found)}#evidence")


def find_action(request, board, plan, action, on):
    """The action at an address, when this person may read it and its parts belong together; otherwise 404.

    Whoever is shown a page of one of limited circulation stands in the access log.
    """
    actions = readable(request.user, on).select_related("board", "plan__board", "version", "section", "timescale")
    found = get_object_or_404(actions, pk=action, plan__slug=plan, plan__board__slug=board)
    if found.limited:
        watch(request, found)
    return found


def address(action, name="action", *more):
    """The address of one of the pages of an action."""
    return reverse(name, args=[action.plan.board.slug, action.plan.slug, action.pk, *more])


def page_frame(request, action, on, *above):
    """The frame of a page of an action, or of a page below it."""
    plan = action.plan
    plan_page = (plan.title, reverse("plan", args=[plan.board.slug, plan.slug]))
    return frame(request.user, plan.board, PLANS, on, above=[plan_page, *above])


def _page(request, found, on, note_form=None):
    user, plan = request.user, found.plan
    may_read = readable(user, on)
    row = rows(listed(may_read, [plan], on), [found.pk], on=on, at=timezone.now())[0]
    rights = rights_on(user, found, on)
    updates = history.said(found)
    notes = history.notes(found, internal=rights.keeps)
    submissions = readable_submissions(user, on)
    unseen_form = NoteForm(initial={"seen": max((note.pk for note in notes), default=0)}, keeps=rights.keeps)
    context = {
        "row": row,
        "action": row.action,
        "facts": facts(row, on, readable=may_read),
        "rights": rights,
        "waiting": history.waiting(found, submissions),
        "offers": offers.open_on(found),
        "date_requests": date_requests.open_on(found),
        "own": history.on_their_way(found, submissions, rights.drafts_for),
        "quarters": history.quarters(found, updates, notes, on),
        "timeline": history.timeline(
            found,
            internal=rights.keeps,
            on_their_way=rights.reads_drafts or rights.drafts_for,
            limit=None if request.GET.get("history") == "all" else history.SHOWN,
        ),
        "note_form": (note_form or unseen_form) if rights.updates else None,
        "form": note_form,
    }
    return render(request, "actions/action.html", page_frame(request, found, on) | context)
