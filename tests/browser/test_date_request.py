"""Deciding on another due date, on a telephone: with long words, with what is wrong, and decided."""

from datetime import date

import pytest

from actions import changes
from tests import builders
from tests.browser.clicking import click

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_date_is_decided_on_a_telephone(phone, transactional_db, no_violations):
    cast = builders.make_board()
    action = builders.make_plan(cast, actions=1).actions.get()
    asked = changes.ask_for_date(
        action=action,
        to_due=date(2027, 6, 30),
        why="Überraschungs" * 40,
        by=cast.manager,
        at=builders.moment(builders.TODAY),
    )
    phone.goto("/sign-in/")
    phone.get_by_label("E-mail address").fill(cast.coordinator.email)
    phone.get_by_label("Password", exact=True).fill("a long word")
    click(phone.get_by_role("button", name="Sign in"))
    no_violations(phone)
    click(phone.locator("main a[href*='/dates/']"))
    no_violations(phone)
    phone.get_by_label("Why does the date stay?").fill("It must not move.")
    click(phone.get_by_role("button", name="Agree to 30 June 2027"))
    assert phone.get_by_role("alert").get_by_text("Take these words out to agree").is_visible()
    no_violations(phone)
    click(phone.get_by_role("button", name="Keep "))
    assert phone.get_by_text("The date stays as it is. Why stands in the history").is_visible()
    phone.goto(f"/boards/elmshire/plans/cse-plan/actions/{action.pk}/dates/{asked.pk}/")
    assert phone.get_by_text("It must not move.").is_visible()
    no_violations(phone)
