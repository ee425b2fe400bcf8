"""Roles given, covered, limited and ended; invitations sent, taken up and withdrawn."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from boards import audit, changes, people
from boards.changes.people import INVITATION_DAYS
from boards.models import BoardRole, Invitation, SeatRole, User
from boards.people import digest_of
from boards.permissions import people_with, standing
from boards.sentences import sentence
from tests.boards.conftest import AT

ON = date(2026, 5, 4)
DAY = timedelta(days=1)


@pytest.fixture
def staying(board, manager):
    """The manager, who manages the board for good."""
    return changes.give_role(person=manager, role="business_manager", on=board, by=None, at=AT)


@pytest.fixture
def seat(board, manager):
    return changes.add_seat(board=board, agency_name="Northshire Police", agency_kind="police", by=manager, at=AT)


@pytest.fixture
def pat(seat, manager):
    """Contact of the police."""
    pat = User.objects.create_user("pat@example.org", "Pat Police")
    changes.give_role(person=pat, role="contact", on=seat, by=manager, at=AT)
    return pat


@pytest.fixture
def kim(db):
    return User.objects.create_user("kim@example.org", "Kim Cover")


@pytest.fixture
def invite(board, staying, manager, seat):
    def invite(email="Robin@Example.org", **more):
        given = {"name": "Robin New", "role": "contact", "on": seat, "by": manager, "at": AT, **more}
        return changes.invite(board=board, email=email, **given)

    return invite


def last_told(board):
    event = board.event_set.order_by("sequence").last()
    return sentence(event, dict(event.details.values_list("name", "value")))


def held_by(person, role="contact"):
    return SeatRole.objects.get(user=person, permission__codename=role)


def test_nobody_gives_themselves_a_role(board, staying, manager):
    with pytest.raises(ValidationError, match="Nobody gives a role to themselves"):
        changes.give_role(person=manager, role="approver", on=board, by=manager, at=AT)
    assert standing(manager, ON).held == (("board", "business_manager", board.pk, board.pk, False),)


def test_a_role_is_held_from_the_day_it_is_given_and_once_a_day(board, manager, pat, seat):
    assert held_by(pat).starts == ON
    with pytest.raises(ValidationError, match=r"Pat Police is contact of Northshire Police already\."):
        changes.give_role(person=pat, role="contact", on=seat, by=manager, at=AT)
    with pytest.raises(IntegrityError, match="this person holds it already"), transaction.atomic():
        SeatRole.objects.create(user=pat, permission=held_by(pat).permission, content_object=seat, starts=ON + DAY)
    with pytest.raises(ValidationError, match="There is no role contact on Northshire Partnership"):
        changes.give_role(person=pat, role="contact", on=board, by=manager, at=AT)


def test_whose_role_is_ended_is_out_at_once_and_it_stays_on_record(board, manager, pat, seat):
    changes.end_role(held=held_by(pat), by=manager, at=AT)
    assert standing(pat, ON).held == ()
    assert not people_with(board, ("contact",), ON).exists()
    assert held_by(pat).ended_at == AT
    assert last_told(board) == "Business manager ended the role Contact of Pat Police on Northshire Police."
    with pytest.raises(ValidationError, match="Pat Police no longer holds this role"):
        changes.end_role(held=held_by(pat), by=manager, at=AT)
    changes.give_role(person=pat, role="contact", on=seat, by=manager, at=AT)
    assert standing(pat, ON).seats() == [seat.pk]
    assert SeatRole.objects.filter(user=pat).count() == 2, "what was held before stays beside it"


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (lambda row: row.update(ended_at=None), "what was ended stays ended"),
        (lambda row: row.update(ended_at=AT + DAY), "what was ended stays ended"),
        (lambda row: row.update(starts=date(2026, 1, 1)), "kept as it was written"),
        (lambda row: row.delete(), "kept as it was written"),
    ],
)
def test_who_held_what_is_not_rewritten(manager, pat, change, match):
    changes.end_role(held=held_by(pat), by=manager, at=AT)
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        change(SeatRole.objects.filter(user=pat))


def test_a_role_may_be_left_to_end_on_a_day_and_its_cover_ends_too(board, manager, pat, kim):
    cover = {"held": held_by(pat), "person": kim, "by": manager, "at": AT}
    changes.cover_role(starts=ON, ends=ON + 9 * DAY, **cover)
    changes.cover_role(starts=ON + 20 * DAY, ends=ON + 21 * DAY, **cover)
    with pytest.raises(ValidationError, match="must be today or later"):
        changes.limit_role(held=held_by(pat), ends=ON - DAY, by=manager, at=AT)
    changes.limit_role(held=held_by(pat), ends=ON + 4 * DAY, by=manager, at=AT)
    first, second = SeatRole.objects.filter(user=kim).order_by("starts")
    assert (first.ends, first.ended_at) == (ON + 4 * DAY, None)
    assert second.ended_at == AT
    assert last_told(board) == (
        "Business manager let the role Contact of Pat Police on Northshire Police end on 8 May 2026."
    )
    with pytest.raises(ValidationError, match="its last day already"):
        changes.limit_role(held=held_by(pat), ends=ON + 4 * DAY, by=manager, at=AT)
    changes.limit_role(held=held_by(pat), ends=None, by=manager, at=AT)
    assert last_told(board).endswith("on Northshire Police go on without a last day.")


def test_cover_is_for_named_days_by_somebody_else_and_ends_with_the_role(board, manager, pat, kim, seat):
    cover = {"held": held_by(pat), "by": manager, "at": AT, "starts": ON}
    with pytest.raises(ValidationError, match=r"Pat Police holds this role\. Choose somebody else"):
        changes.cover_role(person=pat, ends=ON, **cover)
    covering = changes.cover_role(person=kim, ends=ON + 9 * DAY, **cover)
    assert standing(kim, ON + 9 * DAY).seats() == [seat.pk]
    assert standing(kim, ON + 10 * DAY).seats() == []
    with pytest.raises(ValidationError, match="Let somebody cover Pat Police instead"):
        changes.cover_role(held=covering, person=manager, starts=ON, ends=ON, by=manager, at=AT)
    with pytest.raises(ValidationError, match="Cover for Pat Police needs a last day"):
        changes.limit_role(held=covering, ends=None, by=manager, at=AT)
    changes.end_role(held=held_by(pat), by=manager, at=AT)
    assert standing(kim, ON).held == ()


def test_cover_does_not_outlast_the_role(manager, pat, kim):
    changes.limit_role(held=held_by(pat), ends=ON + DAY, by=manager, at=AT)
    with pytest.raises(ValidationError, match=r"Pat Police holds this role until 5 May 2026\. Cover ends then too\."):
        changes.cover_role(held=held_by(pat), person=kim, starts=ON, ends=ON + 2 * DAY, by=manager, at=AT)


def test_a_board_is_never_without_a_business_manager(board, manager, staying, kim):
    never = "A board is never without a business manager"
    with pytest.raises(ValidationError, match=never):
        changes.end_role(held=staying, by=manager, at=AT)
    with pytest.raises(ValidationError, match=never):
        changes.limit_role(held=staying, ends=ON + DAY, by=manager, at=AT)
    with pytest.raises(ValidationError, match=never):
        changes.end_every_role(person=manager, board=board, by=manager, at=AT)
    changes.cover_role(held=staying, person=kim, starts=ON, ends=ON + DAY, by=None, at=AT)
    with pytest.raises(ValidationError, match=never):
        changes.end_role(held=staying, by=manager, at=AT)
    assert standing(manager, ON).held
    sam = User.objects.create_user("sam@example.org", "Sam Second")
    changes.give_role(person=sam, role="business_manager", on=board, by=manager, at=AT)
    User.objects.filter(pk=sam.pk).update(is_active=False)
    with pytest.raises(ValidationError, match=never):
        changes.end_role(held=staying, by=manager, at=AT)
    User.objects.filter(pk=sam.pk).update(is_active=True)
    changes.end_role(held=staying, by=manager, at=AT)
    assert standing(manager, ON).held == ()
    assert standing(kim, ON).held == ()


def test_nobody_makes_their_own_role_last_longer(board, manager, staying):
    sam = User.objects.create_user("sam@example.org", "Sam Second")
    theirs = changes.give_role(person=sam, role="business_manager", on=board, ends=ON + DAY, by=manager, at=AT)
    for ends in (ON + 2 * DAY, None):
        with pytest.raises(ValidationError, match="Nobody makes their own role last longer"):
            changes.limit_role(held=theirs, ends=ends, by=sam, at=AT)
    changes.limit_role(held=theirs, ends=ON, by=sam, at=AT)
    changes.limit_role(held=theirs, ends=None, by=manager, at=AT)


def test_everything_of_one_person_ends_on_this_board_and_on_no_other(board, other_board, manager, pat):
    group = changes.add_sub_group(board=board, name="CSE Group", by=manager, at=AT)
    changes.give_role(person=pat, role="member", on=board, starts=ON + DAY, by=manager, at=AT)
    changes.give_role(person=pat, role="chair", on=group, by=manager, at=AT)
    changes.give_role(person=pat, role="member", on=other_board, by=manager, at=AT)
    changes.end_every_role(person=pat, board=board, by=manager, at=AT)
    for on in (ON, ON + DAY):
        assert standing(pat, on).read == [other_board.pk]
    assert User.objects.get(pk=pat.pk).is_active
    with pytest.raises(ValidationError, match="Pat Police holds no role on this board any more"):
        changes.end_every_role(person=pat, board=board, by=manager, at=AT)


def test_an_invitation_gives_one_role_to_whoever_has_the_mailbox(board, invite, manager, seat):
    invitation, key = invite(ends=ON + 99 * DAY)
    assert (invitation.email, invitation.key_digest) == ("robin@example.org", digest_of(key))
    assert key not in str(list(Invitation.objects.values())), "nobody can read the key off the database"
    assert invitation.expires_at == AT + INVITATION_DAYS * DAY
    assert last_told(board) == (
        "Business manager invited Robin New (robin@example.org) to the role Contact on Northshire Police"
        " until 11 August 2026."
    )
    robin = changes.join(invitation=invitation, name="Robin Newton", password="correct horse battery", at=AT + DAY)
    assert robin.check_password("correct horse battery")
    assert standing(robin, ON + DAY).held == (("seat", "contact", seat.pk, board.pk, False),)
    assert held_by(robin).ends == ON + 99 * DAY
    assert last_told(board) == (
        "Robin Newton accepted the invitation of Business manager to the role Contact on Northshire Police"
        " until 11 August 2026."
    )
    with pytest.raises(ValidationError, match="There is an account with this address already"):
        changes.join(invitation=invitation, name="Robin", password="correct horse battery", at=AT + DAY)
    with pytest.raises(ValidationError, match="This invitation is over"):
        changes.accept_invitation(invitation=invitation, person=robin, at=AT + DAY)
    assert not audit.verify(board)


def test_an_invitation_is_for_one_address_only(invite, kim):
    invitation, _ = invite()
    with pytest.raises(ValidationError, match=r"This invitation is for robin@example\.org"):
        changes.accept_invitation(invitation=invitation, person=kim, at=AT)
    assert not Invitation.objects.exclude(accepted_at=None).exists()


def test_an_invitation_ends_by_itself_when_withdrawn_and_with_the_right_of_who_sent_it(
    board, invite, manager, kim, staying
):
    invitation, _ = invite("kim@example.org")
    over = "This invitation is over. Ask the business manager of the board for another."
    with pytest.raises(ValidationError, match=over):
        changes.accept_invitation(invitation=invitation, person=kim, at=AT + INVITATION_DAYS * DAY)
    changes.give_role(person=kim, role="business_manager", on=board, by=manager, at=AT)
    changes.end_role(held=staying, by=kim, at=AT)
    other, _ = changes.invite(board=board, email="x@example.org", name="X", role="member", on=board, by=kim, at=AT)
    x = User.objects.create_user("x@example.org", "X")
    with pytest.raises(ValidationError, match=over):
        changes.accept_invitation(invitation=invitation, person=kim, at=AT)
    changes.withdraw_invitation(invitation=other, by=kim, at=AT)
    with pytest.raises(ValidationError, match=over):
        changes.accept_invitation(invitation=other, person=x, at=AT)
    with pytest.raises(ValidationError, match="The invitation of X is over"):
        changes.withdraw_invitation(invitation=other, by=kim, at=AT)
    with pytest.raises(ValidationError, match="The invitation of X is over"):
        changes.invite_again(invitation=other, by=kim, at=AT)
    assert not BoardRole.objects.filter(user=x).exists()


def test_an_invitation_sent_again_has_another_key_and_more_time(board, invite, manager):
    invitation, key = invite()
    anew, again = changes.invite_again(invitation=invitation, by=manager, at=AT + 20 * DAY)
    assert again != key
    assert people.invitation_of(key, AT + 20 * DAY) is None
    assert people.invitation_of(again, AT + 30 * DAY) == anew
    assert (anew.email, anew.name, anew.role, anew.place) == (
        "robin@example.org",
        "Robin New",
        "contact",
        invitation.seat,
    )
    assert last_told(board) == (
        "Business manager sent Robin New (robin@example.org) the invitation to Northshire Police again."
    )


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"email": "PAT@example.org"}, "Pat Police is on this board already. Open their page to give another role."),
        ({"email": "robin@example.org"}, "Robin New was invited on 4 May 2026. Send that invitation again instead."),
        ({"email": "x@example.org", "starts": ON - DAY}, "The first day must be today or later"),
        ({"email": "x@example.org", "starts": ON + DAY, "ends": ON}, "same as or after the first day"),
        ({"email": "no address"}, "Enter a valid email address"),
        ({"email": "x@example.org", "role": "owner"}, "There is no role owner"),
    ],
)
def test_an_invitation_that_makes_no_sense_is_refused_in_words(board, invite, pat, given, match):
    invite()
    events = board.event_set.count()
    with pytest.raises(ValidationError, match=match):
        invite(**given)
    assert (board.event_set.count(), Invitation.objects.count()) == (events, 1)


def test_what_an_invitation_said_is_kept(invite):
    invitation, _ = invite()
    rows = Invitation.objects.filter(pk=invitation.pk)
    for change in ({"email": "else@example.org"}, {"role": "contributor"}, {"seat": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


def test_a_review_of_access_is_on_the_record_with_whose_roles_it_ended(board, manager, staying, pat):
    changes.review_access(board=board, people=[pat], by=manager, at=AT)
    assert standing(pat, ON).held == ()
    assert last_told(board) == "Business manager looked at who has come to the board and ended the roles of Pat Police."
    changes.review_access(board=board, people=[], by=manager, at=AT)
    assert last_told(board) == "Business manager looked at who has come to the board."


def test_who_was_invited_can_be_redacted(board, invite, manager):
    invitation, _ = invite()
    for passage in ("Robin New", "robin@example.org"):
        changes.redact(board=board, passage=passage, reason="Asked for it", by=manager, at=AT)
    invitation.refresh_from_db()
    assert "redacted on 4 May 2026" in invitation.name
    assert "redacted" in invitation.email
    assert not audit.verify(board)
    words = [*board.event_set.values_list("details__value", flat=True), *Invitation.objects.values()]
    assert "robin" not in str(words).lower()


def test_who_manages_until_a_day_lets_nobody_manage_beyond_it(board, manager, staying, kim, pat):
    changes.cover_role(held=staying, person=kim, starts=ON, ends=ON + DAY, by=None, at=AT)
    told = "You manage this board until 5 May 2026, and can let nobody manage it for longer."
    who = {"by": kim, "at": AT}
    with pytest.raises(ValidationError, match=told):
        changes.give_role(person=pat, role="business_manager", on=board, **who)
    with pytest.raises(ValidationError, match=told):
        changes.invite(board=board, email="x@example.org", name="X", role="business_manager", on=board, **who)
    theirs = changes.give_role(person=pat, role="business_manager", on=board, ends=ON + DAY, **who)
    with pytest.raises(ValidationError, match=told):
        changes.limit_role(held=theirs, ends=None, **who)
    changes.give_role(person=pat, role="member", on=board, **who)


def test_cover_stays_inside_the_days_of_the_role(manager, pat, kim, seat):
    changes.limit_role(held=held_by(pat), ends=ON + 3 * DAY, by=manager, at=AT)
    again = changes.give_role(person=pat, role="contact", on=seat, starts=ON + 10 * DAY, by=manager, at=AT)
    cover = {"person": kim, "by": manager, "at": AT}
    with pytest.raises(ValidationError, match=r"Pat Police holds this role from 14 May 2026\. Cover begins then"):
        changes.cover_role(held=again, starts=ON, ends=ON + 11 * DAY, **cover)
    later = changes.cover_role(held=again, starts=ON + 10 * DAY, ends=ON + 20 * DAY, **cover)
    first = changes.cover_role(held=SeatRole.objects.get(user=pat, starts=ON), starts=ON, ends=ON + DAY, **cover)
    with pytest.raises(ValidationError, match=r"Pat Police holds this role until 7 May 2026\. Cover ends then too"):
        changes.limit_role(held=first, ends=ON + 4 * DAY, by=manager, at=AT)
    changes.end_role(held=SeatRole.objects.get(user=pat, starts=ON), by=manager, at=AT)
    for cover, ended in ((first, AT), (later, None)):
        cover.refresh_from_db()
        assert cover.ended_at == ended, "each stint has its own cover"


def test_an_open_invitation_ends_with_all_the_roles(board, invite, manager, pat, seat):
    changes.end_every_role(person=pat, board=board, by=manager, at=AT)
    invitation, key = invite("pat@example.org")
    changes.give_role(person=pat, role="member", on=board, by=manager, at=AT)
    changes.end_every_role(person=pat, board=board, by=manager, at=AT)
    assert people.invitation_of(key, AT) is None
    invitation.refresh_from_db()
    assert invitation.withdrawn_at == AT


def test_a_person_and_their_cover_are_let_go_together(board, manager, staying, pat, kim):
    changes.cover_role(held=held_by(pat), person=kim, starts=ON, ends=ON + DAY, by=manager, at=AT)
    changes.review_access(board=board, people=[pat, kim], by=manager, at=AT)
    assert not people.people_with_roles(board, ON).exclude(pk=manager.pk).exists()


def test_what_has_ended_takes_nobody_in(board, invite, manager, staying, pat, seat):
    invitation, key = invite()
    changes.end_seat(seat=seat, ends=ON, by=manager, at=AT)
    assert people.invitation_of(key, AT) == invitation
    later = AT + DAY
    assert people.invitation_of(key, later) is None
    assert not people.people_with_roles(board, ON + DAY).filter(pk=pat.pk).exists()
    with pytest.raises(ValidationError, match="What Robin New was invited to is over"):
        changes.invite_again(invitation=invitation, by=manager, at=later)
    seat.refresh_from_db()
    with pytest.raises(ValidationError, match=r"Northshire Police has ended\. Choose another"):
        changes.give_role(person=pat, role="contributor", on=seat, by=manager, at=later)
    assert changes.invite(
        board=board, email="pat@example.org", name="Pat", role="member", on=board, by=manager, at=later
    ), "whose seat has ended is on the board no more"


def test_an_invitation_can_be_sent_anew_by_another_manager(board, invite, manager, staying, kim):
    invitation, _ = invite()
    changes.give_role(person=kim, role="business_manager", on=board, by=manager, at=AT)
    changes.end_role(held=staying, by=kim, at=AT)
    _, key = changes.invite_again(invitation=invitation, by=kim, at=AT)
    assert people.invitation_of(key, AT).by == kim
