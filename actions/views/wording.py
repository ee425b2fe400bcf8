"""Writing an action: in a draft; and in an agreed plan another wording, or another date, each with its reason."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions import changes, outline, timescales
from actions.forms.promises import DateForm, Joining, Rewording, Writing
from actions.permissions import closable_plans, readable_plans, rights_on
from actions.saying import changed_since
from actions.views.action import address, find_action, page_frame
from actions.views.parts import of_a_draft, plan_frame, write_crumb
from boards.labels import labels_of
from boards.signing_in import signed_in
from boards.views.parts import FORM_METHODS, done, sent, turn


@signed_in
@require_http_methods(FORM_METHODS)
@of_a_draft
def action_add(request, plan):
    """Write an action into a draft."""
    asked = Writing(sent(request), plan=plan, on=timezone.localdate(), start=outline.next_place(plan, request.GET))
    if _answered(request, asked):
        given = {**asked.said, **turn(request)}
        given.pop("seen")
        if added := done(asked.form, changes.add_action, plan=plan, in_place=True, **given):
            return _written(request, plan, outline.actions(plan).get(pk=added.pk))
    return _page(request, plan, asked, {"title": "Add an action", "button": "Add this action"})


@signed_in
@require_http_methods(FORM_METHODS)
def action_new(request, board, plan):
    """Write an action that the board has agreed since into a plan in use."""
    on = timezone.localdate()
    found = get_object_or_404(readable_plans(request.user, on).select_related("board"), board__slug=board, slug=plan)
    if not closable_plans(request.user, on).filter(pk=found.pk).exists():
        raise PermissionDenied
    asked = Joining(sent(request), plan=found, on=on)
    if _answered(request, asked):
        given = {**asked.said, **turn(request)}
        given.pop("seen")
        if added := done(asked.form, changes.add_agreed_action, plan=found, **given):
            messages.success(request, f"Action {added.reference} is part of {found} from now on.")
            return redirect("action", found.board.slug, found.slug, added.pk)
    context = {"plan": found, "asked": asked, "form": asked.form, "title": "Add an action to the agreed plan"}
    context |= {"button": "Add this action", **plan_frame(request, found)}
    return render(request, "actions/action_write.html", context)


@signed_in
@require_http_methods(FORM_METHODS)
@of_a_draft
def action_write(request, plan, action):
    """Change an action of a draft."""
    row = get_object_or_404(outline.actions(plan), pk=action)
    asked = Writing(sent(request), plan=plan, on=timezone.localdate(), action=row)
    context = {"title": f"Action {row.reference}", "button": "Keep these words", "action": row}
    given = {"action": row, **turn(request)}
    if _answered(request, asked) and done(asked.form, changes.change_action, **given, **asked.said):
        return _written(request, plan, outline.actions(plan).get(pk=row.pk))
    return _page(request, plan, asked, context | _newer(asked, row))


@signed_in
@require_http_methods(FORM_METHODS)
@of_a_draft
def action_remove(request, plan, action):
    """Take an action out of a draft, when asked a second time."""
    row = get_object_or_404(outline.actions(plan), pk=action)
    if request.method == "POST":
        changes.remove_action(action=row, **turn(request))
        messages.success(request, f"Action {row.reference} is no longer in the plan. The history keeps what it said.")
        return redirect("plan_write", board=plan.board.slug, plan=plan.slug)
    context = {"action": row, "plan": plan}
    return render(request, "actions/action_remove.html", context | plan_frame(request, plan, write_crumb(plan)))


@signed_in
@require_http_methods(FORM_METHODS)
def action_words(request, board, plan, action):
    """An agreed action says something else from now on."""
    on = timezone.localdate()
    found = _kept_action(request, board, plan, action, on)
    asked = Rewording(sent(request), action=found, on=on)
    given = {"action": found, **turn(request)}
    if _answered(request, asked) and done(asked.form, changes.reword_action, **given, **asked.said):
        messages.success(request, "The action says this from now on. What the board agreed first stands beside it.")
        return redirect(address(found))
    context = {"asked": asked, "form": asked.form, "action": found, **_newer(asked, found)}
    crumb = (f"Action {found.reference}", address(found))
    return render(request, "actions/action_words.html", page_frame(request, found, on, crumb) | context)


@signed_in
@require_http_methods(FORM_METHODS)
def action_date(request, board, plan, action):
    """The due date of an agreed action moves, or had been misread."""
    on = timezone.localdate()
    found = _kept_action(request, board, plan, action, on)
    form = DateForm(sent(request), action=found, board=found.board, on=on)
    if request.method == "POST" and form.is_valid() and _dated(form, found, turn(request)):
        messages.success(request, "The date is changed. What it was, and why, stands beside it.")
        return redirect(address(found))
    crumb = (f"Action {found.reference}", address(found))
    context = {"form": form, "action": found}
    return render(request, "actions/action_date.html", page_frame(request, found, on, crumb) | context)


def _dated(form, action, by):
    typed = dict(form.cleaned_data)
    what, due, seen = (typed.pop(name) for name in ("what", "to_due", "seen"))
    if what == form.MISREAD:
        read = timescales.Timescale(text=action.timescale.text, kind=timescales.BY_DATE, due=due)
        return done(form, changes.correct_reading, action=action, reading=read, why=typed["why"], **by)
    verb, given = (changes.move_date, {"seen": seen}) if action.due else (changes.give_first_date, {})
    moved = done(form, verb, action=action, to_due=due, **given, **typed, **by)
    if moved is None:
        form.see(action.due)
    return moved


def _kept_action(request, board, plan, action, on):
    """An action of a plan in use, for whoever keeps the plan."""
    found = find_action(request, board, plan, action, on)
    if not rights_on(request.user, found, on).enters:
        raise PermissionDenied
    return found


def _answered(request, asked):
    return request.method == "POST" and "more" not in request.POST and asked.is_valid()


def _newer(asked, action):
    """What the action says now, when somebody else has written it since this form was opened."""
    seen = asked.form.data.get("seen", "")
    if not asked.form.is_bound or str(action.version.number) == seen:
        return {"newer": None}
    asked.form.see(action.version.number)
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    return {"newer": action, "newer_changes": changed_since(action, number, labels_of(action.plan.board))}


def _written(request, plan, action):
    """Say how the words about time are read, where one can still put that right."""
    reading = outline.reading_in_words(action)
    messages.success(request, f"Action {action.reference} is kept. {reading}".strip())
    return redirect(f"{write_crumb(plan)[1]}#action-{action.pk}")


def _page(request, plan, asked, context):
    context |= {"plan": plan, "asked": asked, "form": asked.form}
    return render(request, "actions/action_write.html", context | plan_frame(request, plan, write_crumb(plan)))
