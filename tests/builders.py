"""A board with its people, a plan and what was said about it, made through the product's own verbs.

    cast = make_board()                       three periods, their rounds, seats, sub-groups, one person a role
    plan = make_plan(cast, actions=3)         agreed, in two sections, with an objective
    say(cast, action, "amber", on=...)        an update on the record
    with at(TODAY): client.get(...)           the clock of the views

Nothing is left to chance: the same call makes the same rows. Say things in the order in which they happened: each
verb works the caches out as of its own day. TODAY is in the open round of Q2 2026/27 (due on
9 October 2026); the round of Q1 was due on 10 July 2026.
"""

from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, cycle
from types import SimpleNamespace

import time_machine
from django.db import connection

from actions import changes
from actions.changes.definition import MilestoneGiven, RoleGiven, StepGiven
from actions.models import Action, ActionPriority, ActionVersion, OwnerRole, Plan, Step
from boards import changes as board_changes
from boards import guards
from boards.models import User

TODAY = date(2026, 9, 28)
AGREED_ON = date(2026, 1, 12)

QUARTERS = (
    ("Q4 2025/26", date(2026, 1, 1), date(2026, 3, 31), date(2026, 3, 16), date(2026, 4, 10)),
    ("Q1 2026/27", date(2026, 4, 1), date(2026, 6, 30), date(2026, 6, 15), date(2026, 7, 10)),
    ("Q2 2026/27", date(2026, 7, 1), date(2026, 9, 30), date(2026, 9, 14), date(2026, 10, 9)),
)
"""Label, first day, last day, the day its round opens, the day it is due."""

COLUMNS = (
    ("No.", "reference"),
    ("What we will do", "action"),
    ("How will we do this?", "steps"),
    ("Lead agency", "lead"),
    ("Supported by", "support"),
    ("By when", "timescale"),
    ("How we will know", "measure"),
    ("RAG", "rating"),
)
NAMES = {
    "manager": "Morgan Manager",
    "coordinator": "Casey Coordinator",
    "approver": "Avery Approver",
    "member": "Mel Member",
    "scrutineer": "Sasha Scrutineer",
    "chair": "Charlie Chair",
    "secretary": "Sandy Secretary",
    "contact": "Kit Contact",
    "contributor": "Corey Contributor",
    "nurse": "Nic Nurse",
    "stranger": "Sky Stranger",
}
_numbers = count(1)


def moment(on, hour=10):
    """A recorded moment on a day."""
    return datetime.combine(on, time(hour), tzinfo=UTC)


def at(on):
    """The clock of views and commands, stopped at ten on this day."""
    return time_machine.travel(moment(on), tick=False)


@contextmanager
def unguarded(app="actions"):
    """Take the guards off the tables of an app, for what no verb does: an agreed plan made a draft again."""
    guards.remove(connection, app)
    try:
        yield
    finally:
        guards.install(connection, app)


def make_draft_again(plan):
    """A plan with all that was said about it, and not agreed."""
    with unguarded():
        Plan.objects.filter(pk=plan.pk).update(state=Plan.State.DRAFT, agreed_on=None)


def make_person(name, *, slug=""):
    """A person who may sign in, with no role yet."""
    return User.objects.create_user(f"{name.split()[0].lower()}{slug and '.' + slug}@example.org", name, "a long word")


