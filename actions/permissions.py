"""Who may see, update and submit what: the questions of plans and actions, asked of querysets.

"May X update this action" is "is it among what X may update". Built on the roles in boards.permissions; a plan or
an action grants nothing by itself.
"""

from typing import NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce

from actions.deadlines import OPEN
from actions.models import (
    Action,
    DateRequest,
    Import,
    Offer,
    OwnerRole,
    Plan,
    PlanReceiver,
    RecommendationSource,
    Submission,
)
from actions.succession import placed
from boards.models import Event, EventDetail, Owner, OwnerMember, SeatRole, SubGroupRole, User
from boards.models.board import in_force
from boards.models.people import held_on
from boards.permissions import (
    KEEPERS,
    SEE_EVERYTHING,
    people_who_may_read_board,
    people_with,
    standing,
)
from boards.redaction import REDACTED

ANSWERING = (OwnerRole.Role.LEAD, OwnerRole.Role.JOINT_LEAD)
"""Owners who are asked for updates."""

LEAD_FIRST = Case(When(role=OwnerRole.Role.LEAD, then=0), default=1)


OVERSEEING = Coalesce(F("section__overseen_by"), F("plan__overseen_by"))
"""Which sub-group decides on an action."""


def owners_asked(action, on):
    """Who is asked for updates about an action: its lead, then its joint leads, with their part."""
    asked = OwnerRole.objects.standing(on).filter(action=action, role__in=ANSWERING)
    return asked.select_related("owner").order_by(LEAD_FIRST, "id")


def in_use(plan=""):
    """Q: of plans that are agreed, and not the record of an old plan.

    Args:
        plan: the way to the plan when it is not the row itself ("plan__").
    """
    return Q(**{f"{plan}state": Plan.State.AGREED, f"{plan}as_at__isnull": True})


def readable_plans(user, on):
    """Plans this person may read: of the boards they read, and those the boards receive; drafts for those who see
    them."""
    return _readable_plans(standing(user, on))


def _readable_plans(person):
    agreed = Q(state__in=(Plan.State.AGREED, Plan.State.CLOSED))
    received = PlanReceiver.objects.filter(receiving_board__in=person.read).values("plan")
    return Plan.objects.filter(
        (agreed & (Q(board__in=person.read) | Q(pk__in=received)))
        | Q(board__in=person.fully_seen)
        | Q(overseen_by__in=person.sub_groups(("chair", "secretary")))
    )


def keeps_plans(user, board, on):
    """Whether this person writes the plans of a board, has them agreed and closes them."""
    return board.pk in standing(user, on).kept


def kept_plans(user, on):
    """Plans that this person writes, has agreed and closes."""
    person = standing(user, on)
    return Plan.objects.filter(board__in=person.kept)


def importable_plans(user, on):
    """Plans that take in files: those that this person keeps and that have not ended."""
    return kept_plans(user, on).filter(Q(state=Plan.State.DRAFT) | in_use())


def own_imports(user, on):
    """Files that this person brought in, on boards whose plans they keep. Nobody sees what somebody else looks at."""
    return Import.objects.filter(board__in=standing(user, on).kept, by=user)


def closable_plans(user, on):
    """Plans in use that this person keeps: whose actions they place, and which they close."""
    return kept_plans(user, on).filter(in_use())


def goes_on_in_plans(user, board, on):
    """Plans of a board in which actions may go on: drafts and those in use, for whoever keeps them."""
    live = Q(state__in=(Plan.State.DRAFT, Plan.State.AGREED), as_at__isnull=True)
    return kept_plans(user, on).filter(live, board=board)


def goes_on_in(user, board, on):
    """Actions of a board that are still to be done and that others may be merged into."""
    plans = goes_on_in_plans(user, board, on)
    found = readable(user, on).filter(plan__in=plans.values("pk"), status__in=OPEN)
    return found.exclude(pk__in=placed(Action.objects.filter(board=board)).values("pk"))


def readable_sources(user, on):
    """Reviews, inspections and audits this person may read: those of the boards they read."""
    return RecommendationSource.objects.filter(board__in=standing(user, on).read)


