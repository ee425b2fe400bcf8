"""A draft as it is written: its headings and what stands under each, in order, in a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Prefetch

from actions.models import Action, Objective, OwnerRole, Plan, Section
from actions.overtaken import overtaken
from actions.timescales import EVENT, NONE, Timescale


@dataclass(frozen=True)
class Line:
    """An action in the outline: its lead, how its words about time are read, and in words what it still lacks and
    what has happened since to what it came from."""

    action: Action
    lead: str
    reading: str
    lacks: tuple[str, ...]
    overtaken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Under:
    """Actions under one heading. `objective` is None for those that stand in the section itself."""

    objective: Objective | None
    lines: list[Line]


@dataclass(frozen=True)
class Part:
    """A section with what stands in it; None for what stands in no section."""

    section: Section | None
    under: list[Under]

    @property
    def is_empty(self):
        return not any(under.lines or under.objective for under in self.under)


def actions(plan: Plan):
    """The actions of a plan as it is written, with what the outline says of them."""
    leads = OwnerRole.objects.filter(role=OwnerRole.Role.LEAD, until__isnull=True).select_related("owner")
    return (
        plan.actions.select_related("board", "plan__board", "version__by", "timescale", "section", "objective")
        .prefetch_related(Prefetch("owner_roles", leads, to_attr="leads"))
        .order_by("position", "id")
    )


def of(plan: Plan) -> list[Part]:
    """Everything the plan has, empty headings included."""
    since = overtaken(plan)
    found = [_line(action, since) for action in actions(plan)]
    objectives = list(plan.objectives.select_related("section"))
    parts = []
    for section in (None, *plan.sections.select_related("overseen_by", "priority")):
        pk = section.pk if section else None
        inside = [line for line in found if line.action.section_id == pk]
        under = [Under(None, [line for line in inside if line.action.objective_id is None])]
        own = [row for row in objectives if row.section_id == pk]
        # An action may stand in a section, and under an objective of another or of none.
        elsewhere = {line.action.objective for line in inside if line.action.objective} - set(own)
        for objective in (*own, *sorted(elsewhere, key=lambda row: row.position)):
            under.append(Under(objective, [line for line in inside if line.action.objective_id == objective.pk]))
        parts.append(Part(section, [one for one in under if one.objective or one.lines]))
    return [part for part in parts if part.section or not part.is_empty]


def _line(action, since):
    lacks = [] if action.leads else ["no lead"]
    if not action.timescale or (action.timescale.due is None and action.timescale.review_months is None):
        lacks.append("neither a date nor a review interval")
    lead = ", ".join(str(row.owner) for row in action.leads)
    return Line(action, lead, reading_in_words(action), tuple(lacks), tuple(since.get(action.pk, ())))


def reading_in_words(action: Action) -> str:
    """How an action's words about time are read: “We read “June 2027” as by 30 June 2027.”"""
    said = action.timescale
    if said is None or not said.text:
        return ""
    if said.kind in (NONE, EVENT):
        means = "is no date that we can read" if said.kind == NONE else "depends on something other than a date"
        return f"“{said.text}” {means}."
    read = Timescale(said.text, said.kind, said.start, said.due, said.review_months)
    words = read.render() or "several dates"
    return f"We read “{said.text}” as {words}." + (f" Not sure: {' '.join(said.doubts)}" if said.doubts else "")


def next_place(plan: Plan, asked) -> dict:
    """Where a new action goes: {section, objective} named in an address, when the plan has them."""
    found = {}
    for name, rows in (("section", plan.sections), ("objective", plan.objectives)):
        pk = asked.get(name, "")
        if pk.isascii() and pk.isdigit() and len(pk) < 10 and (row := rows.filter(pk=pk).first()):
            found[name] = row
    return found


def row(plan: Plan, kind: str, pk: str):
    """The section, objective or action of a plan that a button named, or None."""
    rows = {"section": plan.sections, "objective": plan.objectives, "action": plan.actions}.get(kind)
    if rows is None or not (pk.isascii() and pk.isdigit() and len(pk) < 10):
        return None
    return rows.select_related("board", "plan__board").filter(pk=pk).first()
