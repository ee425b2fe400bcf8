"""A long file tells how far it is while it is taken in, and goes on if nobody looks."""

import re
import threading

import pytest

from actions import changes
from actions.models import Import, Plan
from actions.views.progress import MARK, told_as_it_goes
from boards import audit
from tests.actions.test_import_view import HEAD, begun, token
from tests.actions.test_import_view import csv as csv_of
from tests.builders import TODAY, at, make_board, make_plan

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 1_100


@pytest.fixture
def cast():
    return make_board()


@pytest.fixture
def post(client, cast):
    client.force_login(cast.coordinator)

    def send(address, follow=True, **typed):
        with at(TODAY):
            return client.post(address, typed, follow=follow)

    return send


@pytest.fixture
def page(post, cast):
    """The preview of a long file that begins a plan."""
    return begun(post, cast, HEAD, *(f"{n},Train {n} people,Police,June 2027" for n in range(1, ROWS + 1)))


def home():
    return f"/boards/elmshire/files/{Import.objects.get().pk}/"


def lines(html):
    return [re.sub("<[^>]*>", "", line) for line in re.findall('<p class="govuk-body">.*?</p>', html)]


def test_the_page_tells_how_far_it_is_and_leads_to_the_plan(post, page, cast):
    seen = token(page)
    with at(TODAY):
        answer = post(home(), follow=False, seen=seen)
        assert (answer.status_code, answer.streaming) == (200, True)
        parts = [part.decode() for part in answer.streaming_content]
    assert "Taking the file in" in parts[0]
    assert "has 1,100 rows" in parts[0]
    assert [line for part in parts[1:-2] for line in lines(part)] == [
        "500 of 1,100 new actions are written.",
        "1,000 of 1,100 new actions are written.",
        "1,100 of 1,100 new actions are written.",
        "Working out where each action stands.",
    ]
    plan = Plan.objects.get(title="Our plan")
    assert "plan.csv is in Our plan" in parts[-2]
    assert f'href="/boards/elmshire/plans/{plan.slug}/write/"' in parts[-2]
    assert parts[-1].rstrip().endswith("</html>")
    assert plan.actions.exclude(due=None).count() == ROWS
    assert audit.verify(cast.board) is None
    assert "has been confirmed" in post(home(), seen=seen).text


def test_it_goes_on_when_its_person_leaves(post, page):
    with at(TODAY):
        answer = post(home(), follow=False, seen=token(page))
        assert b"Taking the file in" in next(iter(answer.streaming_content))
        answer.close()
        for thread in threading.enumerate():
            if thread.name == "work beside an answer":
                thread.join(60)
    assert Import.objects.get().state == Import.State.DONE
    assert Plan.objects.get(title="Our plan").actions.count() == ROWS


def test_what_is_refused_is_said_and_leads_back(post, cast):
    plan = make_plan(cast, actions=1, agreed=False)
    rows = (f"{n},Train {n} people,Police,June 2027" for n in range(100, 100 + ROWS))
    preview = post(f"/boards/elmshire/plans/{plan.slug}/file/", file=csv_of(HEAD, *rows))
    seen = token(preview) if 'name="seen"' in preview.text else ""
    held = Import.objects.get()
    changes.settle(held=held, part="missing", said={str(plan.actions.get().pk): "keep"})
    with at(TODAY):
        answer = post(home(), follow=False, seen=seen)
        told = b"".join(answer.streaming_content).decode()
    assert "Nothing was taken in" in told
    assert "The plan has changed since you opened this page." in told
    assert f'href="{home()}"' in told
    assert plan.actions.count() == 1
    assert Import.objects.get().state == Import.State.OPEN


def test_what_goes_wrong_is_said_and_stays_no_secret():
    def work(tell):
        tell("<b>Half</b> of it.")
        raise RuntimeError("The disk is full.")

    said = []
    answer = told_as_it_goes(f"<p>{MARK}</p>", work, lambda result, error: f"It ended: {error}")
    with pytest.raises(RuntimeError, match="The disk is full"):
        said.extend(map(bytes.decode, answer.streaming_content))
    half = '<p class="govuk-body">&lt;b&gt;Half&lt;/b&gt; of it.</p>\n'
    assert said == ["<p>", half, "It ended: The disk is full.", "</p>"]
