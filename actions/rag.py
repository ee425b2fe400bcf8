"""What ratings mean: which need words, which disagree with the facts, which way they travel.

The product never sets a rating. It asks for the words a rating owes, and shows where rating, status, date and
freshness do not fit together.
"""

from datetime import date

from actions.deadlines import DONE, OPEN, date_state
from actions.models import Status

NOT_HEARD_FOR = 183
"""Days without an update after which an ongoing action is said to be silent: two quarters."""

WITHOUT_DATE = ("ongoing", "recurring", "none", "event")
"""Kinds of timescale behind which an action can hide."""


def is_bad(rating) -> bool:
    return rating is not None and rating.needs_reason


def is_good(rating) -> bool:
    """On track: neither needing a reason nor claiming completion."""
    return rating is not None and not rating.needs_reason and not rating.requires_completion


def missing_words(*, status, rating, reason, words, no_change, date_answer, next_due, on) -> dict[str, str]:
    """{field: sentence} of what a statement still owes before it can be accepted."""
    owed = {}
    if not words.strip() and not no_change:
        owed["words"] = "Say what has happened since the last update, or tick “Nothing has changed”."
    if rating is None:
        owed["rating"] = "Choose how the action is going."
        return owed
    if rating.needs_reason and not reason.strip():
        owed["reason"] = f"Say why the rating is {rating.word}."
    state = date_state(next_due, status, on)
    if is_good(rating) and state.is_overdue and not reason.strip():
        owed["reason"] = f"This action is {state.words}. Say why it is nevertheless {rating.word}."
    if is_worst(rating) and next_due and status in OPEN and not date_answer:
        owed["date_answer"] = "Say whether the date will hold."
    if rating.requires_completion and status not in (*DONE, Status.PROPOSED_COMPLETE):
        owed["rating"] = f"{rating.word} is for actions that are complete. Choose another rating, or change the status."
    return owed


def is_worst(rating) -> bool:
    """The step of its scale that is worse than every other."""
    return rating.severity == max(other.severity for other in rating.scale.ratings.all())


def disagreements(*, status, rating, next_due, heard_on, timescale_kind, has_evidence, on: date, since: date | None):
    """Sentences where what was said and what is known do not fit.

    Args:
        since: the day the plan was agreed, from which an action nobody has spoken about is silent.
    """
    found = []
    state = date_state(next_due, status, on)
    if state.is_overdue and (is_good(rating) or (rating and rating.requires_completion)):
        found.append(f"{rating.word}, {state.words}")
    quiet_since = heard_on or since
    if status in OPEN and timescale_kind in WITHOUT_DATE and quiet_since and (on - quiet_since).days > NOT_HEARD_FOR:
        found.append("Ongoing, no update for two quarters")
    if status in DONE and not has_evidence:
        found.append("Complete, no evidence")
    if status in DONE and is_bad(rating):
        found.append(f"Complete, but rated {rating.word}")
    return found


ON_TRACK, AT_RISK, OFF_TRACK, NOT_RATED = "on_track", "at_risk", "off_track", "not_rated"


def track(rating, steps) -> str:
    """Which headline figure a rating counts in, by its place on its own scale.

    The worst step is off track; those that need no reason, and the best of those that claim no completion, are on
    track; what lies between is at risk.

    Args:
        steps: every step of the same scale.
    """
    if rating is None:
        return NOT_RATED
    working = [step.severity for step in steps if not step.requires_completion] or [rating.severity]
    if rating.severity == max(working) != min(working):
        return OFF_TRACK
    return ON_TRACK if rating.severity <= min(working) or not is_bad(rating) else AT_RISK


TRAVEL = {"better": "better than", "worse": "worse than", "same": "same as"}


def travel(before, now) -> str:
    """'better', 'worse', 'same', or '' where one of the two ratings is not known."""
    if before is None or now is None:
        return ""
    if before.severity == now.severity:
        return "same"
    return "better" if now.severity < before.severity else "worse"
