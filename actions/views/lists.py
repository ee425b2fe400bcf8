"""What the pages with a list of actions share: a page of it, headings that sort it, counts that lead into it."""

from typing import NamedTuple

from django.core.paginator import Paginator
from django.urls import reverse

from actions import reading
from actions.lines import HEADINGS, as_lines
from boards.views.parts import taken
from cseplan.filters import ListFilter

PER_PAGE = 60


class Heading(NamedTuple):
    """A column's heading; with an address where clicking it sorts. `direction` is as aria-sort says it."""

    label: str
    url: str = ""
    direction: str = ""


def sorted_by(form, label, order, *, otherwise):
    """A heading that sorts by `order`, and when it already does, by `otherwise`."""
    now = form.chosen("sort")
    direction = {order: "ascending", otherwise: "descending"}.get(now, "none")
    return Heading(label, form.address(sort=otherwise if now == order else order), direction)


def page_of_rows(request, actions, *, on, at):
    """One page of listed actions in their order, and its rows; the ids of all of them."""
    ids = list(actions.values_list("pk", flat=True))
    page = Paginator(ids, PER_PAGE).get_page(request.GET.get("page"))
    return ids, page, reading.rows(actions, list(page), on=on, at=at)


def table_of(request, subject, actions, *, on, at, form, what, name):
    """All of these listed actions of a board or a plan in their order, as a table to take away.

    Args:
        what: which list it is, in words.
        name: of the file, after the name that the board or the plan has in addresses.
    """
    rows = reading.rows(actions, list(actions.values_list("pk", flat=True)), on=on, at=at)
    name = f"{subject.slug}-{name}-{on}.csv"
    return taken(request, subject, HEADINGS, as_lines(rows), what=what, name=name, narrowed=form.is_narrowed)


def leading(counted, address, **chosen):
    """Counts as segments of a rating bar, each with the address of the list it counts."""
    return [{**count._asdict(), "url": address(rating=count.code, **chosen)} for count in counted]


def plan_lines(summaries):
    """Plans in a few lines each, their counts leading to the lists they count."""
    for summary in summaries:
        address = reverse("plan", args=[summary.plan.board.slug, summary.plan.slug])
        segments = leading(summary.counted, ListFilter.afresh)
        yield {**summary._asdict(), "segments": [{**part, "url": address + part["url"]} for part in segments]}
