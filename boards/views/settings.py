"""The furniture of a board: its details, priorities, rating key, periods, agencies and sub-groups."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from boards import changes
from boards.forms.settings import (
    BoardForm,
    EndForm,
    GroupForm,
    LabelsForm,
    PeriodForm,
    PriorityForm,
    SeatForm,
    SeatNameForm,
    SecondStepForm,
    scale_form,
)
from boards.labels import labels_of
from boards.models.board import in_force
from boards.navigation import BOARD, frame
from boards.periods import next_to_add
from boards.permissions import may_audit_board, may_manage_people
from boards.ratings import ratings_of
from boards.signing_in import signed_in
from boards.views.parts import FORM_METHODS, asked, opened, said, sent, settings_crumb, turn

OWN_WORDS = (
    "Write a word as it stands in the middle of a sentence. Where both boxes are empty, the word in quotation marks is"
    " used. A plan’s own headings stay as they are, and so does what the history says."
)


@signed_in
@require_safe
def settings(request, board):
    """Everything that a board has beside its plans, each with what can be done about it."""
    on = timezone.localdate()
    board = opened(request, board, on, may_audit_board)
    context = {
        "priorities": board.strategicpriority_set.all(),
        "ratings": ratings_of(board).current,
        "periods": board.reportingperiod_set.order_by("-starts"),
        "seats": board.seat_set.select_related("agency", "successor"),
        "groups": board.subgroup_set.select_related("reports_to", "successor"),
        "owners": board.owner_set.count(),
        "on": on,
        "manages": may_manage_people(request.user, board, on),
        **frame(request.user, board, BOARD, on, above=[]),
    }
    return render(request, "boards/settings.html", context)


@signed_in
@require_http_methods(FORM_METHODS)
def board_change(request, board):
    board = opened(request, board, timezone.localdate())
    form = BoardForm(sent(request), board=board)
    return asked(
        request, board, form, changes.change_board, "The board’s details are changed.",
        title="Name and marking", button="Change these details", given={"board": board},
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
def labels_change(request, board):
    board = opened(request, board, timezone.localdate())
    form = LabelsForm(sent(request), board=board)
    return asked(
        request, board, form, changes.change_labels, "The pages and reports of the board use these words from now on.",
        title="The board’s own words", button="Use these words", given={"board": board}, intro=OWN_WORDS,
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
def second_step_change(request, board):
    board = opened(request, board, timezone.localdate())
    form = SecondStepForm(sent(request), board=board)
    return asked(
        request, board, form, changes.require_second_factor, "It holds from everybody’s next click on.",
        title="Second step", button="Decide it", given={"board": board},
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
def priority_add(request, board):
    board = opened(request, board, timezone.localdate())
    word = labels_of(board).priority.one
    return asked(
        request, board, PriorityForm(sent(request)), changes.add_priority, f"The {word} is added.",
        title=f"Add a new {word}", button="Add it", given={"board": board},
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
def priority_change(request, board, priority):
    board = opened(request, board, timezone.localdate())
    row = get_object_or_404(board.strategicpriority_set, pk=priority)
    form = PriorityForm(sent(request), initial={"name": row.name, "shared": row.code})
    return asked(
        request, board, form, changes.change_priority, f"The {labels_of(board).priority.one} is changed.",
        title=row.name, button="Change it", given={"priority": row},
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
def period_add(request, board):
    board = opened(request, board, timezone.localdate())
    following = next_to_add(board, timezone.localdate())
    initial = {"label": following.label, "starts": following.starts, "ends": following.ends}
    return asked(
        request, board, PeriodForm(sent(request), initial=initial), changes.add_period, "The period is added.",
        title="Add a reporting period", button="Add it", given={"board": board},
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
def seat_add(request, board):
    board = opened(request, board, timezone.localdate())
    word, form = labels_of(board).agency.one, SeatForm(sent(request), board=board)
    return asked(
        request, board, form, changes.add_seat, f"The {word} has a seat on the board.",
        title=f"Add a new {word}", button="Give it a seat", given={"board": board},
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
def seat_change(request, board, seat):
    board = opened(request, board, timezone.localdate())
    row = get_object_or_404(board.seat_set, pk=seat)
    form = SeatNameForm(sent(request), initial={"name": row.name})
    return asked(
        request, board, form, changes.rename_seat, "The board calls it otherwise from now on.",
        title=row.name, button="Change its name", given={"seat": row},
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
def seat_end(request, board, seat):
    on = timezone.localdate()
    board = opened(request, board, on)
    row = get_object_or_404(board.seat_set, pk=seat)
    form = EndForm(sent(request), others=board.seat_set.filter(in_force(on)).exclude(pk=row.pk))
    return asked(
        request, board, form, changes.end_seat, f"The seat of {row} has a last day.",
        title=f"{row}: last day", button="Set the last day", given={"seat": row},
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
def group_add(request, board):
    on = timezone.localdate()
    board = opened(request, board, on)
    form = GroupForm(sent(request), board=board, on=on)
    word = labels_of(board).sub_group.one
    return asked(
        request, board, form, changes.add_sub_group, f"The {word} is added.",
        title=f"Add a new {word}", button="Add it", given={"board": board},
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
def group_change(request, board, group):
    on = timezone.localdate()
    board = opened(request, board, on)
    row = get_object_or_404(board.subgroup_set, pk=group)
    form = GroupForm(sent(request), board=board, on=on, group=row)
    return asked(
        request, board, form, changes.change_sub_group, f"The {labels_of(board).sub_group.one} is changed.",
        title=row.name, button="Change it", given={"group": row},
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
def group_end(request, board, group):
    on = timezone.localdate()
    board = opened(request, board, on)
    row = get_object_or_404(board.subgroup_set, pk=group)
    form = EndForm(sent(request), others=board.subgroup_set.filter(in_force(on)).exclude(pk=row.pk))
    return asked(
        request, board, form, changes.end_sub_group, f"{row} has a last day.",
        title=f"{row}: last day", button="Set the last day", given={"group": row},
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
def scale_change(request, board):
    """A new version of the rating key; what was rated keeps the words it was given in."""
    on = timezone.localdate()
    board = opened(request, board, on)
    forms = scale_form(sent(request), ratings_of(board).current)
    if request.method == "POST" and forms.is_valid():
        if said(request, changes.set_rating_scale, board=board, steps=forms.steps(board), **turn(request)):
            messages.success(request, "The board rates in these words from now on. What was rated keeps its words.")
        return redirect("settings", board=board.slug)
    context = {"forms": forms, **frame(request.user, board, BOARD, on, above=[settings_crumb(board)])}
    return render(request, "boards/scale.html", context)
