"""A board's key to ratings: as it is now, as it was, and what counts beside it."""

from typing import NamedTuple

from boards.models import Rating

NONE, NO_UPDATE, WITHDRAWN, GONE_ON = "none", "no_update", "withdrawn", "gone_on"
"""What an action counts as when it counts as none of the ratings. No step of a key has such a code."""


class Ratings(NamedTuple):
    """A board's rating scale, worst first, and (code, step) of earlier scales that it no longer has."""

    current: list[Rating]
    older: list[tuple[str, Rating]]


def ratings_of(board) -> Ratings:
    """Every step a board has had; one query."""
    rows = list(Rating.objects.filter(board=board).select_related("scale").order_by("-scale__version", "-severity"))
    current = [row for row in rows if row.scale_id == rows[0].scale_id]
    codes = {row.code for row in current}
    return Ratings(current, list({row.code: row for row in reversed(rows) if row.code not in codes}.items()))


def is_current(rating: Rating) -> bool:
    """Whether the board rates with this step now."""
    return rating in ratings_of(rating.board).current
