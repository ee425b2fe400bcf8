from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions import exporting, listing, reading
from actions.forms.filters import plan_filter
from actions.permissions import keeps_plans, readable, readable_plans
from actions.views.lists import Heading, leading, page_of_rows, sorted_by, table_of
from boards.labels import labels_of
from boards.navigation import PLANS, frame
from boards.ratings import ratings_of
from boards.signing_in import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request, board, plan):
    """One plan, in its own grouping: as it was published, or where its actions are."""
    on, at = timezone.localdate(), timezone.now()
    found = readable_plans(request.user, on).select_related("board", "overseen_by")
    plan = get_object_or_404(found, board__slug=board, slug=plan)
    actions = listing.listed(readable(request.user, on), [plan], on)
    facts, ratings = listing.facts(actions), ratings_of(plan.board)
    choices = listing.choices(plan.board, facts)
    form = plan_filter(request.GET, choices, ratings, facts, labels_of(plan.board))
    shown = form.in_order(form.narrowed(reading.with_cells(actions), on))
    if request.method == "POST":
        return table_of(request, plan, shown, on=on, at=at, form=form, what=f"the list of {plan}", name="actions")
    ids, page, rows = page_of_rows(request, shown, on=on, at=at)
    context = {
        "plan": plan,
        "keeps": keeps_plans(request.user, plan.board, on),
        "form": form,
        "strands": _strands(choices, facts, ratings, form),
        "ratings": ratings.current,
        "total": len(facts),
        "limited": sum(facts[pk].limited for pk in ids),
        "count": len(ids),
        "segments": leading(listing.tally((facts[pk] for pk in ids), ratings), form.address),
        "page": page,
        "kinds": exporting.KINDS,
        **(_as_published(plan, rows, form) if form.as_published else _where_we_are(rows, form)),
        **frame(request.user, plan.board, PLANS, on, above=()),
    }
    return render(request, "actions/plan.html", context)


def _strands(choices, facts, ratings, form):
    """Each strand with its count and its ratings, as (priority, count, segments)."""
    view = form.chosen("view")
    for strand in choices.strands:
        under = [fact for fact in facts.values() if strand.pk in fact.strands]
        counted = [count for count in listing.tally(under, ratings) if count.count]
        yield strand, len(under), leading(counted, form.afresh, strand=strand.pk, view=view)


def _where_we_are(rows, form):
    headings = [
        sorted_by(form, "Action", "", otherwise="-reference"),
        Heading("Lead"),
        sorted_by(form, "Due", "due", otherwise="-due"),
        sorted_by(form, "Rating", "rating", otherwise="-rating"),
        Heading("Last heard"),
    ]
    grouped = not form.chosen("sort")
    return {"headings": headings, "groups": reading.in_groups(rows) if grouped else [reading.Group(None, None, rows)]}


def _as_published(plan, rows, form):
    every = list(plan.columns.all())
    columns = [column for column in every if column.field not in reading.GROUPING]
    groups = [
        reading.Group(group.section, group.objective, [(row, reading.printed(row, columns)) for row in group.rows])
        for group in reading.in_groups(rows)
    ]
    spanning = {column.field: column.heading for column in every if column.field in reading.GROUPING}
    return {
        "headings": [Heading(column.heading) for column in columns],
        "groups": groups,
        "spanning": spanning,
        "numbered": plan.prints_references and "reference" not in {column.field for column in every},
    }
