"""Who may do what on a board: roles given, covered and ended, and invitations to hold one."""

import secrets
from datetime import date, timedelta

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Q

from boards.audit import change
from boards.models import Board, BoardRole, Invitation, Seat, SeatRole, SubGroup, SubGroupRole, User
from boards.models.people import held_on
from boards.people import digest_of, has_ended, not_over, opens, people_with_roles, waiting

ROLE_MODELS = {Board: BoardRole, Seat: SeatRole, SubGroup: SubGroupRole}
LAST = "business_manager"
"""The role that a board is never without."""

INVITATION_DAYS = 14
"""For how long the link of an invitation holds."""


def give_role(*, person: User, role, on, by, at, starts=None, ends=None, covering=None):
    """Give a person one role on a board, a seat or a sub-group (`on`), from today or between two days.

    Raises:
        ValidationError: to oneself; on days on which the person holds it already; cover without a last day.
    """
    with change(board_of(on), by=by, at=at) as turn:
        if by == person:
            raise ValidationError("Nobody gives a role to themselves. Ask another business manager.")
        _refuse_longer_than_own(turn, role, on, ends)
        held = _hold(turn, person, role, on, starts, ends, covering)
        turn.record(
            "role.given", on, person=person, role=held.permission.name, starts=starts, ends=ends, covering=covering
        )
    return held


def cover_role(*, held, person, starts, ends, by, at):
    """Let another person do for some days what the holder of a role does."""
    with change(board_of(held.content_object), by=by, at=at) as turn:
        held = _still_held(held, turn)
        if person == held.user:
            raise ValidationError({"person": f"{person} holds this role. Choose somebody else."})
        if held.covering:
            raise ValidationError(
                f"{held.user} covers for {held.covering}. Let somebody cover {held.covering} instead."
            )
        _refuse_outside(held, starts, ends)
        return give_role(
            person=person,
            role=held.permission.codename,
            on=held.content_object,
            starts=starts,
            ends=ends,
            covering=held.user,
            by=by,
            at=at,
        )


def limit_role(*, held, ends, by, at):
    """Another last day for a role, or none. Nobody makes their own last longer."""
    with change(board_of(held.content_object), by=by, at=at) as turn:
        held = _still_held(held, turn)
        if ends == held.ends:
            raise ValidationError({"ends": "That is its last day already. Choose another."})
        if ends and ends < max(turn.on, held.starts or turn.on):
            raise ValidationError({"ends": "The last day must be today or later, and not before the role begins."})
        if by == held.user and held.ends and (ends is None or ends > held.ends):
            raise ValidationError({"ends": "Nobody makes their own role last longer. Ask another business manager."})
        if held.covering:
            _refuse_cover_longer(held, ends, turn.on)
        _refuse_longer_than_own(turn, held.permission.codename, held.content_object, ends)
        covers = list(_covers(held, turn.on))
        held.ends = ends
        _refuse_twice(held)
        held.save(update_fields=("ends",))
        for cover in covers if ends else ():
            if cover.starts > ends:
                end_role(held=cover, by=by, at=at)
            elif cover.ends > ends:
                limit_role(held=cover, ends=ends, by=by, at=at)
        _keep_a_manager(held, turn.on)
        turn.record("role.limited", held.content_object, person=held.user, role=held.permission.name, ends=ends)
    return held


def end_role(*, held, by, at):
    """End a role at once, and the cover for it; whoever held it is out at their next request."""
    with change(board_of(held.content_object), by=by, at=at) as turn:
        held = _still_held(held, turn)
        held.ended_at = at
        held.save(update_fields=("ended_at",))
        for cover in list(_covers(held, turn.on)):
            end_role(held=cover, by=by, at=at)
        _keep_a_manager(held, turn.on)
        turn.record("role.ended", held.content_object, person=held.user, role=held.permission.name)
    return held


def end_every_role(*, person, board, by, at):
    """End all that a person holds or will hold on a board. Their account, and other boards, stay as they are."""
    with change(board, by=by, at=at) as turn:
        places = {
            BoardRole: Q(content_object=board),
            SeatRole: Q(content_object__board=board),
            SubGroupRole: Q(content_object__board=board),
        }
        ended = [
            end_role(held=held, by=by, at=at)
            for model, there in places.items()
            for held in list(model.objects.filter(not_over(turn.on), there, user=person).order_by("id"))
        ]
        if not ended:
            raise ValidationError(f"{person} holds no role on this board any more.")
        for asked in waiting(board).filter(email=person.email):
            withdraw_invitation(invitation=asked, by=by, at=at)
    return ended