def make_board(slug="elmshire", name="Elmshire Safeguarding Children Partnership", **facts):
    """A board and its cast, by name of role: two seats, and a strategic group with an operational one under it.

    `contact` and `contributor` are of the police seat, `nurse` is the contact of the health seat, `chair` and
    `secretary` are of the strategic group, `stranger` has no role. A password is enough to sign in, unless told
    otherwise.
    """
    then = moment(date(2026, 1, 5))
    who = {"by": None, "at": then}
    people = {role: make_person(person, slug=slug) for role, person in NAMES.items()}
    board = board_changes.create_board(slug=slug, name=name, **{"second_factor_required": False, **facts}, **who)
    who["by"] = people["manager"]
    cast = SimpleNamespace(board=board, **people)
    cast.police = board_changes.add_seat(board=board, agency_name="Elmshire Police", agency_kind="police", **who)
    cast.health = board_changes.add_seat(board=board, agency_name="Elmshire Health Board", agency_kind="health", **who)
    cast.strategic = board_changes.add_sub_group(board=board, name="Strategic Group", **who)
    cast.operational = board_changes.add_sub_group(
        board=board, name="Operational Group", reports_to=cast.strategic, **who
    )
    cast.prevent = board_changes.add_priority(board=board, name="Prevent", code="prevent", **who)
    cast.pursue = board_changes.add_priority(board=board, name="Pursue", code="pursue", **who)
    _give_roles(cast, who)
    _name_owners(cast, who)
    cast.periods = {
        label: board_changes.add_period(board=board, label=label, starts=starts, ends=ends, **who)
        for label, starts, ends, _, _ in QUARTERS
    }
    cast.rounds = {
        label: changes.open_round(
            period=cast.periods[label],
            opens=opens,
            due=due,
            grace_ends=due + timedelta(days=7),
            closes=due + timedelta(days=14),
            **who,
        )
        for label, _, _, opens, due in QUARTERS
    }
    return cast


def _give_roles(cast, who):
    places = {
        "business_manager": (cast.manager, cast.board),
        "coordinator": (cast.coordinator, cast.board),
        "approver": (cast.approver, cast.board),
        "member": (cast.member, cast.board),
        "scrutineer": (cast.scrutineer, cast.board),
        "chair": (cast.chair, cast.strategic),
        "secretary": (cast.secretary, cast.strategic),
        "contact": (cast.contact, cast.police),
        "contributor": (cast.contributor, cast.police),
    }
    for role, (person, on) in places.items():
        by = None if role == "business_manager" else cast.manager
        board_changes.give_role(person=person, role=role, on=on, by=by, at=who["at"])
    board_changes.give_role(person=cast.nurse, role="contact", on=cast.health, **who)


def _name_owners(cast, who):
    """Police has a holder, the health owner has lost hers, the CSE Coordinator's post never had one."""
    named = {"board": cast.board, **who}
    cast.police_owner = board_changes.add_owner(
        name="Police", kind="seat", seat=cast.police, aliases=("Elmshire Police",), **named
    )
    cast.health_owner = board_changes.add_owner(name="Health", kind="seat", seat=cast.health, **named)
    cast.post_owner = board_changes.add_owner(name="CSE Coordinator", kind="post", seat=cast.police, **named)
    cast.group_owner = board_changes.add_owner(
        name="Operational Group", kind="sub_group", sub_group=cast.operational, **named
    )
    cast.outside_owner = board_changes.add_owner(name="Barnardo’s", kind="outside", **named)
    board_changes.appoint_holder(owner=cast.police_owner, person=cast.contact, starts=date(2026, 1, 5), **who)
    left = board_changes.appoint_holder(owner=cast.health_owner, person=cast.nurse, starts=date(2026, 1, 5), **who)
    board_changes.end_holder(holder=left, ends=date(2026, 5, 31), **who)


