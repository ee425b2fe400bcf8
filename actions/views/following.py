"""What still names a seat or sub-group that has ended, and letting the one that follows it take that over."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions import changes, following
from actions.forms.handing import FollowForm
from boards.navigation import BOARD, frame
from boards.permissions import may_audit_board, may_keep_board, may_manage_people
from boards.signing_in import signed_in
from boards.views.parts import FORM_METHODS, done, opened, sent, settings_crumb, turn


@signed_in
@require_http_methods(FORM_METHODS)
def seat_followed(request, board, seat):
    """What an ended seat leaves to the one that follows it."""
    on = timezone.localdate()
    board = opened(request, board, on, may_keep_board)
    return _followed(request, board, get_object_or_404(following.ended(board.seat_set, on), pk=seat), on)


@signed_in
@require_http_methods(FORM_METHODS)
def group_followed(request, board, group):
    """What an ended sub-group leaves to the one that follows it."""
    on = timezone.localdate()
    board = opened(request, board, on, may_keep_board)
    return _followed(request, board, get_object_or_404(following.ended(board.subgroup_set, on), pk=group), on)


def _followed(request, board, place, on):
    left = following.left_with(place, on)
    owners = following.owners_at(place.successor)
    form = FollowForm(sent(request), owners=owners)
    if not left.parts:
        del form.fields["to_owner"]
    if request.method == "POST" and form.is_valid() and _done(request, form, place):
        messages.success(request, f"{place.successor} has taken over what {place} had.")
        return redirect("your_work")
    manages = may_manage_people(request.user, board, on)
    context = {
        "place": place,
        "left": left,
        "owners": owners,
        "form": form,
        "became": following.became(place),
        "owner_add": reverse("owner_add", args=[board.slug]) if manages else "",
        **frame(
            request.user, board, BOARD, on,
            above=[settings_crumb(board)] if may_audit_board(request.user, board, on) else [],
        ),
    }  # fmt: skip
    return render(request, "actions/followed.html", context)


def _done(request, form, place):
    return done(form, changes.follow_successor, place=place, **form.cleaned_data, **turn(request))
