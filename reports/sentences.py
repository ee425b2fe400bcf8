"""The three sentences of the summary: what moved, what is overdue, what was completed. Facts only, made from lines."""

from collections.abc import Sequence

from reports.lines import Line

NAMED_AT_MOST = 6
"""References that a sentence names before it says how many more."""


def moved(before: str, better: Sequence[Line], worse: Sequence[Line], redated: int) -> str:
    """What moved since the quarter `before`; without one there is nothing to compare with."""
    if not before:
        return "This is the first quarterly update: there is no earlier quarter to compare with."
    dates = f"the {'date' if redated == 1 else 'dates'} of {_number(redated, 'action')} moved" if redated else ""
    ratings = "no action is rated better or worse"
    if better or worse:
        first = f"{_number(len(better), 'action')} {_are(better)}" if better else "no action is"
        ratings = f"{first} rated better{_named(better)} and {len(worse) or 'none'} worse{_named(worse)}"
    return f"Since {before}, {ratings}; {dates or 'no date moved'}."


def overdue(still_open: int, late: Sequence[Line], before: str, late_before: int) -> str:
    """How many of the open actions are overdue, how many were the quarter `before`, and the worst of them."""
    if not still_open:
        return "No action is open."
    then = f" ({late_before or 'none'} in {before})" if before else ""
    if not late:
        return f"None of the {_number(still_open, 'open action')} is overdue{then if late_before else ''}."
    worst = late[0]
    return (
        f"{len(late)} of {_number(still_open, 'open action')} {_are(late)} overdue{then},"
        f" the longest by {_number(worst.days_overdue, 'day')}: {worst.reference}, led by {worst.lead}."
    )


def completed(done: Sequence[Line], waiting: Sequence[Line]) -> str:
    """What was accepted as complete, and what waits for it."""
    said = "No action was completed in the quarter"
    if done:
        said = f"{_number(len(done), 'action')} {'was' if len(done) == 1 else 'were'} completed{_named(done)}"
    if not waiting:
        return f"{said}."
    waits = "waits" if len(waiting) == 1 else "wait"
    return f"{said}; {_number(len(waiting), 'action')} proposed as complete {waits} to be accepted{_named(waiting)}."


def _named(lines):
    names = [line.reference for line in lines]
    if not names:
        return ""
    more = f" and {len(names) - NAMED_AT_MOST} more" if len(names) > NAMED_AT_MOST else ""
    return f" ({', '.join(names[:NAMED_AT_MOST])}{more})"


def _number(count, noun):
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _are(lines):
    return "is" if len(lines) == 1 else "are"
