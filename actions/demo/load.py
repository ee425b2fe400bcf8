"""Loads the demo: four boards, their plans re-dated so that they are in mid-life on the day, and nine months of story.

Everything goes through the product's verbs, in the order in which it happened on each board.
"""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from actions import changes
from actions.demo import people, plans
from actions.demo.quarters import Calendar, moment
from actions.demo.redating import Shift, months_between
from actions.demo.story import Story, tell
from actions.standing import refresh_once
from boards import changes as boards
from boards.audit import change


@transaction.atomic
def load(*, on: date):
    """Make the four demo boards as they stand on a day. All of it or nothing."""
    password = make_password(people.PASSPHRASE)
    return [load_board(slug, on=on, password=password).board for slug in plans.SLUGS]


def load_board(slug, *, on, password):
    """One demo board with its plan, people, rounds and story."""
    facts, story = plans.read(slug), Story.read(slug)
    shift = Shift(months_between(story.today, on), facts["plan"]["first_year"])
    built = plans.Built(facts, shift, on, password)
    calendar = Calendar(on, facts["board"]["quarter_start_month"])
    set_up = moment(calendar.set_up)
    plans.build_board(built, at=set_up)
    with change(built.board, by=None, at=set_up):
        people.make_people(built, at=set_up)
        manager, coordinator = built.people["manager"], built.people["coordinator"]
        people.appoint_holders(built, starts=calendar.set_up, by=manager, at=set_up)
    written = moment(calendar.set_up, 14)
    with change(built.board, by=coordinator, at=written), refresh_once():
        plans.build_plan(built, starts=calendar.quarters[0].starts, by=coordinator, at=written, limited=story.limited)
        agree(built, calendar, by=manager)
    tell(built, story, calendar)
    people.make_visits(built, on=on)
    return built


def agree(built, calendar, *, by):
    """The sub-group agrees the plan; the business manager enters the year's reporting periods."""
    at = moment(calendar.agreed, 16)
    meeting = boards.add_meeting(
        board=built.board,
        name=f"{built.groups[built.lead_group].short_name}, to agree the plan",
        held_on=calendar.agreed,
        sub_group=built.groups[built.lead_group],
        by=by,
        at=at,
    )
    built.plan = changes.agree_plan(
        plan=built.plan,
        agreed_on=calendar.agreed,
        meeting=meeting,
        reason="The board keeps its own words about time where it cannot give a date yet, and asks each quarter.",
        by=by,
        at=at,
    )
    for quarter in calendar.quarters:
        built.periods.append(
            boards.add_period(
                board=built.board, label=quarter.label, starts=quarter.starts, ends=quarter.ends, by=by, at=at
            )
        )
