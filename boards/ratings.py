"""A board's key to ratings as it is now."""

from boards.models import Rating

RESERVED = ("none", "withdrawn")
"""What a count calls actions that nobody has rated, and those that are withdrawn: no step has such a code."""


def key_of(board) -> list[Rating]:
    """The steps of the newest version of the board's rating scale, worst first."""
    newest = board.ratingscale_set.order_by("version").last()
    return list(newest.ratings.order_by("-severity")) if newest else []
