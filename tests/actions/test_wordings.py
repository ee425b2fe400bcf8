"""Two wordings side by side: nothing of either is lost, and what changed reads as a person would mark it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.wordings import LONGEST, after_of, before_of, changed_words, in_brackets

SOME = ["the", "board", "police", "will", "train", ".", "\n", " ", "staff’s", "multi-agency"]
WORDS = st.lists(st.sampled_from(SOME))
TEXTS = st.one_of(st.text(max_size=60), WORDS.map(" ".join), WORDS.map("".join))


@given(TEXTS, TEXTS)
def test_without_what_is_new_it_is_the_old_and_without_what_is_gone_the_new(before, after):
    pieces = changed_words(before, after)
    assert before_of(pieces) == before
    assert after_of(pieces) == after
    assert all(piece.text for piece in pieces)


@given(TEXTS)
def test_the_same_words_have_changed_in_nothing(text):
    assert {piece.kind for piece in changed_words(text, text)} <= {"same"}


@given(TEXTS, TEXTS)
def test_no_two_pieces_of_a_kind_stand_side_by_side(before, after):
    kinds = [piece.kind for piece in changed_words(before, after)]
    assert all(one != other for one, other in pairwise(kinds))


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("Train staff by June.", "Train staff by September.", "Train staff by [removed: June][added: September]."),
        ("Train staff.", "Train all staff.", "Train [added: all ]staff."),
        ("Train all staff.", "Train staff.", "Train [removed: all ]staff."),
        ("", "Train staff", "[added: Train staff]"),
        ("Train staff", "", "[removed: Train staff]"),
        ("", "", ""),
        ("Publish a multi-agency plan", "Publish the plan", "Publish [removed: a multi-agency][added: the] plan"),
        (
            "Police map the hotspots each month",
            "Schools teach the pupils about consent",
            "[removed: Police map the hotspots each month][added: Schools teach the pupils about consent]",
        ),
        (
            "Hold a review. Big old slow report to write.",
            "Hold a review. Short new fast note to publish.",
            (
                "Hold a review. [removed: Big old slow report][added: Short new fast note] to "
                "[removed: write][added: publish]."
            ),
        ),
    ],
)
def test_a_person_would_mark_it_like_this(before, after, marked):
    assert in_brackets(changed_words(before, after)) == marked


def test_words_that_happen_to_stand_between_two_changes_are_no_island():
    pieces = changed_words(
        "We keep this. Agencies share old lists of the many places. And this stays as well for long.",
        "We keep this. Police draw up the one map. And this stays as well for long.",
    )
    assert [piece.kind for piece in pieces] == ["same", "gone", "new", "same"]


def test_a_wording_of_any_length_is_answered_at_once():
    before = "Start " + "a b c d " * LONGEST + "end"
    after = "Start " + "d c b a " * LONGEST + "end"
    pieces = changed_words(before, after)
    assert (before_of(pieces), after_of(pieces)) == (before, after)
