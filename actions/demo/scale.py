"""Made-up boards by the hundred, with their people, plans and updates: what the product is measured and proved on.

Furniture goes through the verbs. Actions and updates are too many for that: they go in by the hundred, as the verbs
would leave them, with the events the verbs would write. Nothing is left to chance but what `seed` decides; the salts
of the trail are secret, as everywhere.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import OuterRef, Subquery

from actions import changes, timescales
from actions.changes.definition import RoleGiven
from actions.demo.quarters import CLOSED, Calendar, moment
from actions.models import (
    Action,
    ActionPriority,
    ActionVersion,
    OwnerRole,
    Plan,
    Step,
    Timescale,
    Update,
)
from actions.standing import refresh
from boards import changes as boards
from boards.audit import change
from boards.models import Board, Owner, Rating, Seat, StrategicPriority, SubGroup, User

PER_PLAN = 100
"""Actions of a plan; the oldest plan of a board has what is left over."""

IN_USE = 2
"""Plans of a board that are in use, its newest; those before are the record of old plans."""

EVERYWHERE = "everywhere@scale.example.org"
"""The person who is scrutineer of every board."""

AGENCIES = (
    ("Police", "police", 6),
    ("Probation", "justice", 6),
    ("Ambulance Service", "health", 6),
    ("Fire and Rescue", "other", 6),
    ("Hospitals", "health", 3),
    ("Integrated Care Board", "health", 3),
    ("Mental Health Trust", "health", 3),
    ("Youth Justice Service", "justice", 2),
    ("Women’s Aid", "voluntary", 2),
    ("Young People’s Project", "voluntary", 2),
    ("Further Education College", "education", 2),
    ("Council Children’s Services", "council", 1),
    ("Council Housing", "council", 1),
    ("Schools Forum", "education", 1),
    ("Licensing", "council", 1),
)
"""Name, kind, and how many neighbouring boards each agency of that name sits on."""

GROUPS = ("Strategic Group", "Operational Group", "Prevention Group", "Disruption Group")
STRANDS = ("prevent", "protect", "pursue", "prosecute")
COLUMNS = (
    ("No.", "reference"),
    ("Action", "action"),
    ("How", "steps"),
    ("Lead", "lead"),
    ("By when", "timescale"),
    ("RAG", "rating"),
)
VERBS = ("Train", "Brief", "Map", "Review", "Publish", "Commission", "Audit", "Share")
THINGS = (
    "the return home interviews",
    "taxi and hotel staff",
    "the problem profile",
    "the referral pathway",
    "lessons of case reviews",
    "support for parents",
    "licensing visits",
    "what school nurses see",
)


@dataclass
class Made:
    """One made-up board, and what its plans are made from."""

    board: Board
    chance: Random
    calendar: Calendar
    manager: User
    coordinator: User
    seats: list[Seat]
    groups: list[SubGroup]
    strands: list[StrategicPriority]
    owners: list[Owner] = field(default_factory=list)
    periods: list = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)


@transaction.atomic
def fill(*, boards: int, actions: int, seed: int, on: date):
    """Make so many boards, and so many actions spread evenly over them, as they stand on a day."""
    password = make_password(None)
    everywhere = User.objects.create(email=EVERYWHERE, name="Everywhere Scrutineer", password=password)
    for number in range(1, boards + 1):
        share = actions // boards + (number <= actions % boards)
        chance = Random(f"{seed} {number}")  # noqa: S311 - made-up plans, not secrets
        made = furnish(number, chance, on, password)
        _give(made, everywhere, "scrutineer", made.board)
        _write_plans(made, share)


def furnish(number, chance, on, password):
    """A board with seats, sub-groups, people, owners, strands, periods and rounds, through the verbs."""
    slug = f"area-{number:03}"
    calendar = Calendar(on)
    who = {"by": None, "at": moment(calendar.set_up)}
    board = boards.create_board(
        slug=slug, name=f"Area {number:03} Safeguarding Partnership", second_factor_required=False, **who
    )
    with change(board, **who):
        people = _people(slug, password)
        manager, coordinator = people["business_manager"], people["coordinator"]
        who["by"] = manager
        made = Made(
            board,
            chance,
            calendar,
            manager,
            coordinator,
            seats=[
                boards.add_seat(
                    board=board,
                    agency_name=f"{name} {(number - 1) // shared + 1:03}",
                    agency_kind=kind,
                    name=name,
                    **who,
                )
                for name, kind, shared in AGENCIES
            ],
            groups=_groups(board, who),
            strands=[boards.add_priority(board=board, name=code.title(), code=code, **who) for code in STRANDS],
            ratings=list(Rating.objects.filter(board=board, code__in=("red", "amber", "green"))),
        )
        for role in ("business_manager", "coordinator", "approver", "member", "scrutineer"):
            _give(made, people[role], role, board)
        _seat_people(made, slug, password)
        _owners(made, who)
        _periods(made, who)
    return made


def _people(slug, password):
    roles = ("business_manager", "coordinator", "approver", "member", "scrutineer")
    return {role: _person(role.replace("_", "-"), slug, password) for role in roles}


def _person(name, slug, password):
    return User.objects.create(
        email=f"{name}@{slug}.example.org", name=name.replace("-", " ").title(), password=password
    )


def _give(made, person, role, on):
    boards.give_role(person=person, role=role, on=on, by=None, at=moment(made.calendar.set_up))


def _groups(board, who):
    strategic = boards.add_sub_group(board=board, name=GROUPS[0], **who)
    return [
        strategic,
        *(boards.add_sub_group(board=board, name=name, reports_to=strategic, **who) for name in GROUPS[1:]),
    ]


def _seat_people(made, slug, password):
    """A contact and a contributor for each seat, a chair and a secretary for each sub-group."""
    for number, seat in enumerate(made.seats, start=1):
        for role in ("contact", "contributor"):
            _give(made, _person(f"{role}-{number}", slug, password), role, seat)
    for number, group in enumerate(made.groups, start=1):
        for role in ("chair", "secretary"):
            _give(made, _person(f"{role}-{number}", slug, password), role, group)


def _owners(made, who):
    named = {"board": made.board, **who}
    for seat in made.seats:
        made.owners.append(boards.add_owner(name=seat.name, kind="seat", seat=seat, **named))
    for group in made.groups[1:]:
        made.owners.append(boards.add_owner(name=group.name, kind="sub_group", sub_group=group, **named))
    made.owners.append(boards.add_owner(name="All agencies", kind="group", members=made.owners[:3], **named))


def _periods(made, who):
    for number, quarter in enumerate(made.calendar.quarters):
        period = boards.add_period(
            board=made.board, label=quarter.label, starts=quarter.starts, ends=quarter.ends, **who
        )
        made.periods.append(period)
        asking = made.calendar.asking(number)
        changes.open_round(period=period, **vars(asking), by=made.manager, at=moment(asking.opens))


# Plans, oldest first; then what was said about those in use, quarter by quarter, as it happened on the board.


def _write_plans(made, actions):
    sizes = [PER_PLAN] * (actions // PER_PLAN)
    if actions % PER_PLAN:
        sizes.insert(0, actions % PER_PLAN)
    in_use = []
    for number, size in enumerate(sizes, start=1):
        old = number <= len(sizes) - IN_USE
        plan = _write_plan(made, number, size, years_ago=max(0, len(sizes) - IN_USE + 1 - number))
        if not old:
            in_use += plan.actions.order_by("position")
    for quarter in range(CLOSED):
        said = [action for action in in_use if made.chance.random() < 0.7]
        _say(made, said, "entered", made.periods[quarter], made.calendar.said(quarter, 0.5))
    _settle(made, in_use)


def _write_plan(made, number, size, years_ago):
    """A plan in two sections, agreed; one of years ago as the record of an old plan, with its last words."""
    agreed = made.calendar.agreed - timedelta(days=365 * years_ago)
    who = {"by": made.coordinator, "at": moment(made.calendar.agreed, 10)}
    plan = changes.create_plan(
        board=made.board,
        slug=f"{made.board.slug}-plan-{number}",
        title=f"CSE Action Plan {agreed:%Y}, part {number}",
        overseen_by=made.groups[0],
        columns=COLUMNS,
        starts=agreed,
        ends=agreed + timedelta(days=730),
        as_at=agreed + timedelta(days=300) if years_ago else None,
        **who,
    )
    sections = [
        changes.add_section(plan=plan, number=str(place), title=strand.name, priority=strand, overseen_by=group, **who)
        for place, (strand, group) in enumerate(zip(made.strands, [None, *made.groups[1:]], strict=True), start=1)
    ]
    with change(made.board, **who) as turn:
        actions = _write_actions(made, plan, sections, size, agreed, turn)
        Plan.objects.filter(pk=plan.pk).update(state=Plan.State.AGREED, agreed_on=agreed)
        first = Timescale.objects.filter(pk=OuterRef("timescale")).values("due")
        plan.actions.update(first_due=Subquery(first))
        turn.record("plan.agreed", plan, meeting=None, agreed_on=agreed, lacking=[], reason="")
    if years_ago:
        said = [action for action in actions if made.chance.random() < 0.3]
        _say(made, said, "import", None, moment(made.calendar.agreed, 11))
        _settle(made, actions)
    return plan


def _write_actions(made, plan, sections, size, agreed, turn):
    chance, board = made.chance, made.board
    readings = [_reading(chance, agreed) for _ in range(size)]
    times = Timescale.objects.bulk_create(
        Timescale(board=board, text=read.text, kind=read.kind, due=read.due, review_months=read.review_months)
        for read in readings
    )
    places = [(number - 1) * len(sections) // size for number in range(1, size + 1)]
    actions = Action.objects.bulk_create(
        Action(
            board=board,
            plan=plan,
            section=sections[place],
            reference=f"{place + 1}.{number}",
            position=number,
            top_priority=chance.random() < 0.1,
            limited=chance.random() < 0.02,
            timescale=time,
        )
        for number, (place, time) in enumerate(zip(places, times, strict=True), start=1)
    )
    versions = ActionVersion.objects.bulk_create(
        ActionVersion(
            board=board,
            action=action,
            number=1,
            section=action.section,
            reference=action.reference,
            top_priority=action.top_priority,
            wording=f"{chance.choice(VERBS)} {chance.choice(THINGS)}",
            at=turn.at,
            by=turn.by,
        )
        for action in actions
    )
    version = ActionVersion.objects.filter(action=OuterRef("pk")).values("pk")
    plan.actions.update(version=Subquery(version), first_version=Subquery(version))
    owned = _write_parts(made, actions, versions, places)
    turn.record_many(
        "action.added",
        [
            (
                action,
                {
                    "plan": plan,
                    "wording": version.wording,
                    "timescale": action.timescale.text,
                    "due": action.timescale.due,
                    "owners": [f"{given.owner} ({given.role})" for given in roles],
                },
            )
            for action, version, roles in zip(actions, versions, owned, strict=True)
        ],
    )
    return actions


def _reading(chance, agreed):
    """Words about time as boards write them, and how they are read: most a month, from soon after to two years on."""
    if chance.random() < 0.05:
        return timescales.read("Ongoing, reviewed every six months")
    return timescales.read(f"{agreed + timedelta(days=chance.randint(120, 700)):%B %Y}")


def _write_parts(made, actions, versions, places):
    """The owners of each action, its strand, and steps for one in three; returns the owners given to each."""
    chance, owned, priorities, steps = made.chance, [], [], []
    parts = [
        {"board": made.board, "action": action, "since": version}
        for action, version in zip(actions, versions, strict=True)
    ]
    for part, place in zip(parts, places, strict=True):
        lead, other = chance.sample(made.owners, 2)
        roles = [RoleGiven(lead, "lead")]
        if chance.random() < 0.3:
            roles.append(RoleGiven(other, chance.choice(("joint_lead", "support"))))
        owned.append(roles)
        priorities.append(ActionPriority(**part, priority=made.strands[place]))
        if chance.random() < 0.33:
            steps += [Step(**part, position=number, text=f"Step {number} of it") for number in (1, 2)]
    OwnerRole.objects.bulk_create(
        OwnerRole(**part, owner=given.owner, role=given.role)
        for part, roles in zip(parts, owned, strict=True)
        for given in roles
    )
    ActionPriority.objects.bulk_create(priorities)
    Step.objects.bulk_create(steps)
    return owned


def _say(made, actions, source, period, at):
    """An update by the lead of each of these actions, with its event."""
    if not actions:
        return
    leads = {
        part.action_id: part.owner
        for part in OwnerRole.objects.filter(action__in=actions, role="lead").select_related("owner")
    }
    last = {
        update.action_id: update.rating
        for update in Update.objects.filter(action__in=actions).select_related("rating").order_by("on", "id")
    }
    with change(made.board, by=made.coordinator, at=at) as turn:
        updates = Update.objects.bulk_create(
            Update(
                board=made.board,
                action=action,
                owner=leads[action.pk],
                period=period,
                source=source,
                on=turn.on,
                at=at,
                by=made.coordinator,
                status=made.chance.choice(("in_progress", "in_progress", "not_started", "complete")),
                rating=(rating := made.chance.choice(made.ratings)),
                reason=f"It is {rating.word.lower()} as the partners see it.",
                words=f"Work on {action.reference} goes on: {made.chance.choice(THINGS)}.",
            )
            for action in actions
        )
        turn.record_many(
            "update.entered",
            [
                (
                    update.action,
                    {
                        "update": update.pk,
                        "owner": update.owner,
                        "period": period,
                        "status": update.get_status_display(),
                        "rating_before": last.get(update.action_id),
                        "rating": update.rating,
                        "reason": update.reason,
                        "words": update.words,
                        "next_steps": "",
                        "entered_for": "",
                        "steps": {},
                    },
                )
                for update in updates
            ],
        )


def _settle(made, actions):
    refresh(actions, on=made.calendar.on, known_by=moment(made.calendar.on, 23))
