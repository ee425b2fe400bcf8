"""A session that is lost while somebody writes a plan, or says what becomes of an action, costs no words."""

import html
import re
from datetime import date

import pytest

from actions import changes
from tests.builders import TODAY, at, make_board, make_plan, moment

pytestmark = pytest.mark.django_db

WORDS = "Typed at length before the tea came"


@pytest.fixture
def world():
    cast = make_board()
    draft = make_plan(cast, actions=1, slug="draft", title="Draft", agreed=False)
    plan = make_plan(cast, actions=2)
    action = plan.actions.first()
    offer = changes.offer_action(
        action=action, from_owner=cast.police_owner, to_owner=cast.health_owner, reason="Because",
        by=cast.manager, at=moment(TODAY, 8),
    )  # fmt: skip
    asked = changes.ask_for_date(
        action=action, to_due=date(2027, 9, 30), why="The trainer left.", by=cast.manager, at=moment(TODAY, 8)
    )
    own = f"/boards/elmshire/plans/cse-plan/actions/{action.pk}/"
    written = f"/boards/elmshire/plans/draft/write/actions/{draft.actions.get().pk}/"
    return cast, {
        "begin": ("coordinator", "/boards/elmshire/new-plan/", {"title": WORDS}),
        "section": ("coordinator", "/boards/elmshire/plans/draft/write/sections/add/", {"title": WORDS}),
        "numbers": (
            "coordinator",
            "/boards/elmshire/plans/draft/write/numbers/",
            {f"reference-{draft.actions.get().pk}": WORDS[:30]},
        ),
        "action": (
            "coordinator",
            written,
            {"wording": WORDS, "step-TOTAL_FORMS": "1", "step-INITIAL_FORMS": "0", "step-0-text": f"{WORDS} too"},
        ),
        "words": ("coordinator", f"{own}words/", {"wording": WORDS}),
        "date": ("coordinator", f"{own}date/", {"why": WORDS}),
        "replace": ("coordinator", f"{own}replace/", {"wording": WORDS}),
        "withdraw": ("coordinator", f"{own}withdraw/", {"reason": WORDS}),
        "next": ("coordinator", "/boards/elmshire/plans/cse-plan/next/", {"title": WORDS}),
        "close": ("coordinator", "/boards/elmshire/plans/cse-plan/close/", {"reason": WORDS}),
        "hand over": ("coordinator", f"{own}hand-over/", {"reason": WORDS}),
        "offer": ("nurse", f"{own}offers/{offer.pk}/", {"answer": WORDS, "refuse": ""}),
        "date request": ("chair", f"{own}dates/{asked.pk}/", {"answer": WORDS, "keep": ""}),
        "source": ("coordinator", "/boards/elmshire/recommendations/add/", {"recommendations": WORDS}),
    }


@pytest.mark.parametrize(
    "name",
    [
        "begin", "section", "numbers", "action", "words", "date", "replace", "withdraw", "next", "close", "hand over",
        "offer", "date request", "source",
    ],
)  # fmt: skip
def test_the_words_are_there_again_after_signing_in(client, world, name):
    cast, pages = world
    who, address, typed = pages[name]
    with at(TODAY):
        page = client.post(address, typed)
        kept = html.unescape(re.search(r'name="kept" value="([^"]*)"', page.text).group(1))
        onward = html.unescape(re.search(r'name="next" value="([^"]*)"', page.text).group(1))
        person = getattr(cast, who)
        page = client.post(
            "/sign-in/", {"login": person.email, "password": "a long word", "kept": kept, "next": onward}, follow=True
        )
    assert "is here again" in page.text
    assert typed.get("step-0-text", WORDS[:30]) in page.text
