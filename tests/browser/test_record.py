"""The pages that read the record back, on a telephone: everybody can read them, and nothing runs off the side."""

import pytest

from actions import changes
from boards.access import log_access
from tests import builders
from tests.browser.clicking import click

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def board(transactional_db):
    cast = builders.make_board()
    plan = builders.make_plan(cast, actions=4)
    action = plan.actions.select_related("board").first()
    for day in (2, 9, 16):
        on = builders.TODAY.replace(day=day)
        builders.say(cast, action, "amber", on=on, period="Q2 2026/27")
    changes.add_note(
        action=action, words="Zebedee came along.", by=cast.coordinator, at=builders.moment(builders.TODAY)
    )
    changes.reword_action(
        action=action, wording="Train" * 40, reason="Longer", by=cast.coordinator, at=builders.moment(builders.TODAY)
    )
    when = {"board": cast.board, "at": builders.moment(builders.TODAY)}
    log_access(by=cast.member, what="page.refused", about=action, subject="action", outcome="hidden", **when)
    log_access(by=cast.member, what="report.downloaded", subject="a-report-of-the-board-OFFICIAL.pdf", **when)
    return cast.board, plan, action


def test_everybody_can_read_the_record_on_a_telephone(phone, board, no_violations):
    _, plan, action = board
    phone.goto("/sign-in/")
    phone.get_by_label("E-mail address").fill("morgan.elmshire@example.org")
    phone.get_by_label("Password", exact=True).fill("a long word")
    click(phone.get_by_role("button", name="Sign in"))
    here = f"/boards/elmshire/plans/{plan.slug}"
    for address in (
        "/boards/elmshire/access-log/",
        "/boards/elmshire/history/",
        f"{here}/history/?kind=update",
        f"{here}/actions/{action.pk}/history/?until=soon",
        f"{here}/as-at/?day=2026-09-10",
        f"{here}/export/?day=2026-09-10",
        f"{here}/export/?day=soon",
        f"{here}/compare/?since=2026-08-31",
        f"{here}/compare/?since=soon",
        f"{here}/actions/{action.pk}/as-at/?day=2026-09-10",
        "/boards/elmshire/redact/",
    ):
        phone.goto(address)
        no_violations(phone)
    phone.get_by_label("Words that have to go").fill("Zebedee")
    click(phone.get_by_role("button", name="Find these words"))
    no_violations(phone)
    click(phone.get_by_role("button", name="Redact in 2 places"))
    no_violations(phone)
    assert phone.get_by_role("alert").get_by_text("Enter why they have to go").is_visible()
