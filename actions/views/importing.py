"""Bringing in a board's own file: chosen, looked at, settled where it is not clear, and confirmed."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions import changes
from actions.forms.importing import ColumnsForm, FileForm, MissingForm, NewImportForm, OwnersForm, RowForm
from actions.importing import child
from actions.importing.proposal import propose
from actions.importing.unreadable import Unreadable
from actions.permissions import importable_plans, keeps_plans, own_imports
from actions.views.parts import kept_plan, plan_crumb
from actions.views.progress import told_as_it_goes
from boards.navigation import PLANS, frame
from boards.permissions import readable_boards
from boards.signing_in import signed_in
from boards.views.parts import FORM_METHODS, done, said, sent, turn

ROWS_A_PAGE = 100
WENT_WRONG = (
    "Something went wrong here, and it is written down. Try again, and tell whoever runs this site if it stays."
)


@signed_in
@require_http_methods(FORM_METHODS)
def import_new(request, board):
    """Choose a file that begins a plan."""
    on = timezone.localdate()
    board = get_object_or_404(readable_boards(request.user, on), slug=board)
    if not keeps_plans(request.user, board, on):
        raise PermissionDenied
    form = NewImportForm(sent(request), request.FILES or None, board=board, on=on)
    if request.method == "POST" and form.is_valid():
        held = _hold(request, form, board=board)
        if held:
            return redirect("import_file", board.slug, held.pk)
    context = {"form": form, "title": "Begin a plan from a file", "about": board}
    return render(request, "actions/import_choose.html", context | frame(request.user, board, PLANS, on, above=[]))


@signed_in
@require_http_methods(FORM_METHODS)
def import_into(request, board, plan):
    """Choose a file that goes into a plan there is; below stand those that came into it before."""
    on, plan = timezone.localdate(), kept_plan(request, board, plan)
    if not importable_plans(request.user, on).filter(pk=plan.pk).exists():
        messages.error(request, f"{plan.title} has ended, and its record stays as it is.")
        return redirect("plan", board, plan.slug)
    form = FileForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        held = _hold(request, form, board=plan.board, plan=plan)
        if held:
            return redirect("import_file", board, held.pk)
    before = [(row, changes.why_not_undone(row)) for row in _confirmed(plan)]
    context = {"form": form, "title": "Take a file into the plan", "about": plan, "plan": plan, "before": before}
    context |= frame(request.user, plan.board, PLANS, on, above=[plan_crumb(plan)])
    return render(request, "actions/import_choose.html", context)


def _confirmed(plan):
    return plan.imports.exclude(state="open").select_related("by", "plan", "board")


@signed_in
@require_http_methods(["POST"])
def import_undo(request, board, plan, file):
    """Take back what a file brought into a plan."""
    plan = kept_plan(request, board, plan)
    held = get_object_or_404(_confirmed(plan), pk=file)
    if said(request, changes.undo_import, held=held, **turn(request)):
        messages.success(request, f"What {held} brought in is taken back.")
    return redirect("import_into", board, plan.slug)


def _hold(request, form, **where):
    """Read the file in a process of its own and keep what it says; or nothing, with the reason on the form."""
    given = dict(form.cleaned_data)
    upload = given.pop("file")
    data = upload.read()
    try:
        read = child.read(data, upload.name)
    except Unreadable as error:
        form.add_error("file", str(error))
        return None
    return done(form, changes.hold_file, file=read, data=data, name=upload.name, **where, **given, **turn(request))


def of_a_file(view):
    """A view of a file that its person looks at: takes what it would do. One that is confirmed leads to its plan."""

    @wraps(view)
    def opened(request, board, file, **parts):
        on = timezone.localdate()
        readable = get_object_or_404(readable_boards(request.user, on), slug=board)
        if not keeps_plans(request.user, readable, on):
            raise PermissionDenied
        mine = own_imports(request.user, on).select_related("board", "plan__board", "plan__overseen_by")
        held = get_object_or_404(mine, board=readable, pk=file)
        if held.state != held.State.OPEN:
            messages.info(request, f"{held} has been confirmed. This is the plan that it went into.")
            return redirect("plan", board, held.plan.slug)
        return view(request, propose(held, on=on, at=timezone.now()), **parts)

    return opened


@signed_in
@require_http_methods(FORM_METHODS)
@of_a_file
def import_file(request, proposal):
    """Everything that the file would do, and the button that does it."""
    held, refused = proposal.held, []
    if "forget" in request.POST:
        changes.forget_file(held=held)
        messages.success(request, f"Nothing of {held} was taken over, and nothing of it is kept.")
        return redirect("plans", held.board.slug)
    if request.method == "POST" and proposal.takes_long:
        return _confirm_long(request, proposal)
    if request.method == "POST":
        try:
            plan = changes.confirm_import(held=held, seen=request.POST.get("seen", ""), **turn(request)).plan
        except ValidationError as why:
            refused = why.messages
            proposal = propose(held, on=timezone.localdate(), at=timezone.now())
        else:
            messages.success(request, f"{held} is in the plan. Its history says what was taken over.")
            return redirect(_address(plan))
    shown = request.GET.get("show", "")
    rows = proposal.of(shown) if shown in ("new", "changed", "unchanged", "left") else proposal.rows
    rows = [row for row in proposal.rows if row.problems] if shown == "check" else rows
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"proposal": proposal, "held": held, "rows": page, "page": page, "shown": shown, "refused": refused}
    return render(request, "actions/import_file.html", context | _frame(request, held))


def _address(plan):
    """Where somebody goes on with what has come in."""
    return reverse("plan_write" if plan.state == plan.State.DRAFT else "plan", args=(plan.board.slug, plan.slug))


def _confirm_long(request, proposal):
    """Confirm it while its person sees how far it is."""
    held, given = proposal.held, {"seen": request.POST.get("seen", ""), **turn(request)}
    about = {"held": held, "rows": f"{len(proposal.taken):,}"}
    page = render_to_string("actions/import_progress.html", about | _frame(request, held), request)

    def ending(done, error):
        wrong = error is not None and not isinstance(error, ValidationError)
        refused = [WENT_WRONG] if wrong else error and error.messages
        plan = done and done.plan
        address = _address(plan) if plan else reverse("import_file", args=(held.board.slug, held.pk))
        ended = {"held": held, "refused": refused, "wrong": wrong, "plan": plan, "address": address}
        return render_to_string("actions/parts/import_ended.html", ended)

    return told_as_it_goes(page, lambda tell: changes.confirm_import(held=held, tell=tell, **given), ending)


@signed_in
@require_http_methods(FORM_METHODS)
@of_a_file
def import_columns(request, proposal):
    """Say which column of the file is which."""
    form = ColumnsForm(sent(request), proposal=proposal)
    if request.method == "POST" and form.is_valid() and done(
        form, changes.settle_columns, held=proposal.held, **form.said
    ):  # fmt: skip
        return _back(proposal.held)
    return _question(request, proposal, form, "What the columns hold")


@signed_in
@require_http_methods(FORM_METHODS)
@of_a_file
def import_owners(request, proposal):
    """Say who is meant by the names that the board does not know."""
    return _settled(request, proposal, OwnersForm(sent(request), proposal=proposal), "owners", "Who is meant")


@signed_in
@require_http_methods(FORM_METHODS)
@of_a_file
def import_missing(request, proposal):
    """Say what becomes of the actions that the file does not have."""
    if not proposal.missing:
        return _back(proposal.held)
    form = MissingForm(sent(request), proposal=proposal)
    return _settled(request, proposal, form, "missing", "Actions that the file does not have")


@signed_in
@require_http_methods(FORM_METHODS)
@of_a_file
def import_row(request, proposal, row):
    """Put right how one row was read, or leave it out."""
    if row >= len(proposal.rows):
        raise Http404
    found = proposal.rows[row]
    form = RowForm(sent(request), proposal=proposal, row=found)
    if request.method == "POST" and form.is_valid():
        given = {"held": proposal.held, "part": "rows", "said": {found.key: form.said}}
        if done(form, changes.settle, **given):
            return redirect(f"{reverse('import_file', args=[proposal.held.board.slug, proposal.held.pk])}#row-{row}")
    context = {"form": form, "title": found.place, "row": found, "held": proposal.held}
    return render(request, "actions/import_row.html", context | _frame(request, proposal.held, below=True))


def _settled(request, proposal, form, part, title):
    if request.method == "POST" and form.is_valid() and done(
        form, changes.settle, held=proposal.held, part=part, said=form.said
    ):  # fmt: skip
        return _back(proposal.held)
    return _question(request, proposal, form, title)


def _question(request, proposal, form, title):
    context = {"form": form, "title": title, "button": "This is right", "about": proposal.held}
    return render(request, "actions/question.html", context | _frame(request, proposal.held, below=True))


def _back(held):
    return redirect("import_file", held.board.slug, held.pk)


def _frame(request, held, *, below=False):
    above = [plan_crumb(held.plan)] if held.plan else []
    if below:
        above.append((str(held), reverse("import_file", args=[held.board.slug, held.pk])))
    return frame(request.user, held.board, PLANS, timezone.localdate(), above=above)