def make_plan(
    cast, *, actions=3, more=0, slug="cse-plan", title="CSE Action Plan 2026-28", agreed=True, columns=COLUMNS, **facts
):
    """A plan of the board with `actions` actions in two sections, agreed on AGREED_ON unless told otherwise.

    Every third action is led by police, then health, then the operational group; dues run from March 2026 a month
    apart, three in a month; the second section is overseen by the operational group. `more` actions are put in at
    once and not through the verbs, for tests of long lists.
    """
    who = {"by": cast.manager, "at": moment(AGREED_ON)}
    plan = changes.create_plan(
        board=cast.board,
        slug=slug,
        title=title,
        overseen_by=cast.strategic,
        columns=columns,
        starts=date(2026, 1, 1),
        ends=date(2028, 3, 31),
        **facts,
        **who,
    )
    first = changes.add_section(plan=plan, number="1.0", title="Prevent", priority=cast.prevent, **who)
    second = changes.add_section(
        plan=plan, number="2.0", title="Pursue", priority=cast.pursue, overseen_by=cast.operational, **who
    )
    objective = changes.add_objective(plan=plan, section=first, number="1.1", title="Know the signs", **who)
    leads = cycle((cast.police_owner, cast.health_owner, cast.group_owner))
    for number, lead in zip(range(1, actions + 1), leads, strict=False):
        early = number * 2 <= actions + 1
        make_action(
            cast,
            plan,
            f"{1 if early else 2}.{number}",
            lead=lead,
            section=first if early else second,
            objective=objective if early else None,
            priorities=[cast.prevent if early else cast.pursue],
            timescale=_month(2 + (number - 1) // 3),
        )
    if more:
        _make_many(plan, more)
    return agree(cast, plan) if agreed else plan


def agree(cast, plan):
    """The board agrees a plan as it is, whatever its actions lack."""
    return changes.agree_plan(
        plan=plan, agreed_on=AGREED_ON, reason="As the board agreed it.", by=cast.manager, at=moment(AGREED_ON)
    )


def _month(months_on):
    """A month as boards write it, so many after January 2026."""
    return date(2026 + months_on // 12, months_on % 12 + 1, 1).strftime("%B %Y")


def _make_many(plan, more):
    """Many copies of the last action of a draft plan, with its lead, strand and a step, in a few statements."""
    model = plan.actions.order_by("position").last()
    like = {field.attname: getattr(model, field.attname) for field in Action._meta.concrete_fields}
    skipped = ("id", "reference", "position", "version_id")
    like = {name: value for name, value in like.items() if name not in skipped}
    copies = Action.objects.bulk_create(
        Action(**like, reference=f"9.{number}", position=model.position + number) for number in range(1, more + 1)
    )
    versions = ActionVersion.objects.bulk_create(
        ActionVersion(
            board_id=plan.board_id,
            action=copy,
            number=1,
            section=copy.section,
            objective=copy.objective,
            reference=copy.reference,
            wording=f"Copy {copy.reference}",
            at=moment(AGREED_ON),
        )
        for copy in copies
    )
    for copy, version in zip(copies, versions, strict=True):
        copy.version = version
    Action.objects.bulk_update(copies, ["version"])
    lead, priority = lead_of(model), model.action_priorities.get().priority
    parts = [{"board_id": plan.board_id, "action": copy, "since": copy.version} for copy in copies]
    OwnerRole.objects.bulk_create(OwnerRole(**part, owner=lead, role="lead") for part in parts)
    ActionPriority.objects.bulk_create(ActionPriority(**part, priority=priority) for part in parts)
    Step.objects.bulk_create(Step(**part, position=1, text="The one step") for part in parts)


def make_action(cast, plan, reference, *, lead=None, wording="", timescale="March 2027", roles=(), steps=(), **facts):
    """An action of a draft plan. `steps` are texts, or (text, owner, timescale)."""
    wording = wording or f"Do what action {reference} of the plan promises"
    return changes.add_action(
        plan=plan,
        reference=reference,
        wording=wording,
        timescale=timescale,
        roles=[RoleGiven(lead or cast.police_owner, "lead"), *(RoleGiven(owner, role) for role, owner in roles)],
        steps=[StepGiven(step) if isinstance(step, str) else StepGiven(*step) for step in steps],
        milestones=[MilestoneGiven(*given) for given in facts.pop("milestones", ())],
        by=cast.manager,
        at=moment(AGREED_ON),
        **facts,
    )


def rating(cast, code):
    """A step of the board's rating scale, None for an empty code."""
    scale = cast.board.ratingscale_set.order_by("version").last()
    return scale.ratings.get(code=code) if code else None


def say(cast, action, code="green", *, on, period, words="", status="in_progress", owner=None, by=None, **answer):
    """An update on the record of an action, entered by the coordinator on a day for a period (by its label)."""
    words = words or ("" if answer.get("no_change") else f"Said of {action.reference} for {period}.")
    answer.setdefault("reason", f"It is {code} for a reason.")
    answer.setdefault("date_answer", "holds" if code == "red" else "")
    return changes.enter_update(
        action=action,
        owner=owner or lead_of(action),
        answer=changes.Answer(status=status, rating=rating(cast, code), words=words, **answer),
        period=cast.periods[period],
        by=by or cast.coordinator,
        at=moment(on, 11),
    )


def lead_of(action):
    """Who leads an action now."""
    return action.owner_roles.get(role="lead", until__isnull=True).owner
