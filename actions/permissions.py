"""Who may see, update and submit what: the questions of plans and actions, asked of querysets.

"May X update this action" is "is it among what X may update". Built on the roles in boards.permissions; a plan or
an action grants nothing by itself.
"""

from typing import NamedTuple

from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce

from actions.models import Action, OwnerRole, Plan, Submission
from boards.models import Owner, User
from boards.permissions import (
    KEEPERS,
    SEE_EVERYTHING,
    fully_seen_boards,
    in_force,
    kept_boards,
    may_keep_board,
    people_who_may_read_board,
    people_with,
    readable_boards,
    seats_where,
    sub_groups_where,
)

ANSWERING = (OwnerRole.Role.LEAD, OwnerRole.Role.JOINT_LEAD)
"""Owners who are asked for updates."""

LEAD_FIRST = Case(When(role=OwnerRole.Role.LEAD, then=0), default=1)


def owners_asked(action, on):
    """Who is asked for updates about an action: its lead, then its joint leads, with their part."""
    asked = OwnerRole.objects.filter(in_force(on), action=action, until__isnull=True, role__in=ANSWERING)
    return asked.select_related("owner").order_by(LEAD_FIRST, "id")


def in_use():
    """Q on Plan: agreed, and not the record of an old plan."""
    return Q(state=Plan.State.AGREED, as_at__isnull=True)


def readable_plans(user, on):
    """Plans of the boards this person reads, and those the boards receive; drafts only for those who see them."""
    boards = readable_boards(user, on)
    return Plan.objects.filter(
        Q(board__in=boards, state__in=(Plan.State.AGREED, Plan.State.CLOSED))
        | Q(board__in=fully_seen_boards(user, on))
        | Q(overseen_by__in=sub_groups_where(user, ("chair", "secretary"), on))
        | Q(state__in=(Plan.State.AGREED, Plan.State.CLOSED), receivers__receiving_board__in=boards)
    ).distinct()


def readable(user, on):
    """Actions this person may read. One of limited circulation is for its owners' people, the chair who oversees
    it, and those who see everything on the board."""
    actions = Action.objects.filter(plan__in=readable_plans(user, on))
    seats = list(seats_where(user, ("contact", "contributor"), on).values_list("pk", flat=True))
    groups = list(sub_groups_where(user, ("chair",), on).values_list("pk", flat=True))
    theirs = OwnerRole.objects.filter(
        Q(owner__seat__in=seats) | Q(owner__sub_group__in=groups), until__isnull=True
    ).values("action")
    return actions.annotate(overseeing=Coalesce(F("section__overseen_by"), F("plan__overseen_by"))).filter(
        Q(limited=False)
        | Q(board__in=fully_seen_boards(user, on))
        | Q(overseeing__in=groups)
        | Q(pk__in=theirs, board__in=readable_boards(user, on))
    )


def may_read(user, action, on):
    return readable(user, on).filter(pk=action.pk).exists()


def updatable(user, on):
    """Actions on whose record this person may enter an update: those of plans in use that they keep."""
    return readable(user, on).filter(plan__in=Plan.objects.filter(in_use()), board__in=kept_boards(user, on))


def may_update(user, action, on):
    return updatable(user, on).filter(pk=action.pk).exists()


def owners_answered_for(user, action, on, *, roles=("contact", "contributor")):
    """The leads and joint leads of an action for whom this person writes quarterly updates."""
    return (
        OwnerRole.objects.filter(
            Q(owner__seat__in=seats_where(user, roles, on))
            | Q(owner__sub_group__in=sub_groups_where(user, ("chair",), on)),
            action=action,
            until__isnull=True,
            role__in=ANSWERING,
        )
        .select_related("owner")
        .order_by(LEAD_FIRST, "id")
    )


def answering_owners(user, on, *, roles=("contact", "contributor")):
    """Owners for whom this person writes quarterly updates, whatever they own."""
    return Owner.objects.filter(
        Q(seat__in=seats_where(user, roles, on)) | Q(sub_group__in=sub_groups_where(user, ("chair",), on))
    )