def invite(*, board, email, name, role, on, by, at, starts=None, ends=None):
    """Invite whoever has a mailbox to hold a role.

    Returns:
        (the invitation, the key of its link, which nobody can read off it again).
    Raises:
        ValidationError: who has the mailbox is on the board or was invited already; the days are not in order.
    """
    email = User.objects.normalize_email(email)
    with change(board, by=by, at=at) as turn:
        _refuse_past(turn.on, starts, ends)
        _refuse_longer_than_own(turn, role, on, ends)
        here = people_with_roles(board, turn.on).filter(email=email).first()
        if here:
            raise ValidationError({"email": f"{here} is on this board already. Open their page to give another role."})
        before = [asked for asked in board.invitation_set.filter(email=email) if asked.is_open(at)]
        if before:
            raise ValidationError(
                {"email": f"{before[0].name} was invited on {_day(before[0].at)}. Send that invitation again instead."}
            )
        invitation, key = _sent(
            Invitation(
                board=board,
                email=email,
                name=name,
                role=role,
                seat=on if isinstance(on, Seat) else None,
                sub_group=on if isinstance(on, SubGroup) else None,
                starts=starts,
                ends=ends,
            ),
            turn,
        )
        turn.record(
            "invitation.sent", on, person=name, email=email, role=_permission(role, on).name, starts=starts, ends=ends
        )
    return invitation, key


def invite_again(*, invitation, by, at):
    """The same invitation anew, in the name of who sends it now; the link of the old one ends.

    Returns:
        (the new invitation, the key of its link).
    Raises:
        ValidationError: it was taken up or withdrawn; its last day, or what it is to, is over.
    """
    with change(invitation.board, by=by, at=at) as turn:
        old = _waiting(invitation)
        _refuse_longer_than_own(turn, old.role, old.place, old.ends)
        if (old.ends and old.ends < turn.on) or has_ended(old.place, turn.on):
            raise ValidationError(f"What {old.name} was invited to is over. Withdraw the invitation and send another.")
        old.withdrawn_at = at
        old.save(update_fields=("withdrawn_at",))
        facts = ("board", "email", "name", "role", "seat", "sub_group", "starts", "ends")
        invitation, key = _sent(Invitation(**{name: getattr(old, name) for name in facts}), turn)
        turn.record("invitation.sent_again", invitation.place, person=invitation.name, email=invitation.email)
    return invitation, key


def withdraw_invitation(*, invitation, by, at):
    """The link of an invitation no longer opens anything."""
    with change(invitation.board, by=by, at=at) as turn:
        invitation = _waiting(invitation)
        invitation.withdrawn_at = at
        invitation.save(update_fields=("withdrawn_at",))
        turn.record("invitation.withdrawn", invitation.place, person=invitation.name, email=invitation.email)
    return invitation


def accept_invitation(*, invitation, person, at):
    """Whoever was invited takes the role up.

    Raises:
        ValidationError: the invitation is over, is somebody else's, or who sent it may not invite any more.
    """
    with change(invitation.board, by=person, at=at) as turn:
        invitation = Invitation.objects.select_for_update(of=("self",)).select_related("board").get(pk=invitation.pk)
        if not opens(invitation, at):
            raise ValidationError("This invitation is over. Ask the business manager of the board for another.")
        if person.email != invitation.email:
            raise ValidationError(f"This invitation is for {invitation.email}. Sign in with that address.")
        invitation.accepted_at, invitation.accepted_by = at, person
        invitation.save(update_fields=("accepted_at", "accepted_by"))
        starts = max(invitation.starts, turn.on) if invitation.starts else None
        held = _hold(turn, person, invitation.role, invitation.place, starts, invitation.ends)
        turn.record(
            "invitation.accepted",
            invitation.place,
            person=person,
            role=held.permission.name,
            invited_by=invitation.sender,
            starts=starts,
            ends=invitation.ends,
        )
    return held


def join(*, invitation, name, password, at):
    """An account for whoever was invited and has none, with the role. Returns the person."""
    with change(invitation.board, by=None, at=at):
        if User.objects.filter(email=invitation.email).exists():
            raise ValidationError("There is an account with this address already. Sign in to accept.")
        person = User.objects.create_user(invitation.email, name, password)
        accept_invitation(invitation=invitation, person=person, at=at)
    return person


def review_access(*, board, people, by, at):
    """Record that somebody has looked at who is on the board, and end all roles of the people chosen."""
    with change(board, by=by, at=at) as turn:
        for person in people:
            if people_with_roles(board, turn.on).filter(pk=person.pk).exists():  # cover ended with what it covered
                end_every_role(person=person, board=board, by=by, at=at)
        turn.record("access.reviewed", board, ended=[str(person) for person in people])


def board_of(place) -> Board:
    return place if isinstance(place, Board) else place.board


def _permission(role, on):
    kind = ContentType.objects.get_for_model(type(on), for_concrete_model=True)
    found = Permission.objects.filter(codename=role, content_type=kind).first()
    if found is None:
        raise ValidationError({"role": f"There is no role {role} on {on}."})
    return found