def sees_everything(user, board, on):
    """Whether this person reads the drafts and the actions of limited circulation of a board."""
    return board.pk in standing(user, on).fully_seen


def readable(user, on, of=Action.objects):
    """Actions this person may read. One of limited circulation is for its owners' people, the chair who oversees
    it, and those who see everything on the board.

    Args:
        of: the actions in question: those that stand in their plans, or `Action.ever_written`.
    """
    person = standing(user, on)
    theirs = OwnerRole.objects.standing(on).filter(owner__in=answering_owners(user, on)).values("action")
    return (
        of.filter(plan__in=_readable_plans(person).values("pk"))
        .annotate(overseeing=OVERSEEING)
        .filter(
            Q(limited=False)
            | Q(board__in=person.fully_seen)
            | Q(overseeing__in=person.sub_groups(("chair",)))
            | Q(pk__in=theirs, board__in=person.read)
        )
    )


def everything_in(plan):
    """Every action that stands in a plan, those of limited circulation too: for the command line, which nobody is
    asked at."""
    return Action.objects.filter(plan=plan).annotate(overseeing=OVERSEEING)


def may_read(user, action, on):
    return readable(user, on).filter(pk=action.pk).exists()


def updatable(user, on):
    """Actions on whose record this person may enter an update: those of plans in use that they keep."""
    return readable(user, on).filter(in_use("plan__"), board__in=standing(user, on).kept)


def may_update(user, action, on):
    return updatable(user, on).filter(pk=action.pk).exists()


def owners_answered_for(user, action, on, *, roles=("contact", "contributor")):
    """The leads and joint leads of an action for whom this person writes quarterly updates."""
    asked = owners_asked(action, on)
    return asked.filter(owner__in=answering_owners(user, on, roles=roles))


def answering_owners(user, on, *, roles=("contact", "contributor")):
    """Owners for whom this person writes quarterly updates, whatever they own: those of the person's seats and
    sub-groups, and the groups of owners that one of these belongs to."""
    person = standing(user, on)
    seats, groups = person.seats(roles), person.sub_groups(("chair",))
    own = Owner.objects.filter(Q(seat__in=seats) | Q(sub_group__in=groups))
    joined = OwnerMember.objects.filter(Q(member__seat__in=seats) | Q(member__sub_group__in=groups))
    return Owner.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=joined.values("group")))


def answerable(user, on, *, roles=("contact", "contributor")):
    """Actions of plans in use for which this person writes quarterly updates."""
    theirs = OwnerRole.objects.standing(on).filter(
        owner__in=answering_owners(user, on, roles=roles), role__in=ANSWERING
    )
    return readable(user, on).filter(in_use("plan__"), pk__in=theirs.values("action"))


def submittable(user, on):
    """Actions for which this person may send an update in, not only draft it."""
    return answerable(user, on, roles=("contact",))


def may_submit(user, action, on):
    return submittable(user, on).filter(pk=action.pk).exists()


class Rights(NamedTuple):
    """What one person may do with one action beside reading it.

    `keeps` its plan, and so sees internal notes; `enters` updates on the record; `reads_drafts` of everybody;
    writes quarterly updates for the owners `drafts_for`, and may send in those of `submits_for`; `hands_over` the lead.
    """

    keeps: bool
    enters: bool
    reads_drafts: bool
    drafts_for: list[Owner]
    submits_for: list[Owner]
    hands_over: bool

    @property
    def updates(self):
        return self.enters or bool(self.drafts_for)


def rights_on(user, action, on):
    """Everything the page of an action asks about its reader."""
    person = standing(user, on)
    answers = answerable(user, on).filter(pk=action.pk).exists()
    drafts = [part.owner for part in owners_answered_for(user, action, on)] if answers else []
    sends = [part.owner for part in owners_answered_for(user, action, on, roles=("contact",))] if answers else []
    enters = may_update(user, action, on)
    return Rights(
        keeps=action.board_id in person.kept,
        enters=enters,
        reads_drafts=action.board_id in person.fully_seen,
        drafts_for=drafts,
        submits_for=sends,
        hands_over=enters or bool(sends and not action.limited),
    )


