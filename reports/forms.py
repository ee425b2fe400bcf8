"""The boxes above the list of all the plans of a person."""

from django import forms

from cseplan.filters import ListFilter, box
from reports.all_plans import ORDERS, STATES, in_order


class AllPlansFilter(ListFilter):
    """Which plans are shown, and in which order."""

    kept = ("sort",)

    board = box("Board")
    state = box("State")
    sort = forms.ChoiceField(required=False, choices=[(order, order) for order in ORDERS], widget=forms.HiddenInput)

    def shown(self, lines):
        """Of these lines those that match everything chosen, in the order chosen."""
        board, state = self.chosen("board"), self.chosen("state")
        found = [
            line
            for line in lines
            if (not board or board in {str(one.pk) for one in line.boards}) and (not state or line.state == state)
        ]
        return in_order(found, self.chosen("sort"))


def all_plans_filter(data, lines):
    """The filter of these lines, with the boards and states that they have."""
    boards = {board.pk: board.name for line in lines for board in line.boards}
    there = {line.state for line in lines}
    return AllPlansFilter(
        data,
        board=sorted(boards.items(), key=lambda one: one[1].casefold()),
        state=[(state, word) for state, word in STATES.items() if state in there],
    )