def _hold(turn, person, role, on, starts, ends, covering=None):
    """The row of a role, once its days are in order and the person does not hold it on any of them."""
    starts = starts or turn.on
    if has_ended(on, turn.on):
        raise ValidationError({"role": f"{on} has ended. Choose another."})
    if ends and ends < starts:
        raise ValidationError({"ends": "The last day must be the same as or after the first day."})
    if covering and not ends:
        raise ValidationError({"ends": f"Say until when {person} covers for {covering}."})
    model = ROLE_MODELS[type(on)]
    held = model(
        user=person,
        permission=_permission(role, on),
        content_object=on,
        starts=starts,
        ends=ends,
        covering=covering,
    )
    _refuse_twice(held)
    held.save()
    return held


def _refuse_twice(held):
    """Nobody holds the same role twice on the same day."""
    same = type(held).objects.filter(
        user=held.user, permission=held.permission, content_object=held.content_object, ended_at__isnull=True
    )
    clash = (
        same.exclude(pk=held.pk)
        .filter(Q(starts__isnull=True) | Q(starts__lte=held.ends or date.max))
        .filter(Q(ends__isnull=True) | Q(ends__gte=held.starts or date.min))
        .first()
    )
    if clash:
        until = f" until {_day(clash.ends)}" if clash.ends else ""
        raise ValidationError(
            f"{held.user} is {held.permission.name.lower()} of {held.content_object} already{until}."
            " Choose other days, or end that role first."
        )


def _sent(invitation, turn):
    """A new invitation and the key of its link."""
    key = secrets.token_urlsafe(32)
    invitation.key_digest, invitation.by = digest_of(key), turn.by
    invitation.at, invitation.expires_at = turn.at, turn.at + timedelta(days=INVITATION_DAYS)
    invitation.full_clean()
    invitation.save()
    return invitation, key


def _refuse_longer_than_own(turn, role, on, ends):
    """Who manages the board until a day lets nobody manage it beyond that day."""
    if role != LAST or turn.by is None:
        return
    own = list(
        BoardRole.objects.filter(
            held_on(turn.on), user=turn.by, permission__codename=LAST, content_object=board_of(on)
        ).values_list("ends", flat=True)
    )
    last = max(own) if own and None not in own else None
    if last and (ends is None or ends > last):
        raise ValidationError(
            {"ends": f"You manage this board until {_day(last)}, and can let nobody manage it for longer."}
        )


def _refuse_outside(held, starts, ends):
    """Cover stays inside the days of the role that it covers."""
    if held.ends and ends > held.ends:
        raise ValidationError({"ends": f"{held.user} holds this role until {_day(held.ends)}. Cover ends then too."})
    if held.starts and starts < held.starts:
        raise ValidationError(
            {"starts": f"{held.user} holds this role from {_day(held.starts)}. Cover begins then or later."}
        )


def _refuse_cover_longer(cover, ends, on):
    if ends is None:
        raise ValidationError({"ends": f"Cover for {cover.covering} needs a last day."})
    same = type(cover).objects.filter(
        not_over(on),
        user=cover.covering,
        covering=None,
        permission=cover.permission,
        content_object=cover.content_object,
    )
    covered = same.filter(Q(starts__isnull=True) | Q(starts__lte=cover.ends))
    covered = covered.filter(Q(ends__isnull=True) | Q(ends__gte=cover.starts)).select_related("user").first()
    if covered:
        _refuse_outside(covered, cover.starts, ends)


def _still_held(held, turn):
    """The role as it is now, unless it is over."""
    now = type(held).objects.select_related("user", "permission", "content_object", "covering").get(pk=held.pk)
    if now.ended_at or (now.ends and now.ends < turn.on):
        raise ValidationError(f"{now.user} no longer holds this role.")
    return now


def _covers(held, on):
    """Who covers this role, or will; nobody covers a cover."""
    same = type(held).objects.filter(
        not_over(on), covering=held.user, permission=held.permission, content_object=held.content_object
    )
    if held.covering:
        return same.none()
    same = same.filter(ends__gte=held.starts or date.min)
    return (same.filter(starts__lte=held.ends) if held.ends else same).order_by("id")


def _keep_a_manager(held, on):
    """A board always has a business manager who stays."""
    if held.permission.codename != LAST:
        return
    staying = BoardRole.objects.filter(
        held_on(on), permission=held.permission, content_object=held.content_object, ends=None, user__is_active=True
    )
    if not staying.exists():
        raise ValidationError(
            "A board is never without a business manager. Give the role to somebody else, without a last day, first."
        )


def _refuse_past(on, starts, ends):
    if starts and starts < on:
        raise ValidationError({"starts": "The first day must be today or later."})
    if ends and ends < (starts or on):
        raise ValidationError({"ends": "The last day must be the same as or after the first day."})


def _waiting(invitation):
    """The invitation as it is now, unless it was taken up or withdrawn."""
    now = Invitation.objects.select_for_update(of=("self",)).select_related("board", "seat", "sub_group")
    now = now.get(pk=invitation.pk)
    if now.accepted_at or now.withdrawn_at:
        raise ValidationError(f"The invitation of {now.name} is over.")
    return now


def _day(day):
    return f"{day:%-d %B %Y}"
