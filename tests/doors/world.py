"""Two boards, an action of each kind, and everybody who may come to a door: what the table of routes is tried in.

Elmshire is the board of the table, Oakshire the one next door: the police sit on both, and people of each try the
doors of the other. The objects of a route are named by the words in its `object` column.
"""

from datetime import date, timedelta
from types import SimpleNamespace

from django.contrib.auth.models import Permission

from actions import changes
from actions.importing.proposal import propose
from actions.importing.tables import Cell, File, Row, Table
from actions.models import Plan
from boards.changes import add_seat, add_sub_group, create_board, give_role, invite
from boards.models import Seat
from boards.permissions import ROLES
from tests.builders import (
    AGREED_ON,
    TODAY,
    agree,
    at,
    make_action,
    make_board,
    make_person,
    make_plan,
    moment,
    rating,
    say,
)

PERIOD = "Q1 2026/27"
HERE, THERE = "elmshire", "oakshire"


def build():
    """The world: `here` and `there` (casts of boards), `people` by column of the table, `objects` by word."""
    with at(TODAY):
        here, there = make_board(HERE), make_board(THERE, "Oakshire Safeguarding Partnership")
        objects = {"own": _plan_of(here), "other board": _plan_of(there)}
        other, limited = here.board.action_set.filter(reference__in=("2.2", "3.1")).order_by("reference")
        objects |= {
            "other seat": _object(here, other),
            "limited": _object(here, limited),
            "draft": _object(here, make_plan(here, actions=1, slug="draft-plan", agreed=False).actions.get()),
            "closed": _ended(here, "closed-plan", state=Plan.State.CLOSED, closed_on=TODAY),
            "historic": _ended(here, "historic-plan", as_at=date(2026, 2, 1)),
        }
        objects["invited"] = objects["own"] | {"key": here.key}
        objects["taken in"] = objects["own"] | _taken_in(here)
        objects["ended"] = objects["own"] | _ended_places(here)
        return SimpleNamespace(here=here, there=there, objects=objects, people=_people(here, there))


def _plan_of(cast):
    """A plan of three actions, led by the police, by health and, in limited circulation, by the police; updated."""
    plan = make_plan(cast, actions=2, slug=f"{cast.board.slug}-plan", agreed=False)
    make_action(cast, plan, "3.1", wording="Kept among few", lead=cast.police_owner, limited=True)
    plan = agree(cast, plan)
    for action in plan.actions.all():
        say(cast, action, "amber", on=date(2026, 7, 3), period=PERIOD, evidence=_EVIDENCE)
    return _object(cast, plan.actions.first())


_EVIDENCE = changes.EvidenceGiven(shows="The rota is kept", kind="document", where="The shared drive")


def _ended(cast, slug, **facts):
    """What the parts of an address name when it is of a plan that is no longer worked on."""
    plan = make_plan(cast, actions=1, slug=slug)
    names = _object(cast, plan.actions.get())
    Plan.objects.filter(pk=plan.pk).update(**facts)
    return names


def _ended_places(cast):
    """A seat and a sub-group that ended yesterday and that others follow; a draft still names the sub-group."""
    who = {"by": cast.manager, "at": moment(AGREED_ON)}
    seat = add_seat(board=cast.board, agency_name="Elmshire Youth Service", agency_kind="council", **who)
    group = add_sub_group(board=cast.board, name="Missing Group", **who)
    changes.create_plan(board=cast.board, slug="left-plan", title="Left behind", overseen_by=group, **who)
    for place, successor in ((seat, cast.health), (group, cast.operational)):
        type(place).objects.filter(pk=place.pk).update(ends=TODAY - timedelta(days=1), successor=successor)
    return {"seat": seat.pk, "group": group.pk}


def _object(cast, action):
    """What the parts of an address name when it is of this action, its plan or its board."""
    plan = action.plan
    evidence = action.evidence.first()
    submission = _submitted(cast, action) if plan.state == Plan.State.AGREED and not plan.as_at else None
    return {
        **_person(cast),
        "board": cast.board.slug,
        "plan": plan.slug,
        "action": action.pk,
        "section": plan.sections.first().pk,
        "objective": plan.objectives.first().pk,
        "file": _file(cast, plan).pk,
        "row": 0,
        "source": _source(cast).pk,
        "recommendation": _source(cast).recommendations.get().pk,
        "evidence": evidence.pk if evidence else 0,
        "submission": submission.pk if submission else 0,
        "offer": _offered(cast, action).pk if submission else 0,
        "asked": _asked(cast, action).pk if submission else 0,
        "starts": cast.periods[PERIOD].starts,
        "uidb36": "1",
        "key": "made-up",
        "pk": 0,
    }


