"""What differs between two days of a plan, or between two plans of a board: as a page, and as a table to take away."""

from datetime import date
from typing import NamedTuple

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions import changes
from actions.comparing import HEADINGS, KINDS, as_lines
from actions.forms.comparing import CompareForm
from actions.models import Action, Plan
from actions.permissions import readable, readable_plans
from actions.sides import compared, past_on
from boards.navigation import PLANS, frame
from boards.periods import last_ended
from boards.signing_in import signed_in
from boards.views.parts import attached
from cseplan.spreadsheet import csv_of


class Side(NamedTuple):
    """One side of a comparison: a plan, the day, and how it stood; nothing when it had not been written."""

    plan: Plan
    day: date
    past: object

    @property
    def nothing(self):
        """What is said of a plan before its time."""
        return f"Nothing of {self.plan} had been written by {self.day:%-d %B %Y}. Choose a later day."


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request, board, plan):
    """A plan on two days, or with another plan of its board: which actions differ, and in what."""
    on = timezone.localdate()
    found = readable_plans(request.user, on).select_related("board", "overseen_by")
    plan = get_object_or_404(found, board__slug=board, slug=plan)
    others = list(found.filter(board=plan.board_id).exclude(pk=plan.pk))
    other = _other(request.GET.get("plan"), others)
    shortcuts = _shortcuts(plan, on)
    since = on if other or not shortcuts else shortcuts[0][1]
    form = CompareForm(request.GET, others=others, since=since, on=on)
    sides = _sides(other or plan, plan, form) if form.is_valid() else ()
    found = None
    if sides and all(side.past for side in sides):
        written = readable(request.user, on, of=Action.ever_written)
        found = compared(sides[0].past, sides[1].past, written)
    if request.method == "POST" and found:
        return _copy(request, sides, found, form.chosen("only"))
    context = {
        "plan": plan,
        "other": other,
        "form": form,
        "sides": sides,
        "unwritten": [side for side in sides if not side.past],
        "comparison": found,
        "shown": found.only(form.chosen("only")) if found else (),
        "counts": _counts(found, form) if found else (),
        "shortcuts": [(label, form.afresh(since=day)) for label, day in shortcuts],
        "turned": _turned(sides) if other and sides else "",
        **frame(request.user, plan.board, PLANS, on, above=[(plan.title, reverse("plan", args=[board, plan.slug]))]),
    }
    return render(request, "actions/compare.html", context)


def _other(slug, others):
    """The plan to compare with; one that is not there, not of this board or not to be read is no page at all."""
    if not slug:
        return None
    for plan in others:
        if plan.slug == slug:
            return plan
    raise Http404


def _shortcuts(plan, on):
    """Days that people ask from, as (words, day): the end of the last reporting period that is over, the agreement."""
    if plan.agreed_on is None or plan.as_at or plan.agreed_on >= on:
        return []
    period, agreed = last_ended(plan.board, on), ("Since the plan was agreed", plan.agreed_on)
    if period and period.ends > plan.agreed_on:
        return [(f"Since {period.label} ended, the last closed reporting period", period.ends), agreed]
    return [agreed]


def _sides(first, second, form):
    since, until = form.chosen("since"), form.chosen("until")
    return (Side(first, since, past_on(first, since)), Side(second, until, past_on(second, until)))


def _counts(found, form):
    """How many actions of each kind, as (words, count, address, whether it is the one shown)."""
    for kind, count in found.counts.items():
        yield KINDS[kind], count, form.address(only=kind), form.chosen("only") == kind


def _turned(sides):
    """The address of the same comparison the other way round."""
    first, second = sides
    page = reverse("compare", args=[first.plan.board.slug, first.plan.slug])
    return page + CompareForm.afresh(plan=second.plan.slug, since=second.day, until=first.day)


def _copy(request, sides, found, only):
    first, second = sides
    name = f"{second.plan.slug}-compared-{first.day}-{second.day}.csv"
    changes.export_comparison(before=first[:2], after=second[:2], file_name=name, by=request.user, at=timezone.now())
    *start, before, after, more = HEADINGS
    titles = [f"{side.plan.title}, as at {side.day:%-d %B %Y}" for side in sides]
    headings = [*start, f"{before}: {titles[0]}", f"{after}: {titles[1]}", more]
    return attached(csv_of(headings, as_lines(found, only)), name)
