"""Writing down what was recommended, in pages: for who keeps the plans, with refusals that keep the words."""

import re
from datetime import date

import pytest

from actions import changes
from actions.models import RecommendationSource
from boards.changes import change_labels
from boards.models import Event
from tests.builders import TODAY, agree, at, make_action, make_board, make_plan, moment

pytestmark = pytest.mark.django_db

HOME = "/boards/elmshire/recommendations/"
WHOLE = {
    "title": "Peer  review", "kind": "review", "dated_day": "12", "dated_month": "1", "dated_year": "2026",
    "recommendations": "1. Train <all> staff\r\n\r\n 2) Know 3.5 places\r\n10\tHear children",
}  # fmt: skip


@pytest.fixture
def cast():
    return make_board()


@pytest.fixture
def source(cast):
    return changes.add_recommendation_source(
        board=cast.board, title="Audit", kind="audit", recommendations=[(1, "Train staff")],
        by=cast.manager, at=moment(TODAY, 8),
    )  # fmt: skip


@pytest.fixture
def visit(client, cast):
    def visit(address="", sent=None, who="coordinator"):
        client.force_login(getattr(cast, who))
        with at(TODAY):
            if sent is None:
                return client.get(HOME + address)
            return client.post(HOME + address, sent, follow=True)

    return visit


def plain(response):
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", response.text))


def test_a_source_is_added_with_a_list_of_recommendations(cast, visit):
    told = plain(visit("add/", WHOLE))
    source = RecommendationSource.objects.get()
    assert (source.title, source.kind, source.dated) == ("Peer review", "review", date(2026, 1, 12))
    assert list(source.recommendations.values_list("number", "text")) == [
        (1, "Train <all> staff"), (2, "Know 3.5 places"), (10, "Hear children"),
    ]  # fmt: skip
    assert "Peer review is recorded. Actions that answer it say so where they are written." in told
    assert "3 of 3 recommendations have no action" in told


def test_without_numbers_they_are_counted_further_ones_from_the_last(visit, source):
    visit(f"{source.pk}/add/", {"recommendations": "Hear children\n\nShare data"})
    assert list(source.recommendations.values_list("number", flat=True)) == [1, 2, 3]


def test_what_is_wrong_is_said_beside_its_box_and_every_word_kept(visit):
    for sent, told in (
        ({"title": ""}, "Answer “What was it called?”"),
        ({"kind": ""}, "Answer “What was it?”"),
        ({"kind": "rumour"}, "Select a valid choice"),
        ({"dated_month": "13"}, "Date on it must be a real date."),
        ({"title": "x" * 301}, "must be 300 characters or fewer. It is 301."),
        ({"recommendations": " "}, "Enter at least one recommendation"),
        ({"recommendations": "1. One\n1.2 Two"}, "“1.2 Two” has no number, and others have."),
        ({"recommendations": f"1. {'x' * 2001}"}, "Number 1 must be 2,000 characters or fewer. It is 2,001."),
        ({"recommendations": "1. One\n1. Two"}, "The number 1 stands on two lines."),
    ):
        response = visit("add/", WHOLE | sent)
        assert told in plain(response).replace("&lt;", "<"), sent
        assert "There is a problem" in response.text
        if "recommendations" not in sent:
            assert "Know 3.5 places" in response.text
    assert not RecommendationSource.objects.exists()


def test_a_title_that_is_there_already_is_refused(visit, source):
    told = plain(visit("add/", WHOLE | {"title": "Audit"}))
    assert "“Audit” is recorded already. Give this one another title, such as its year." in told


def test_title_kind_and_date_are_changed(visit, source):
    page = visit(f"{source.pk}/change/").text
    assert 'value="Audit"' in page
    told = plain(visit(f"{source.pk}/change/", {"title": "Audit of files", "kind": "inspection"}))
    assert "It is changed." in told
    assert "Audit of files Inspection" in told
    assert "Nothing of it has changed." in plain(
        visit(f"{source.pk}/change/", {"title": "Audit of files", "kind": "inspection"})
    )


def test_further_recommendations_are_added(visit, source):
    assert "Audit has number 1 already. Each needs a number of its own." in plain(
        visit(f"{source.pk}/add/", {"recommendations": "1. Again"})
    )
    assert "The further recommendations are recorded." in plain(
        visit(f"{source.pk}/add/", {"recommendations": "2. Know the places"})
    )
    assert source.recommendations.count() == 2


def test_words_are_corrected_until_an_agreed_plan_answers_them(cast, visit, source):
    row = source.recommendations.get()
    address = f"{source.pk}/{row.pk}/"
    assert "Train staff</textarea>" in visit(address).text
    told = plain(visit(address, {"text": "Train all staff", "seen": "Train staff"}))
    assert "The words of recommendation 1 are corrected." in told
    late = visit(address, {"text": "My own words", "seen": "Train staff"})
    assert "Somebody else has corrected it meanwhile. It now says: “Train all staff”" in plain(late)
    assert "My own words" in late.text
    plan = make_plan(cast, actions=0, agreed=False)
    make_action(cast, plan, "1", recommendations=[row])
    assert "Correct its words" in visit(f"{source.pk}/").text
    agree(cast, plan)
    assert "Correct its words" not in visit(f"{source.pk}/").text
    told = plain(visit(address, {"text": "Other", "seen": "Train all staff"}))
    assert "A plan that the board agreed answers this recommendation" in told
    row.refresh_from_db()
    assert row.text == "Train all staff"


def test_who_does_not_keep_plans_is_refused_and_others_find_nothing(cast, visit, source):
    there = make_board("oakshire", "Oakshire Safeguarding Partnership")
    cast.there = there.manager
    row = source.recommendations.get()
    before = Event.objects.count()
    for address in ("add/", f"{source.pk}/change/", f"{source.pk}/add/", f"{source.pk}/{row.pk}/"):
        for sent in (None, WHOLE | {"text": "Other"}):
            for who in ("member", "scrutineer", "approver", "contact", "chair", "secretary"):
                assert visit(address, sent, who).status_code == 403, (address, who)
            for who in ("stranger", "there"):
                assert visit(address, sent, who).status_code == 404, (address, who)
    assert visit(f"{source.pk}/99999/").status_code == 404
    assert visit("99999/change/").status_code == 404
    assert Event.objects.count() == before


def test_a_row_of_another_source_is_not_there(cast, visit, source):
    other = changes.add_recommendation_source(
        board=cast.board,
        title="Other",
        kind="audit",
        recommendations=[(1, "One")],
        by=cast.manager,
        at=moment(TODAY, 8),
    )
    assert visit(f"{source.pk}/{other.recommendations.get().pk}/").status_code == 404


def test_the_pages_say_the_boards_own_word(cast, visit, source):
    change_labels(
        board=cast.board, labels={"recommendation": ("challenge", "challenges")}, by=cast.manager, at=moment(TODAY, 8)
    )
    row = source.recommendations.get()
    for address in ("add/", f"{source.pk}/add/", f"{source.pk}/{row.pk}/", f"{source.pk}/change/"):
        text = plain(visit(address))
        assert "hallenge" in text, address
        assert "ecommendation" not in text, address