def offerable_parts(user, action, on):
    """Who leads an action or joins in leading it, for whom this person may offer that to another owner: those who keep
    the plan for all of them, a contact for their own. One of limited circulation is offered by keepers alone."""
    if may_update(user, action, on):
        return owners_asked(action, on)
    if action.limited or not may_submit(user, action, on):
        return OwnerRole.objects.none()
    return owners_answered_for(user, action, on, roles=("contact",))


def owners_known(user, board, on):
    """Owners of a board whose names this person may meet: its agencies and sub-groups, and whoever else has a part in
    an action that they read."""
    if board.pk in standing(user, on).fully_seen:
        return board.owner_set.all()
    named = OwnerRole.objects.filter(until__isnull=True, action__in=readable(user, on).values("pk"))
    places = Q(kind__in=(Owner.Kind.SEAT, Owner.Kind.SUB_GROUP))
    return board.owner_set.filter(places | Q(pk__in=named.values("owner")))


def asked_to_take(user, on, *, roles=("contact",)):
    """Offers, answered or not, to the owners for whom this person answers."""
    return Offer.objects.filter(in_use("action__plan__"), to_owner__in=answering_owners(user, on, roles=roles))


def readable_offers(user, on):
    """Offers of actions that this person reads, and those that wait for an answer of their own owners: whoever is asked
    to take over an action of limited circulation reads what it promises, as long as they are asked."""
    asked = asked_to_take(user, on, roles=("contact", "contributor")).filter(state=Offer.State.OPEN)
    return Offer.objects.filter(Q(action__in=readable(user, on).values("pk")) | Q(pk__in=asked.values("pk")))


class OfferRights(NamedTuple):
    """What one person may do with an offer: answer it, write down who agreed to it, take it back."""

    answers: bool
    records: bool
    withdraws: bool


def rights_on_offer(user, offer, on):
    """An acceptance is written down by those who keep the plan only where nobody could give it here."""
    keeps = offer.board_id in standing(user, on).kept
    mine = answering_owners(user, on, roles=("contact",)).filter(pk=offer.from_owner_id)
    return OfferRights(
        answers=asked_to_take(user, on).filter(pk=offer.pk).exists(),
        records=keeps and not people_who_answer_for(offer.to_owner, on).exists(),
        withdraws=keeps or (not offer.action.limited and mine.exists()),
    )


def people_who_answer_for(owner, on):
    """Everybody who speaks for an owner: the contacts of its seat, the chair of its sub-group, or those of the owners
    in it."""
    owners = Owner.objects.filter(Q(pk=owner.pk) | Q(groups__group=owner))
    seats = owners.exclude(seat=None).values_list("seat", flat=True)
    groups = owners.exclude(sub_group=None).values_list("sub_group", flat=True)
    return User.objects.filter(
        Q(pk__in=_people_on(SeatRole, seats, ("contact",), on))
        | Q(pk__in=_people_on(SubGroupRole, groups, ("chair",), on)),
        is_active=True,
    )


def readable_submissions(user, on):
    """Quarterly updates on their way: for their owner's people, and for those who see everything on the board."""
    return Submission.objects.filter(
        Q(board__in=standing(user, on).fully_seen) | Q(owner__in=answering_owners(user, on)),
        action__in=readable(user, on).values("pk"),
    )


def reviewable(user, on):
    """Submissions that this person accepts or sends back: of actions they keep."""
    return readable_submissions(user, on).filter(action__in=updatable(user, on).values("pk"))


UNRECORDED = ("submission.saved", "submission.submitted", "submission.sent_back")
"""Verbs of what is not on the record yet: for those who may read submissions."""


def without_others_drafts(events, owners):
    """Events without what happened to quarterly updates on their way, but for those of these owners."""
    ids = [owner.pk for owner in owners]
    mine = EventDetail.objects.filter(event=OuterRef("pk"), name="owner_id", value__in=ids)
    return events.filter(~Q(verb__in=UNRECORDED) | Exists(mine))