def answerable(user, on, *, roles=("contact", "contributor")):
    """Actions of plans in use for which this person writes quarterly updates."""
    theirs = OwnerRole.objects.filter(
        Q(owner__seat__in=seats_where(user, roles, on))
        | Q(owner__sub_group__in=sub_groups_where(user, ("chair",), on)),
        until__isnull=True,
        role__in=ANSWERING,
    )
    return readable(user, on).filter(plan__in=Plan.objects.filter(in_use()), pk__in=theirs.values("action"))


def submittable(user, on):
    """Actions for which this person may send an update in, not only draft it."""
    return answerable(user, on, roles=("contact",))


def may_submit(user, action, on):
    return submittable(user, on).filter(pk=action.pk).exists()


class Rights(NamedTuple):
    """What one person may do with one action beside reading it.

    `keeps` its plan, and so sees internal notes; `enters` updates on the record; `reads_drafts` of everybody;
    writes quarterly updates for the owners `drafts_for`, and may send in those of `submits_for`.
    """

    keeps: bool
    enters: bool
    reads_drafts: bool
    drafts_for: list[Owner]
    submits_for: list[Owner]

    @property
    def updates(self):
        return self.enters or bool(self.drafts_for)


def rights_on(user, action, on):
    """Everything the page of an action asks about its reader."""
    answers = answerable(user, on).filter(pk=action.pk).exists()
    drafts = [part.owner for part in owners_answered_for(user, action, on)] if answers else []
    sends = [part.owner for part in owners_answered_for(user, action, on, roles=("contact",))] if answers else []
    return Rights(
        keeps=may_keep_board(user, action.board, on),
        enters=may_update(user, action, on),
        reads_drafts=fully_seen_boards(user, on).filter(pk=action.board_id).exists(),
        drafts_for=drafts,
        submits_for=sends,
    )


def readable_submissions(user, on):
    """Quarterly updates on their way: for their owner's people, and for those who see everything on the board."""
    return Submission.objects.filter(
        Q(board__in=fully_seen_boards(user, on))
        | Q(owner__seat__in=seats_where(user, ("contact", "contributor"), on))
        | Q(owner__sub_group__in=sub_groups_where(user, ("chair",), on)),
        action__in=readable(user, on).values("pk"),
    )


def reviewable(user, on):
    """Submissions that this person accepts or sends back: of actions they keep."""
    return readable_submissions(user, on).filter(action__in=updatable(user, on).values("pk"))


def overseen(user, on):
    """Actions in use that a chair decides on."""
    return readable(user, on).filter(
        plan__in=Plan.objects.filter(in_use()), overseeing__in=sub_groups_where(user, ("chair",), on)
    )


def people_who_may_update(action, on):
    return people_with(action.board, KEEPERS, on) if action.plan.state == Plan.State.AGREED else User.objects.none()


def people_who_may_read(action, on):
    """Everybody who may read an action: what a mail or a page that names readers asks."""
    if not action.limited:
        return people_who_may_read_board(action.board, on)
    owners = OwnerRole.objects.filter(action=action, until__isnull=True)
    overseeing = (action.section and action.section.overseen_by_id) or action.plan.overseen_by_id
    readers = people_with(action.board, SEE_EVERYTHING, on)
    candidates = people_who_may_read_board(action.board, on)
    seats = owners.values_list("owner__seat", flat=True)
    groups = [*owners.values_list("owner__sub_group", flat=True), overseeing]
    return candidates.filter(
        Q(pk__in=readers)
        | Q(pk__in=_holders("SeatRole", seats, ("contact", "contributor"), on))
        | Q(pk__in=_holders("SubGroupRole", groups, ("chair",), on))
    )


def _holders(model, objects, roles, on):
    from boards import models
    from boards.permissions import in_force

    return (
        getattr(models, model)
        .objects.filter(in_force(on), content_object__in=[pk for pk in objects if pk], permission__codename__in=roles)
        .values("user")
    )
