"""Updating an action: entered on the record by who keeps the plan, or written and sent in by an owner's people."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions import answers, changes, history
from actions.forms.updates import EnterUpdateForm, NoteForm, SubmitUpdateForm
from actions.permissions import owners_asked, rights_on
from actions.rounds import open_round, period_for
from actions.views.action import address, find_action, page_frame
from boards.signing_in import kept_words, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def action_update(request, board, plan, action):
    """Say how an action goes."""
    on = timezone.localdate()
    found = find_action(request, board, plan, action, on)
    rights = rights_on(request.user, found, on)
    if rights.enters:
        return _enter(request, found, rights, on)
    if rights.drafts_for:
        return _answer(request, found, rights, on)
    raise PermissionDenied


def _enter(request, found, rights, on):
    """The coordinator puts an update on the record, for the lead or a joint lead."""
    parts, period = list(owners_asked(found, on)), period_for(found.plan, on)
    said = history.said(found)
    form = EnterUpdateForm(
        _typed(request),
        initial={"seen": max((update.pk for update in said), default=0)},
        parts=parts,
        **answers.questions(found, on),
    )
    newer = None
    if request.method == "POST" and form.is_valid():
        newer, entered = answers.recorded(
            form,
            changes.enter_update,
            action=found,
            owner=form.whose,
            period=period,
            entered_for=form.cleaned_data["entered_for"],
            last_seen=form.cleaned_data["seen"],
            by=request.user,
            at=timezone.now(),
        )
        if entered:
            messages.success(request, f"Your update for {form.whose} is on the record. The history shows what changed.")
            return redirect(address(found))
    elif request.method == "POST":
        answers.ask_for_the_rest(form, found, on)
    owners = [part.owner for part in parts]
    return _page(request, found, rights, form, said, owners, {"period": period, "newer": newer, "enters": True})


def _answer(request, found, rights, on):
    """An owner's people write their quarterly update: keep it as a draft, or send it in."""
    asked = open_round(found.plan, on)
    owner = _chosen(rights.drafts_for, request.GET.get("owner"))
    sent = answers.submission_of(found, owner, asked)
    desk = answers.Desk(found, asked, sent, owner in rights.submits_for)
    said = history.said(found)
    initial = {"seen": sent.revision if sent else 0, **answers.as_typed(sent)}
    form = SubmitUpdateForm(_typed(request), initial=initial, **answers.questions(found, on))
    context = {"asked": asked, "period": asked and asked.period, "desk": desk, "sent": sent, "owner": owner}
    if request.method == "POST":
        submits = "submit" in request.POST
        if submits and owner not in rights.submits_for:
            raise PermissionDenied
        context["refused"] = not desk.open
        if desk.open and form.is_valid():
            verb = changes.submit_update if submits else changes.save_draft
            given = {"action": found, "owner": owner, "round": asked, "revision": form.cleaned_data["seen"]}
            newer, done = answers.recorded(form, verb, by=request.user, at=timezone.now(), **given)
            if done:
                return _sent(request, found, owner, submits)
            context |= {"newer": newer}
        elif desk.open and submits:
            answers.ask_for_the_rest(form, found, on)
    return _page(request, found, rights, form, said, [owner], context | {"owners": rights.drafts_for})


def _sent(request, found, owner, submits):
    if submits:
        messages.success(request, f"Your update for {owner} has been submitted. The coordinator reads it next.")
        return redirect(address(found))
    time = timezone.localtime().strftime("%H:%M")
    messages.success(request, f"Draft saved at {time}. It is not sent until you submit it.")
    return redirect(request.get_full_path())


def _typed(request):
    """What was typed: just now, or before the session was lost."""
    return request.POST if request.method == "POST" else kept_words(request)


def _chosen(owners, wanted):
    """The owner asked for in the address, which is one of these or not there at all; the first when none is asked."""
    if wanted is None:
        return owners[0]
    found = next((owner for owner in owners if str(owner.pk) == wanted), None)
    if found is None:
        raise Http404
    return found


def _page(request, found, rights, form, said, owners, context):
    notes = history.notes(found, internal=rights.keeps)
    unsent = form.data.get("words", "") if context.get("refused") else ""
    seen = max((note.pk for note in notes), default=0)
    last = [(owner, history.last_said(said, owner.pk)) for owner in owners]
    context = context | {
        "action": found,
        "form": form,
        "last": last,
        "planned": [(owner, words) for owner, words in last if words and words.next_steps],
        "notes": history.notes_since(notes, last[0][1] if last else None),
        "note_form": NoteForm(initial={"seen": seen, "words": unsent}, keeps=rights.keeps),
    }
    crumb = (f"Action {found.reference}", address(found))
    return render(request, "actions/action_update.html", page_frame(request, found, form.on, crumb) | context)