def readable_events(user, board, on):
    """Events of a board that this person may read, of whatever they may read at all. What happened to an action of
    limited circulation, to a quarterly update on its way, or in an internal note is for those who may read that. Which
    row lost words by a redaction is for nobody; that it was made is an event of the board."""
    person, events = standing(user, on), Event.objects.filter(board=board).exclude(verb=REDACTED)
    if board.pk not in person.fully_seen:
        of_action = Q(subject_id__in=readable(user, on).filter(board=board).values("pk"))
        events = events.filter(~Q(subject_kind="action") | of_action)
        events = without_others_drafts(events, answering_owners(user, on).filter(board=board))
    if board.pk not in person.kept:
        events = without_internal_notes(events, board)
    return events


def without_internal_notes(events, board):
    """What those who do not keep the plan read."""
    open_notes = EventDetail.objects.filter(board=board, name="internal", value=False)
    return events.filter(~Q(verb="note.added") | Q(pk__in=open_notes.values("event")))


def hidden_references(user, board, on):
    """References of the board's actions that this person may not know of, should an event about others name them."""
    if board.pk in standing(user, on).fully_seen:
        return frozenset()
    limited = Action.objects.filter(board=board, limited=True).exclude(pk__in=readable(user, on).values("pk"))
    return frozenset(limited.values_list("reference", flat=True))


def overseen(user, on):
    """Actions in use that a chair decides on."""
    return readable(user, on).filter(in_use("plan__"), overseeing__in=standing(user, on).sub_groups(("chair",)))


def readable_requests(user, on):
    """Requests for another date of actions that this person reads."""
    return DateRequest.objects.filter(action__in=readable(user, on).values("pk"))


def decidable_requests(user, on):
    """Requests for another date, decided or not, of actions in use on which this person decides: those whose plan they
    keep, and those that they oversee as a chair."""
    return DateRequest.objects.filter(
        Q(action__in=updatable(user, on).values("pk")) | Q(action__in=overseen(user, on).values("pk"))
    )


class RequestRights(NamedTuple):
    """What one person may do with a request for another date: decide it, and name the meeting that agreed."""

    decides: bool
    names_meeting: bool


def rights_on_request(user, asked, on):
    return RequestRights(
        decides=decidable_requests(user, on).filter(pk=asked.pk).exists(),
        names_meeting=may_update(user, asked.action, on),
    )


def people_who_may_update(action, on):
    """Everybody who may enter an update on the record of an action."""
    if not Plan.objects.filter(in_use(), pk=action.plan_id).exists():
        return User.objects.none()
    return people_with(action.board, KEEPERS, on)


def people_who_may_read(action, on):
    """Everybody who may read an action: what a mail or a page that names readers asks."""
    candidates = _people_who_may_read_plan(action.plan, on)
    if not action.limited:
        return candidates
    named = OwnerRole.objects.standing(on).filter(action=action).values("owner")
    owners = Owner.objects.filter(Q(pk__in=named) | Q(groups__group__in=named))
    overseeing = (action.section and action.section.overseen_by_id) or action.plan.overseen_by_id
    groups = [*owners.exclude(sub_group=None).values_list("sub_group", flat=True), overseeing]
    seats = owners.exclude(seat=None).values_list("seat", flat=True)
    return candidates.filter(
        Q(pk__in=people_with(action.board, SEE_EVERYTHING, on))
        | Q(pk__in=_people_on(SeatRole, seats, ("contact", "contributor"), on))
        | Q(pk__in=_people_on(SubGroupRole, groups, ("chair",), on))
    )


def _people_who_may_read_plan(plan, on):
    if plan.state == Plan.State.DRAFT:
        overseeing = _people_on(SubGroupRole, [plan.overseen_by_id], ("chair", "secretary"), on)
        return User.objects.filter(
            Q(pk__in=people_with(plan.board, SEE_EVERYTHING, on)) | Q(pk__in=overseeing), is_active=True
        )
    readers = Q(pk__in=people_who_may_read_board(plan.board, on))
    for receiver in plan.receivers.select_related("receiving_board"):
        readers |= Q(pk__in=people_who_may_read_board(receiver.receiving_board, on))
    return User.objects.filter(readers)


def _people_on(model, objects, roles, on):
    held = model.objects.filter(
        held_on(on), in_force(on, "content_object__"), content_object__in=list(objects), permission__codename__in=roles
    )
    return held.values("user")
