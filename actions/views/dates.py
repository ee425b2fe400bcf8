"""Another date that somebody asked for: what it is about, and for those who decide, the decision."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions import changes, date_requests, history
from actions.deadlines import OPEN, date_state, how_much_later
from actions.forms.promises import DateDecision
from actions.permissions import readable_requests, rights_on_request
from actions.views.action import address, page_frame
from boards.middleware import watch
from boards.signing_in import signed_in
from boards.views.parts import FORM_METHODS, done, sent, turn


@signed_in
@require_http_methods(FORM_METHODS)
def date_request(request, board, plan, action, asked):
    """One request for another date, and its decision or the form for it."""
    on = timezone.localdate()
    at_address = {"pk": asked, "action": action, "action__plan__slug": plan, "action__plan__board__slug": board}
    found = _find_request(request, at_address, on)
    rights = rights_on_request(request.user, found, on)
    form = DateDecision(
        sent(request),
        board=found.board,
        on=on,
        due=found.action.due,
        names_meeting=rights.names_meeting,
        agrees="agree" in request.POST,
    )
    if request.method == "POST":
        if not rights.decides:
            raise PermissionDenied
        told = _decide(request, found, form)
        if told:
            messages.success(request, told)
            return redirect(address(found.action))
        found = _find_request(request, at_address, on)
        if form.non_field_errors():
            form.see(found.action.due)
    context = {"asked": found, "rights": rights, "form": form, **_dates(found.action, found.to_due, on)}
    crumb = (f"Action {found.action.reference}", address(found.action))
    return render(request, "actions/date_request.html", page_frame(request, found.action, on, crumb) | context)


def _dates(action, to_due, on):
    """What the page says of the date of an action beside another that is asked for."""
    alive = action.plan.state == action.plan.State.AGREED and not action.plan.as_at
    return {
        "action": action,
        "state": date_state(action.due, action.status, on, plan_alive=alive),
        "over": action.status not in OPEN,
        "moved": history.times_moved(action),
        "later": how_much_later(to_due, action.due) if action.due and action.due != to_due else "",
    }


def _find_request(request, at_address, on):
    """The request at an address, when this person may read it. Of an action of limited circulation it is written
    down."""
    found = get_object_or_404(date_requests.with_words(readable_requests(request.user, on)), **at_address)
    if found.action.limited:
        watch(request, found.action)
    return found


def _decide(request, found, form):
    """What to say when it is done; nothing where the form or the verb refused."""
    if not form.is_valid():
        return ""
    typed = dict(form.cleaned_data)
    seen, answer = typed.pop("seen") or "", typed.pop("answer")
    if form.agrees:
        given = {"request": found, "seen": seen, **typed, **turn(request)}
        agreed = done(form, changes.agree_date, **given)
        return agreed and f"The action is due on {agreed.to_due:%-d %B %Y} from now on. What it was stands beside it."
    kept = done(form, changes.refuse_date, request=found, answer=answer, **turn(request))
    return kept and "The date stays as it is. Why stands in the history of the action."
