"""Which pages of a board serve a person: at most five words beside the board's name, and the way back up.

The pages themselves live in higher apps and are named here by their address alone. Every page of a board takes its
frame from `frame`, so that it looks the same from wherever one comes.
"""

from typing import NamedTuple

from django.urls import reverse

from boards.labels import labels_of
from boards.permissions import roles_of

YOUR_WORK, PLANS, REVIEW, REPORTS, BOARD = "your_work", "plans", "overdue", "reports", "board"
"""The five pages, by the name of their address."""

LABELS = {PLANS: "Plans", REVIEW: "Review", REPORTS: "Reports", BOARD: "Board"}

WRITES_ONLY = {"contact", "contributor"}
"""Roles that the overdue list does not serve: their own overdue actions stand in their work."""


class Item(NamedTuple):
    label: str
    url: str
    current: bool


def navigation(user, board, current, on):
    """The items of the menu for one person on one board; `current` is one of the five names.

    Without a board, or on a board of which this person only reads a plan that another board received, there is
    their work and nothing else.
    """
    items = [Item("Your work", reverse(YOUR_WORK), current == YOUR_WORK)]
    roles = {role for role, _ in roles_of(user, board, on)} if board else set()
    if roles:
        pages = [name for name in LABELS if name != REVIEW or roles - WRITES_ONLY]
        items += [Item(LABELS[name], reverse(name, args=[board.slug]), current == name) for name in pages]
    return items


def frame(user, board, current, on, above=None):
    """What the frame of a page needs from its view: `board`, `navigation` and `crumbs`; and the board's `labels`.

    Args:
        above: for a page below the page `current`, the (label, address) of each page between the two, often none;
            left out for the page `current` itself.
    """
    items = navigation(user, board, current, on)
    crumbs = [items[0][:2]]
    if len(items) > 1 and current != BOARD:
        crumbs.append((board.short_name or board.name, reverse(BOARD, args=[board.slug])))
    if above is not None:
        crumbs += [item[:2] for item in items[1:] if item.current]
        crumbs += above
    crumbs = crumbs if current != YOUR_WORK else []
    return {"board": board, "navigation": items, "crumbs": crumbs, "labels": labels_of(board)}