def _person(cast):
    """The parts of an address that name one of the board's people, their role, who was invited, and its furniture."""
    if not hasattr(cast, "key"):
        cast.invitation, cast.key = invite(
            board=cast.board,
            email="robin@example.org",
            name="Robin New",
            role="member",
            on=cast.board,
            by=cast.manager,
            at=moment(TODAY, 8),
        )
    return {
        "person": cast.contact.pk,
        "place": "seat",
        "role": cast.police.roles.get(user=cast.contact).pk,
        "invitation": cast.invitation.pk,
        "priority": cast.prevent.pk,
        "seat": cast.police.pk,
        "group": cast.strategic.pk,
        "owner": cast.police_owner.pk,
        "holder": cast.police_owner.holders.get(ends=None).pk,
    }


FILE = File("csv", (Table("CSV", (Row(1, (Cell("No."), Cell("Action"))), Row(2, (Cell("9"), Cell("Do more too"))))),))


def _file(cast, plan):
    """A file that the coordinator looks at."""
    if not hasattr(cast, "file"):
        cast.file = _held(cast, plan, cast.coordinator)
    return cast.file


def _held(cast, plan, person):
    return changes.hold_file(
        board=cast.board, plan=plan, file=FILE, name="plan.csv", data=b"", by=person, at=moment(TODAY, 8)
    )


def _taken_in(cast):
    """A draft, and a file that the business manager took into it."""
    plan = make_plan(cast, actions=0, slug="taken-in", title="Taken in", agreed=False)
    held, when = _held(cast, plan, cast.manager), moment(TODAY, 9)
    seen = propose(held, on=TODAY, at=when).token
    changes.confirm_import(held=held, seen=seen, by=cast.manager, at=when)
    return {"plan": plan.slug, "file": held.pk}


def _source(cast):
    """A review with a recommendation that nothing answers."""
    if not hasattr(cast, "source"):
        cast.source = changes.add_recommendation_source(
            board=cast.board,
            title="Peer review",
            kind="review",
            recommendations=[(1, "Train staff")],
            by=cast.manager,
            at=moment(TODAY, 8),
        )
    return cast.source


def _submitted(cast, action):
    lead = action.owner_roles.get(role="lead").owner
    return changes.submit_update(
        action=action,
        owner=lead,
        round=cast.rounds["Q2 2026/27"],
        answer=changes.Answer(
            status="in_progress", rating=rating(cast, "green"), words="It goes on.", reason="As it should."
        ),
        by=cast.contact,
        at=moment(TODAY, 9),
    )


def _offered(cast, action):
    """The lead of an action, offered by the business manager to health, or by health to the police."""
    lead = action.owner_roles.get(role="lead").owner
    return changes.offer_action(
        action=action,
        from_owner=lead,
        to_owner=cast.health_owner if lead == cast.police_owner else cast.police_owner,
        reason="They do the work.",
        by=cast.manager,
        at=moment(TODAY, 9),
    )


def _asked(cast, action):
    """Another date for an action, which the business manager asked for."""
    return changes.ask_for_date(
        action=action, to_due=date(2027, 9, 30), why="The trainer left.", by=cast.manager, at=moment(TODAY, 9)
    )


def _people(here, there):
    """Everybody, by column. A name that ends in `there` is of the board next door."""
    who = {"by": here.manager, "at": moment(AGREED_ON)}
    people = {name: getattr(here, name) for name in (
        "manager", "coordinator", "approver", "member", "scrutineer", "contact", "contributor", "nurse", "chair",
        "secretary", "stranger",
    )}  # fmt: skip
    people["anonymous"] = None
    for name in ("manager", "coordinator", "contact", "chair"):
        people[f"{name} there"] = getattr(there, name)

    def given(name, role, on, **dates):
        people[name] = make_person(name, slug=name.replace(" ", "-"))
        give_role(person=people[name], role=role, on=on, **dates, **who)
        return people[name]

    given("operational chair", "chair", here.operational)
    given("role ended", "coordinator", here.board, ends=TODAY - timedelta(days=1))
    given("role to come", "coordinator", here.board, starts=TODAY + timedelta(days=1))
    given("cover", "coordinator", here.board, starts=TODAY, ends=TODAY, covering=here.coordinator)
    strict = create_board(slug="strict", name="Strict Partnership", by=None, at=who["at"])
    give_role(person=given("second factor missing", "coordinator", here.board), role="coordinator", on=strict, **who)
    given("deactivated", "coordinator", here.board)
    given("deactivated superuser", "business_manager", here.board)
    gone = add_seat(board=here.board, agency_name="Elmshire Primary Care", agency_kind="health", **who)
    given("seat ended", "contact", gone)
    Seat.objects.filter(pk=gone.pk).update(ends=TODAY - timedelta(days=1))
    people["superuser"] = make_person("Superuser")
    people["every permission"] = make_person("Everything")
    people["every permission"].user_permissions.set(Permission.objects.filter(codename__in=ROLES))
    for name in ("superuser", "deactivated superuser"):
        people[name].is_superuser = True
        people[name].save()
    for name in ("deactivated", "deactivated superuser"):
        people[name].is_active = False
        people[name].save()
    return people
