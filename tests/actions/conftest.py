from datetime import UTC, date, datetime

import pytest

from actions import changes
from actions.changes.definition import RoleGiven, StepGiven
from boards import changes as board_changes
from boards.models import User

AT = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
"""When the small plan below is written and agreed."""


class Small:
    """A board with two agencies, two quarters and an agreed plan of three actions; the cast of the rights tests.

    Action 1 is led by the police and due 30 June 2026, with two steps, the first due 31 May; 2 is led by health
    with the police joining, due 30 September; 3 is ongoing, led by the CSE group, of limited circulation.
    """

    def __init__(self):
        self.people = {}
        self.manager = self.person("manager")
        by = {"by": self.manager, "at": AT}
        self.board = board_changes.create_board(slug="northshire", name="Northshire Partnership", **by)
        board_changes.give_role(person=self.manager, role="business_manager", on=self.board, by=None, at=AT)
        self.q1 = board_changes.add_period(
            board=self.board, label="Q1 2026/27", starts=date(2026, 4, 1), ends=date(2026, 6, 30), **by
        )
        self.q2 = board_changes.add_period(
            board=self.board, label="Q2 2026/27", starts=date(2026, 7, 1), ends=date(2026, 9, 30), **by
        )
        self.police_seat, self.health_seat = (
            board_changes.add_seat(board=self.board, agency_name=name, agency_kind=kind, **by)
            for name, kind in (("Northshire Police", "police"), ("Northshire Health", "health"))
        )
        self.group = board_changes.add_sub_group(board=self.board, name="CSE Group", **by)
        self.police, self.health = (
            board_changes.add_owner(board=self.board, name=name, kind="seat", seat=seat, **by)
            for name, seat in (("Police", self.police_seat), ("Health", self.health_seat))
        )
        self.cse_group = board_changes.add_owner(
            board=self.board, name="CSE Group", kind="sub_group", sub_group=self.group, **by
        )
        self.prevent = board_changes.add_priority(board=self.board, name="Prevent", code="prevent", **by)
        self.red, self.amber, self.green, self.blue = self.board.rating_set.order_by("-severity")
        self.plan = self.written(by)
        self.one, self.two, self.three = self.plan.actions.order_by("position")
        changes.agree_plan(plan=self.plan, agreed_on=date(2026, 4, 1), reason="Action 3 has no end", **by)
        self.refresh()

    def written(self, by):
        plan = changes.create_plan(
            board=self.board,
            slug="northshire-2026",
            title="Action plan 2026",
            overseen_by=self.group,
            starts=date(2026, 4, 1),
            ends=date(2027, 3, 31),
            **by,
        )
        common = {"plan": plan, "priorities": [self.prevent], **by}
        changes.add_action(
            reference="1",
            wording="Train the front desk",
            timescale="June 2026",
            roles=[RoleGiven(self.police, "lead")],
            steps=[StepGiven("Write the course", timescale="May 2026"), StepGiven("Hold the course")],
            **common,
        )
        changes.add_action(
            reference="2",
            wording="Agree the pathway",
            timescale="September 2026",
            roles=[RoleGiven(self.health, "lead"), RoleGiven(self.police, "joint_lead")],
            **common,
        )
        changes.add_action(
            reference="3",
            wording="Keep the problem profile current",
            timescale="Ongoing",
            roles=[RoleGiven(self.cse_group, "lead")],
            limited=True,
            **common,
        )
        return plan

    def refresh(self):
        self.plan.refresh_from_db()
        for action in (self.one, self.two, self.three):
            action.refresh_from_db()

    def person(self, name, role=None, on=None, **dates):
        """Somebody of the cast, made when first asked for."""
        if name not in self.people:
            self.people[name] = User.objects.create_user(f"{name}@example.org", name.capitalize())
        if role:
            board_changes.give_role(
                person=self.people[name], role=role, on=on or self.board, by=self.manager, at=AT, **dates
            )
        return self.people[name]

    def say(self, action, owner, at, rating=None, *, status="in_progress", words="It goes on.", **more):
        """The coordinator enters an update for an owner."""
        fields = {"reason": "Because it does.", "date_answer": "holds", **more.pop("answer", {})}
        return changes.enter_update(
            action=action,
            owner=owner,
            answer=changes.Answer(status=status, rating=rating or self.green, words=words, **fields),
            period=more.pop("period", self.q1),
            by=self.manager,
            at=at,
            **more,
        )


@pytest.fixture
def small(db):
    return Small()


def moment(*day, hour=12):
    return datetime(*day, hour, tzinfo=UTC)
