"""The order of a plan: in a draft that of its headings; in an agreed plan all keeps its place, and what is new stands
beside what it belongs to.
"""

APART = 100_000
"""Further from any place than a plan has rows: where rows wait while they change places, which no two may share."""


def put_in_order(plan):
    """Put objectives and actions in the order of what they stand under; all else keeps its place."""
    sections = {None: 0} | dict(plan.sections.values_list("pk", "position"))
    objectives = list(plan.objectives.all())
    objectives.sort(key=lambda row: (sections[row.section_id], row.position))
    _number(objectives)
    places = {None: 0} | {row.pk: row.position for row in objectives}
    actions = _actions(plan)
    actions.sort(key=lambda row: (sections[row.section_id], places[row.objective_id], row.position))
    _number(actions)


def put_beside(action, old=()):
    """An action new to its place stands right after those that it came from, where these stand under the same heading;
    otherwise last under its own heading, or in its section. Where nothing stands there yet, it ends the plan.

    Args:
        action: of an agreed plan.
        old: actions of any plan.
    """
    rows = _actions(action.plan)
    _insert(rows, action, {row.pk for row in old})
    _number(rows)


def put_each_in_place(plan, actions):
    """Several actions new to an agreed plan stand where each would stand if it came alone, in their order."""
    rows = _actions(plan)
    for action in actions:
        _insert(rows, action, set())
    _number(rows)


def _insert(rows, action, came):
    mine = next(row for row in rows if row.pk == action.pk)
    rows.remove(mine)
    section = [row for row in rows if row.section_id == mine.section_id]
    under = [row for row in section if row.objective_id == mine.objective_id]
    origins = [row for row in under if row.pk in came]
    after = next((some[-1] for some in (origins, under, section) if some), None)
    rows.insert(rows.index(after) + 1 if after else len(rows), mine)


def _actions(plan):
    return list(plan.actions.only("plan", "position", "section", "objective").order_by("position", "id"))


def _number(rows):
    """Give rows the places 1, 2, 3 and so on; those that change wait apart."""
    wrong = [(number, row) for number, row in enumerate(rows, start=1) if row.position != number]
    if not wrong:
        return
    model = type(wrong[0][1])
    for number, row in wrong:
        row.position = number + APART
    model.objects.bulk_update([row for _, row in wrong], ["position"])
    for number, row in wrong:
        row.position = number
    model.objects.bulk_update([row for _, row in wrong], ["position"])
