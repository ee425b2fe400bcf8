"""Pages on which whoever keeps a plan says what becomes of an action: each says what will happen before it does."""

from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions import changes
from actions.forms.succession import CarryForm, MergeForm, ReplaceForm, SplitForm, WithdrawForm
from actions.permissions import goes_on_in, goes_on_in_plans, may_update
from actions.views.action import address, find_action, page_frame
from boards.signing_in import signed_in
from boards.views.parts import sent


class Asked(NamedTuple):
    """One of the pages: its form and verb, its heading and button, and what will happen, in sentences."""

    form: type
    verb: object
    heading: str
    button: str
    happens: tuple[str, ...]


TRAVELS = "The first due date, the times it moved and its history go along, and are shown there."
STAYS = "This action stays in its plan with its history. Nothing more is asked for or written about it."

WITHDRAW = Asked(
    WithdrawForm,
    changes.withdraw_action,
    "Withdraw",
    "Withdraw this action",
    ("It is no longer among what is still to be done, overdue or asked about.", "It stays in its plan, with why."),
)
CARRY = Asked(
    CarryForm,
    changes.carry_over,
    "Carry over",
    "Carry this action over",
    (
        "The other plan gets an action that says what this one says now, without the steps that are done.",
        TRAVELS,
        "Into a draft: it stays open here until the board agrees the draft or this plan is closed.",
    ),
)
REPLACE = Asked(
    ReplaceForm,
    changes.replace_action,
    "Replace",
    "Replace this action",
    ("A new action of this plan takes its place, with the same owners, measures and open steps.", TRAVELS, STAYS),
)
SPLIT = Asked(
    SplitForm,
    changes.split_action,
    "Split",
    "Split this action",
    ("Each new action begins with the owners, measures and open steps of this one.", TRAVELS, STAYS),
)
MERGE = Asked(
    MergeForm,
    changes.merge_actions,
    "Merge",
    "Merge these actions",
    ("One action goes on in place of several. The earliest first due date of them is its own.", TRAVELS, STAYS),
)


def _page(asked):
    @signed_in
    @require_http_methods(["GET", "HEAD", "POST"])
    def page(request, board, plan, action):
        on = timezone.localdate()
        found = find_action(request, board, plan, action, on)
        if not may_update(request.user, found, on):
            raise PermissionDenied
        offered = {"plans": goes_on_in_plans(request.user, found.board, on)}
        offered["actions"] = goes_on_in(request.user, found.board, on)
        form = asked.form(sent(request), action=found, on=on, **offered)
        if request.method == "POST" and form.is_valid() and _done(request, asked, found, form):
            messages.success(request, f"It is recorded what becomes of action {found}.")
            return redirect(address(found))
        heading = f"{asked.heading} action {found}"
        here = page_frame(request, found, on, (f"Action {found}", address(found)))
        context = {"action": found, "asked": asked, "heading": heading, "form": form}
        return render(request, "actions/become.html", here | context)

    return page


def _done(request, asked, action, form):
    given = form.given()
    if "actions" not in given:
        given["action"] = action
    try:
        asked.verb(**given, by=request.user, at=timezone.now())
    except ValidationError as refused:
        form.refuse(refused)
        return False
    return True


withdraw, carry, replace, split, merge = map(_page, (WITHDRAW, CARRY, REPLACE, SPLIT, MERGE))
