"""The owners of a board: the names it gives actions to, their other spellings, and who answers for each."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from boards import changes
from boards.forms.settings import AliasForm, HolderEndForm, HolderForm, OwnerForm
from boards.holders import HEADINGS, as_lines, holding, with_holders
from boards.labels import labels_of, owner_kinds
from boards.models import Owner
from boards.navigation import BOARD, frame
from boards.people import not_ended, people_with_roles
from boards.permissions import may_audit_board, may_manage_people
from boards.signing_in import signed_in
from boards.views.parts import FORM_METHODS, asked, opened, owners_crumb, sent, settings_crumb, taken


@signed_in
@require_http_methods(FORM_METHODS)
def owners(request, board):
    """Every owner, with who answers for it today."""
    on = timezone.localdate()
    board = opened(request, board, on, may_audit_board)
    rows = with_holders(board.owner_set.select_related("seat", "sub_group")).prefetch_related("aliases", "members")
    kinds = owner_kinds(labels_of(board), Owner.Kind)
    if request.method == "POST":
        headings = (labels_of(board).owner.One, *HEADINGS)
        name = f"{board.slug}-owners-{on}.csv"
        return taken(request, board, headings, as_lines(rows, kinds, on), what="the owners", name=name)
    context = {
        "owners": [(row, holding(row, on), kinds[row.kind]) for row in rows],
        "manages": may_manage_people(request.user, board, on),
        **frame(request.user, board, BOARD, on, above=[settings_crumb(board)]),
    }
    return render(request, "boards/owners.html", context)


@signed_in
@require_safe
def owner(request, board, owner):
    """One owner: its spellings, and everybody who answered for it."""
    on = timezone.localdate()
    board = opened(request, board, on, may_audit_board)
    row = get_object_or_404(board.owner_set.select_related("seat", "sub_group"), pk=owner)
    context = {
        "owner": row,
        "kind": owner_kinds(labels_of(board), Owner.Kind)[row.kind],
        "held": holding(row, on),
        "holders": row.holders.select_related("person").order_by("-starts", "-id"),
        "on": on,
        "manages": may_manage_people(request.user, board, on),
        **frame(request.user, board, BOARD, on, above=[settings_crumb(board), owners_crumb(board)]),
    }
    return render(request, "boards/owner.html", context)


@signed_in
@require_http_methods(FORM_METHODS)
def owner_add(request, board):
    on = timezone.localdate()
    board = opened(request, board, on)
    word, form = labels_of(board).owner.one, OwnerForm(sent(request), board=board, on=on)
    return asked(
        request, board, form, changes.add_owner, f"The {word} is added.",
        title=f"Add a new {word}", button="Add it", given={"board": board}, to="owners",
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
def owner_change(request, board, owner):
    on = timezone.localdate()
    board = opened(request, board, on)
    row = get_object_or_404(board.owner_set, pk=owner)
    form = OwnerForm(sent(request), board=board, on=on, owner=row)
    return asked(
        request, board, form, changes.change_owner, f"The {labels_of(board).owner.one} is changed.",
        title=row.name, button="Change it", given={"owner": row}, to="owners",
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
def alias_add(request, board, owner):
    board = opened(request, board, timezone.localdate())
    row = get_object_or_404(board.owner_set, pk=owner)
    return asked(
        request, board, AliasForm(sent(request)), changes.add_alias, f"{row} is known by that spelling too.",
        title=f"{row}: another spelling", button="Add it", given={"owner": row}, to="owners",
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
def holder_add(request, board, owner):
    on = timezone.localdate()
    board = opened(request, board, on)
    row = get_object_or_404(board.owner_set, pk=owner)
    form = HolderForm(sent(request), people=people_with_roles(board, on))
    return asked(
        request, board, form, changes.appoint_holder, f"It is recorded who answers for {row}.",
        title=f"{row}: who answers for it", button="Record it", given={"owner": row}, to="owners",
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
def holder_end(request, board, owner, holder):
    on = timezone.localdate()
    board = opened(request, board, on)
    row = get_object_or_404(board.owner_set, pk=owner)
    held = get_object_or_404(row.holders.filter(not_ended(on)).select_related("person", "owner"), pk=holder)
    return asked(
        request, board, HolderEndForm(sent(request)), changes.end_holder, f"{held.person} has a last day.",
        title=f"{held.person}, {row}: last day", button="Set the last day", given={"holder": held}, to="owners",
    )  # fmt: skip
