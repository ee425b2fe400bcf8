"""Who answers for an owner on a day."""

from datetime import date

from django.core.exceptions import ValidationError
from django.test import TestCase

from boards.changes import add_owner, appoint_holder
from boards.holders import holding, with_holders
from boards.models import Owner
from tests.builders import make_board, moment


class Holding(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_board()

    def on(self, owner, day):
        return holding(with_holders(Owner.objects.all()).get(pk=owner.pk), day)

    def test_the_holder_answers_from_the_first_day_to_the_last(self):
        owner = self.cast.health_owner
        assert self.on(owner, date(2026, 1, 5)).holder == self.cast.nurse
        assert self.on(owner, date(2026, 5, 31)).holder == self.cast.nurse
        assert self.on(owner, date(2026, 6, 1)).holder is None

    def test_an_owner_is_vacant_since_the_day_after_its_last_holder_left(self):
        found = self.on(self.cast.health_owner, date(2026, 9, 1))
        assert found.is_vacant
        assert found.vacant_since == date(2026, 6, 1)

    def test_an_owner_that_never_had_a_holder_is_vacant_since_the_board_first_used_it(self):
        assert self.on(self.cast.post_owner, date(2026, 9, 1)).vacant_since == date(2026, 1, 5)

    def test_a_deputy_answers_beside_the_holder_and_fills_no_vacancy(self):
        cast = self.cast
        who = {"starts": date(2026, 6, 1), "by": cast.manager, "at": moment(date(2026, 6, 1))}
        appoint_holder(owner=cast.health_owner, person=cast.contact, part="deputy", **who)
        found = self.on(cast.health_owner, date(2026, 6, 2))
        assert found.deputy == cast.contact
        assert found.is_vacant

    def test_a_new_holder_ends_the_vacancy(self):
        cast = self.cast
        appoint_holder(
            owner=cast.health_owner,
            person=cast.contact,
            starts=date(2026, 8, 1),
            by=cast.manager,
            at=moment(date(2026, 8, 1)),
        )
        assert self.on(cast.health_owner, date(2026, 7, 31)).vacant_since == date(2026, 6, 1)
        assert self.on(cast.health_owner, date(2026, 8, 1)).holder == cast.contact

    def test_an_outside_body_has_nobody_to_miss(self):
        cast = self.cast
        assert not self.on(cast.outside_owner, date(2026, 9, 1)).is_vacant
        group = add_owner(board=cast.board, name="All", kind="group", by=cast.manager, at=moment(date(2026, 8, 1)))
        assert not self.on(group, date(2026, 9, 1)).is_vacant

    def test_days_on_which_somebody_else_is_the_holder_are_refused_in_words(self):
        cast = self.cast
        who = {"owner": cast.health_owner, "person": cast.contact, "by": cast.manager, "at": moment(date(2026, 6, 1))}
        with self.assertRaisesMessage(
            ValidationError,
            "Nic Nurse is holder from 5 January 2026 until 31 May 2026. Choose days on which nobody else is",
        ):
            appoint_holder(starts=date(2026, 2, 1), ends=date(2026, 3, 1), **who)
        appoint_holder(starts=date(2026, 8, 1), **who)
        with self.assertRaisesMessage(ValidationError, "Kit Contact is holder from 1 August 2026 with no last day."):
            appoint_holder(starts=date(2026, 6, 1), **who)
        appoint_holder(starts=date(2026, 6, 1), ends=date(2026, 7, 31), **who)

    def test_a_new_deputy_follows_the_one_before(self):
        cast = self.cast
        who = {"owner": cast.health_owner, "part": "deputy", "by": cast.manager, "at": moment(date(2026, 6, 1))}
        appoint_holder(person=cast.contact, starts=date(2026, 6, 1), **who)
        appoint_holder(person=cast.nurse, starts=date(2026, 7, 1), **who)
        assert self.on(cast.health_owner, date(2026, 6, 30)).deputy == cast.contact
        assert self.on(cast.health_owner, date(2026, 7, 1)).deputy == cast.nurse
