"""Which rows are one step: worded, led or dated otherwise in an agreed action it is another row, and still the same."""

from actions.models import Step


def first_row(step) -> int:
    """The row as which a step first stood."""
    return step.first_id or step.pk


def meant(action, ids) -> dict[int, int]:
    """{id: the step that stands now} for those of these ids that mean one, worded as it was when somebody ticked it: a
    tick is of words, not of a row."""
    rows = Step.objects.filter(action=action).order_by("-id") if ids else ()
    now, found = {}, {}
    for step in rows:
        stands = step if step.until_id is None else now.get(first_row(step))
        if stands is None:
            continue
        # Words that changed and came back in between are no longer those that were ticked.
        now[first_row(step)] = stands if stands.text == step.text else None
        if stands.text == step.text and step.pk in ids:
            found[step.pk] = stands.pk
    return found
