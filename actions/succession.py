"""What became of an action and what it came from: carried over, merged, split or replaced.

The one home of what travels along: the first due date and the moves of an action are those of everything it came
from. A succession goes one way in time, from what stands without a successor to what has none yet, so that no action
ever comes from itself; see actions.changes.succession, which writes them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import F, Q

from actions.models import Succession

Kind = Succession.Kind


class Link(NamedTuple):
    """One action that another came from, with what may be said of both to whoever reads either."""

    kind: str
    from_action: int
    to_action: int
    first_due: date | None
    at: datetime
    from_reference: str
    to_reference: str
    from_plan: str
    to_plan: str
    within: bool
    """Both are actions of the same plan."""
    limited: bool


FIELDS = {
    "from_reference": F("from_action__reference"),
    "to_reference": F("to_action__reference"),
    "from_plan": F("from_action__plan__title"),
    "to_plan": F("to_action__plan__title"),
    "from_plan_id": F("from_action__plan"),
    "to_plan_id": F("to_action__plan"),
    "limited": F("from_action__limited"),
}


class Chains:
    """Every succession of some boards that had been recorded by a moment: one query, however long they are."""

    def __init__(self, boards: Iterable[int], known_by: datetime | None = None):
        known, stands = Q(), Q(to_action__removed_at__isnull=True)
        if known_by is not None:
            known, stands = Q(at__lte=known_by), stands | Q(to_action__removed_at__gt=known_by)
        self.after: dict[int, list[Link]] = defaultdict(list)
        self.before: dict[int, list[Link]] = defaultdict(list)
        rows = Succession.objects.filter(known, stands, board__in=set(boards)).order_by("id")
        for row in rows.values("kind", "from_action", "to_action", "first_due", "at", **FIELDS):
            row["within"] = row.pop("from_plan_id") == row.pop("to_plan_id")
            link = Link(**row)
            self.after[link.from_action].append(link)
            self.before[link.to_action].append(link)

    def ancestors(self, action: int) -> frozenset[int]:
        """Every action that this one came from, however far back."""
        found: set[int] = set()
        waiting = [action]
        while waiting:
            older = {link.from_action for link in self.before.get(waiting.pop(), ())} - found
            found |= older
            waiting += older
        return frozenset(found)


def gone_on() -> Q:
    """Actions that go on elsewhere; one that was taken out of its draft counts as nowhere."""
    return Q(pk__in=Succession.objects.filter(to_action__removed_at__isnull=True).values("from_action"))


def placed(actions):
    """Of these actions, those that go on elsewhere."""
    return actions.filter(gone_on())


def ancestors_of(action) -> frozenset[int]:
    """Every action that one action came from, until now."""
    return Chains([action.board_id]).ancestors(action.pk)


def earliest(*days: date | None) -> date | None:
    """The first of some days, of which some may be missing."""
    return min((day for day in days if day), default=None)


# In words that whoever reads one of the two may read: an action is named only where both stand in one plan and are not
# of limited circulation, for a draft and a limited action are not everybody's to know.


def became(links: Sequence[Link], *, over: bool) -> str:
    """What became of an action: “Carried over into Plan 2027-28”; `over` once it is no longer open itself."""
    if not links:
        return ""
    kind, plan = links[0].kind, links[0].to_plan
    what = _named([(link, link.to_reference) for link in links], plan)
    words = {
        Kind.CARRIED: f"carried over into {plan}",
        Kind.MERGED: f"merged into {what}",
        Kind.SPLIT: f"split into {what}",
        Kind.REPLACED: f"replaced by {what}",
    }[Kind(kind)]
    return words[0].upper() + words[1:] if over else f"To be {words} when the board agrees it"


def came_from(links: Sequence[Link]) -> str:
    """What an action came from: “Carried over from Plan 2026-27”, “Split from 2.1”."""
    by_kind: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        by_kind[link.kind, link.from_plan].append(link)
    said = []
    for (kind, plan), some in by_kind.items():
        what = _named([(link, link.from_reference) for link in some], plan)
        said.append(
            {
                Kind.CARRIED: f"Carried over from {plan}",
                Kind.MERGED: f"Took in {what}",
                Kind.SPLIT: f"Split from {what}",
                Kind.REPLACED: f"In place of {what}",
            }[Kind(kind)]
        )
    return "; ".join(said)


def _named(named, plan):
    """“2.1 and 2.2”, or how many where they are not to be named."""
    links = [link for link, _ in named]
    if all(link.within and not link.limited for link in links):
        *most, last = [reference for _, reference in named]
        return f"{', '.join(most)} and {last}" if most else last
    many = f"{len(links)} actions" if len(links) > 1 else "another action" if links[0].within else "an action"
    return many if links[0].within else f"{many} of {plan}"
