"""Writing down what was recommended: what is kept, what is refused in which words, and what the trail says of it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from actions import changes
from actions.models import Recommendation, RecommendationSource
from boards.audit import verify
from boards.changes import change_labels
from boards.models import Event
from boards.redaction import details_of
from boards.sentences import sentence
from tests.builders import TODAY, agree, make_action, make_board, make_draft_again, make_plan, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_board()


@pytest.fixture
def who(cast):
    return {"by": cast.coordinator, "at": moment(TODAY)}


@pytest.fixture
def source(cast, who):
    return changes.add_recommendation_source(
        board=cast.board, title="Peer review", kind="review", dated=date(2026, 1, 12),
        recommendations=[(1, "Train staff"), (2, "Know the places")], **who,
    )  # fmt: skip


def words(source):
    return list(source.recommendations.values_list("number", "text"))


def last_sentence():
    event = Event.objects.order_by("pk").last()
    return sentence(event, details_of([event])[event.pk])


def refused(verb, **given):
    with pytest.raises(ValidationError) as raised:
        verb(**given)
    return " ".join(raised.value.messages)


def test_a_source_is_kept_with_its_recommendations(cast, source):
    assert words(source) == [(1, "Train staff"), (2, "Know the places")]
    assert last_sentence() == "Casey Coordinator added the recommendations of Peer review: 1, 2."


def test_further_ones_are_added_with_numbers_of_their_own(source, who):
    changes.add_recommendations(source=source, recommendations=[(7, " Share\r\ndata ")], **who)
    assert words(source)[-1] == (7, "Share\ndata")
    assert last_sentence() == "Casey Coordinator added further recommendations of Peer review: 7."
    add = changes.add_recommendations
    told = "Peer review has number 1 already. Each needs a number of its own."
    assert refused(add, source=source, recommendations=[(1, "A"), (8, "B"), (8, "C")], **who) == told
    told = "The number 8 stands on two lines. Each needs a number of its own."
    assert refused(add, source=source, recommendations=[(8, "B"), (8, "C")], **who) == told
    assert refused(add, source=source, recommendations=[(9, " ")], **who) == "Write the words of every recommendation."
    assert refused(add, source=source, recommendations=[], **who) == "Write at least one recommendation."
    assert len(words(source)) == 3


def test_a_refused_source_leaves_nothing(cast, source, who):
    given = {"board": cast.board, "kind": "audit", "recommendations": [(1, "One")], **who}
    add = changes.add_recommendation_source
    assert refused(add, **{**given, "title": "peer review"}) == (
        "“peer review” is recorded already. Give this one another title, such as its year."
    )
    refused(add, **{**given, "title": "Other", "recommendations": [(1, "One"), (1, "Two")]})
    refused(add, **{**given, "title": "Other", "kind": "rumour"})
    refused(add, **{**given, "title": "Other", "recommendations": []})
    assert RecommendationSource.objects.count() == 1
    assert verify(cast.board) is None


def test_what_a_source_is_can_be_changed(cast, source, who):
    given = {"source": source, "title": "Peer review of CSE", "kind": "inspection", "dated": None, **who}
    changes.change_recommendation_source(**given)
    source.refresh_from_db()
    assert (source.title, source.kind, source.dated) == ("Peer review of CSE", "inspection", None)
    assert last_sentence() == (
        "Casey Coordinator changed what Peer review (review, 12 January 2026) is. "
        "It is now Peer review of CSE (inspection)."
    )
    assert refused(changes.change_recommendation_source, **given).startswith("Nothing of it has changed.")
    other = changes.add_recommendation_source(
        board=cast.board, title="Audit", kind="audit", recommendations=[(1, "One")], **who
    )
    assert "“Peer review of CSE” is recorded already" in refused(
        changes.change_recommendation_source, **{**given, "source": other}
    )


def test_words_that_no_agreed_plan_answers_can_be_corrected(cast, source, who):
    first = source.recommendations.get(number=1)
    draft = make_plan(cast, actions=0, agreed=False)
    make_action(cast, draft, "1", recommendations=[first])
    changes.correct_recommendation(
        recommendation=first, text="Train all staff", seen="Train  staff".replace("  ", " "), **who
    )
    assert words(source)[0] == (1, "Train all staff")
    assert last_sentence() == (
        "Casey Coordinator corrected the words of recommendation 1 of Peer review. "
        "They were: “Train staff”. They are now: “Train all staff”."
    )
    correct = {"recommendation": first, **who}
    assert "These are the words it has already." in refused(
        changes.correct_recommendation, text="Train all staff ", **correct
    )
    assert "cannot be blank" in refused(changes.correct_recommendation, text=" ", **correct)
    assert refused(changes.correct_recommendation, text="Train", seen="Train staff", **correct) == (
        "Somebody else has corrected it meanwhile. It now says: “Train all staff” What you typed is still here."
    )


def test_words_that_an_agreed_plan_answers_or_answered_stay(cast, source, who):
    first, second = source.recommendations.all()
    plan = make_plan(cast, actions=0, agreed=False)
    action = make_action(cast, plan, "1", recommendations=[first])
    agree(cast, plan)
    told = (
        "A plan that the board agreed answers this recommendation, so its words stay as they are. "
        "If the source itself was corrected, add the new words as a further recommendation."
    )
    assert refused(changes.correct_recommendation, recommendation=first, text="Other", **who) == told
    changes.reword_action(action=action, wording="Do", recommendations=[second], reason="So", **who)
    for row in (first, second):
        assert refused(changes.correct_recommendation, recommendation=row, text="Other", **who) == told
        with pytest.raises(IntegrityError), transaction.atomic():
            Recommendation.objects.filter(pk=row.pk).update(text="Other")


def test_the_refusal_says_what_the_trigger_says(cast, source, who):
    """Where the verb lets a change through, the guard does too, and the other way round."""
    row = source.recommendations.first()
    plan = make_plan(cast, actions=0, agreed=False)
    make_action(cast, plan, "1", recommendations=[row])
    agree(cast, plan)
    make_draft_again(plan)
    assert changes.correct_recommendation(recommendation=row, text="Other", **who).text == "Other"


def test_a_refusal_says_it_in_the_boards_own_word(cast, source, who):
    board = change_labels(board=cast.board, labels={"recommendation": ("challenge", "challenges")}, **who)
    source.board = board
    told = refused(changes.add_recommendations, source=source, recommendations=[], **who)
    assert told == "Write at least one challenge."
