"""A step or a milestone of an agreed action that is worded, led or dated otherwise, and is still the same one.

It is another row in the same place, and a step knows as which it first stood: its ticks go on, and another date of its
own stands on the record with the reason of the version. So no date moves silently, and none is lost.
"""

from django.core.exceptions import ValidationError

from actions.changes.arriving import keep_date_change
from actions.models import DateChange, Step
from boards.sentences import shortened

LONG, SHORT = 100, 60
"""How much of a step's words stand in a line of the history: where they are what changed, and where it is named."""


def found_again(rows, given, kept, called):
    """{place in `given`: the row that it was}: the row it names, or else one that is called the same.

    Args:
        rows: those of which nothing that is given says just what they say.
        kept: places of what stands on as it is.
    """
    found, left = {}, list(rows)
    for is_same in (lambda row, one: one.was == row.pk, lambda row, one: called(one) and called(row) == called(one)):
        for place, one in enumerate(given):
            row = next((row for row in left if place not in found and place not in kept and is_same(row, one)), None)
            if row is not None:
                left.remove(row)
                found[place] = row
    return found


def settle(turn, before, after, given, version):
    """What follows from a step or milestone being another row: the record of its date. Returns a sentence for the
    trail, or nothing where only its place is another."""
    if isinstance(after, Step):
        _refuse_loss(before, after, given)
        _redate(turn, before, after, given, version)
    return _told(before, after)


def _refuse_loss(before, after, given):
    """What is done stays what was done, and a step that had a date keeps one."""
    named = f"“{shortened(before.text, SHORT)}”"
    if before.done_on and before.text != after.text:
        raise ValidationError(
            f"The step {named} is done. Leave its words as they are, and write as another step what is left to do."
        )
    if before.due and not after.due and not given.misread:
        raise ValidationError(
            f"The step {named} is due on {before.due:%-d %B %Y}, and “{given.timescale or 'nothing'}” is no date. Say "
            "by when it will be done; or, if no date was ever meant, that the words had been read wrongly."
        )


def _redate(turn, before, after, given, version):
    """Another date of a step stands on the record, told apart from a reading that was wrong."""
    if before.due == after.due:
        return
    kind = DateChange.Kind.MOVED if before.due else DateChange.Kind.DATED
    kind = DateChange.Kind.CORRECTION if given.misread else kind
    record = {"by": turn.by, "meeting": version.meeting, "step": after}
    keep_date_change(turn, after.action, kind, before.due, after.due, version.reason, **record)


def _told(before, after):
    said = []
    if str(before) != str(after):
        said.append(f"now “{shortened(str(after), LONG)}”")
    if isinstance(after, Step) and before.lead_id != after.lead_id:
        said.append(f"who from {before.lead or 'the lead'} to {after.lead or 'the lead'}")
    if _when(before) != _when(after):
        said.append(f"by when from {_when(before)} to {_when(after)}")
    kind = after._meta.verbose_name.capitalize()
    return f"{kind} “{shortened(str(before), SHORT)}”: {'; '.join(said)}" if said else ""


def _when(row):
    words = row.timescale.text if row.timescale else ""
    due = row.timescale.due if row.timescale else None
    day = f"{due:%-d %B %Y}" if due else ""
    return f"{words} ({day})" if words and day else words or day or "nothing"
