"""The boxes above a list of actions. They turn what was chosen into the words of listing and deadlines; no rule is made
here. Whatever is chosen stays in the address, so that a list can be sent to somebody."""

from django import forms

from actions import listing
from actions.deadlines import STATES, alive, in_state
from boards.labels import USUAL
from cseplan.filters import ListFilter, box
from cseplan.forms import LineField

WHERE_WE_ARE, AS_PUBLISHED = "", "published"
"""The two ways to look at a plan."""


OPEN = "open"
"""In the box of dates: whatever is still to be done."""

MINE = "mine"
"""In the box of sub-groups: those whose chair is looking."""


class ActionFilter(ListFilter):
    """What the boxes above a list of actions narrow it by."""

    def by_q(self, text, on):
        return listing.mentioning(text)

    def by_strand(self, priority, on):
        return listing.of_strand(priority)

    def by_owner(self, owner, on):
        return listing.of_owner(owner)

    def by_rating(self, code, on):
        return listing.counted_as(code)

    def by_dates(self, state, on):
        return alive() if state == OPEN else in_state(state, on)

    def by_group(self, sub_group, on):
        return listing.overseen_by(sub_group)

    def by_recommendation(self, recommendation, on):
        return listing.answering(recommendation)


class PlanFilter(ActionFilter):
    """The filters of a plan, its order and the way to look at it."""

    kept = ("sort", "view")

    q = LineField(label="Words", required=False, max_length=200)
    strand = box("Strategic priority")
    owner = box("Owner")
    rating = box("Rating")
    dates = forms.ChoiceField(
        label="Due", required=False, choices=[("", "All"), (OPEN, "Still to be done"), *STATES.items()]
    )
    group = box("Overseen by")
    recommendation = box("Recommendation")
    sort = forms.ChoiceField(
        required=False, choices=[(order, order) for order in listing.ORDERS], widget=forms.HiddenInput
    )
    view = forms.ChoiceField(
        required=False,
        choices=[(WHERE_WE_ARE, "Where we are"), (AS_PUBLISHED, "As published")],
        widget=forms.HiddenInput,
    )

    @property
    def as_published(self) -> bool:
        return self.chosen("view") == AS_PUBLISHED

    def in_order(self, actions):
        """The board's own order when the plan is shown as published."""
        return actions.order_by(*listing.ORDERS["" if self.as_published else self.chosen("sort")])


class OverdueFilter(ActionFilter):
    """The filters of a board's overdue list."""

    plan = box("Plan")
    group = box("Overseen by")
    owner = box("Owner")

    def __init__(self, data, *, mine=(), **choices):
        super().__init__(data, **choices)
        self.mine = mine

    def by_plan(self, plan, on):
        return listing.in_plan(plan)

    def by_group(self, sub_group, on):
        return listing.overseen_by(*self.mine) if sub_group == MINE else listing.overseen_by(sub_group)


WORDS = {"strand": "priority", "owner": "owner", "recommendation": "recommendation"}
"""Boxes that are called by a word which a board may replace."""


def in_words(form, labels):
    """A filter whose boxes are called as the board calls what they hold."""
    for name, code in WORDS.items():
        if name in form.fields:
            form[name].label = getattr(labels, code).One  # its box was made when what was chosen was read
    return form


def plan_filter(data, board_choices, ratings, found, labels=USUAL):
    """The filter of a plan, with the choices that its actions have.

    Args:
        board_choices: from `listing.choices`.
        ratings: from `boards.ratings.ratings_of`.
        found: from `listing.facts`.
        labels: the words of the plan's board.
    """
    strands = [(strand.pk, strand.name) for strand in board_choices.strands]
    if strands and any(not fact.strands for fact in found.values()):
        strands.append((listing.NONE, "None given"))
    form = PlanFilter(
        data,
        strand=strands,
        owner=[(owner.pk, owner.name) for owner in board_choices.owners],
        rating=[(counted.code, counted.word) for counted in listing.tally(found.values(), ratings)],
        group=[(group.pk, group.name) for group in board_choices.sub_groups],
        recommendation=[(row.pk, f"{row.number}. {row.text}") for row in board_choices.recommendations],
    )
    return in_words(form, labels)


def overdue_filter(data, plans, board_choices, mine, labels=USUAL):
    """The filter of a board's overdue list.

    Args:
        mine: ids of the sub-groups that the reader chairs.
    """
    groups = [(group.pk, group.name) for group in board_choices.sub_groups]
    form = OverdueFilter(
        data,
        mine=mine,
        plan=[(plan.slug, plan.title) for plan in plans],
        group=[(MINE, "Overseen by me"), *groups] if mine else groups,
        owner=[(owner.pk, owner.name) for owner in board_choices.owners],
    )
    return in_words(form, labels)
