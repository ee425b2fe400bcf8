"""One quarterly update on its way: read it beside the last accepted one, accept it or send it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions import answers, changes, history
from actions.deadlines import date_state
from actions.forms.updates import ReviewForm
from actions.permissions import readable_submissions, reviewable
from actions.views.action import address, find_action, page_frame
from boards.signing_in import kept_words, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def submission(request, board, plan, action, submission):
    """Read a quarterly update; who keeps the plan accepts it or sends it back."""
    on = timezone.localdate()
    found = find_action(request, board, plan, action, on)
    sent = get_object_or_404(answers.with_words(readable_submissions(request.user, on)), pk=submission, action=found)
    may_review = reviewable(request.user, on).filter(pk=sent.pk).exists()
    if request.method == "POST" and not may_review:
        raise PermissionDenied
    form = ReviewForm(
        request.POST if request.method == "POST" else kept_words(request), initial={"seen": sent.revision}
    )
    newer = None
    if request.method == "POST" and form.is_valid():
        newer, said = _review(request, sent, form)
        if said:
            messages.success(request, said)
            return redirect(address(found))
        sent.refresh_from_db()
    updates = history.said(found)
    context = {
        "action": found,
        "sent": sent,
        "form": form,
        "newer": newer,
        "last": history.last_said(updates, sent.owner_id),
        "ticks": answers.ticks(sent),
        "moved": history.times_moved(found),
        "late": date_state(found.next_due, found.status, on).words,
        "may_review": may_review and sent.state == sent.State.SUBMITTED,
    }
    crumb = (f"Action {found.reference}", address(found))
    return render(request, "actions/submission.html", page_frame(request, found, on, crumb) | context)


def _review(request, sent, form):
    """(what changed meanwhile, what to say when it is done)."""
    accepts = "accept" in request.POST
    given = {"submission": sent, "revision": form.cleaned_data["seen"], "by": request.user, "at": timezone.now()}
    try:
        if accepts:
            changes.accept_submission(**given)
        else:
            changes.send_back(comment=form.cleaned_data["comment"], **given)
    except changes.NotWhole as refused:
        form.refuse(refused.owed)
        return None, ""
    except changes.Stale as refused:
        wanted = sent.State.ACCEPTED if accepts else sent.State.SENT_BACK
        if refused.newer.state != wanted or refused.newer.reviewed_by_id != request.user.pk:
            form.renew(refused.newer.revision)
            return refused, ""
    if accepts:
        return None, f"The update of {sent.owner} is accepted and on the record."
    return None, f"The update of {sent.owner} is sent back. Its people see your words when they open the action."
