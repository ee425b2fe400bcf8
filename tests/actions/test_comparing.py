"""What is told of two lists of actions: each thing that can differ, and what came of which. No database."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.comparing import KINDS, Link, Said, as_lines, of_two_plans, on_two_days

JUNE, SEPTEMBER, DECEMBER = date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)
NONE = (("Section", "1.0 Prevent"), ("Objective", ""), ("Strategic priorities", "Prevent"), ("Top priority", "No"))
ONE = Said(
    action=1,
    reference="1.1",
    wording="Train staff by June",
    placed=NONE,
    details=(("Steps", ("Write it", "Try it")), ("Measures", ("Staff trained",))),
    owners=(("Lead", ("Police",)), ("Support", ("Health",))),
    due=JUNE,
    due_words="June 2026",
    first_due=JUNE,
    status="In progress",
    rating="Green",
    colour="green",
)


def other(number, **more):
    return replace(ONE, action=number, reference=f"1.{number}", wording=f"Promise {number}", **more)


DAYS = st.sampled_from([None, JUNE, SEPTEMBER, DECEMBER])
NAMES = st.lists(st.sampled_from(["Police", "Health", "Schools"]), unique=True).map(tuple)
SAID = st.builds(
    replace,
    st.just(ONE),
    wording=st.sampled_from(["Train staff by June", "Train all staff", "Map hotspots", "Teach"]),
    owners=st.builds(lambda lead, support: (("Lead", lead), ("Support", support)), NAMES, NAMES),
    due=DAYS,
    moves=st.integers(0, 3),
    status=st.sampled_from(["Not started", "In progress", "Complete"]),
    rating=st.sampled_from(["", "Green", "Red"]),
    reference=st.sampled_from(["1.1", "2.1"]),
)
PLANS = st.dictionaries(st.integers(1, 6), SAID).map(lambda plan: {n: replace(s, action=n) for n, s in plan.items()})


@given(PLANS, PLANS)
def test_every_action_is_told_of_once_or_counted_as_the_same(before, after):
    found = on_two_days(before, after, (), {})
    told_of = [difference.now.action for difference in found.differences]
    assert len(told_of) == len(set(told_of))
    assert found.total == len(before.keys() | after.keys())
    assert {d.now.action for d in found.differences if d.before is None} == after.keys() - before.keys()
    assert {d.now.action for d in found.differences if d.after is None} == before.keys() - after.keys()


@given(PLANS)
def test_nothing_differs_from_itself(plan):
    assert on_two_days(plan, plan, (), {}).differences == ()


@given(SAID, SAID)
def test_what_is_told_of_as_the_same_says_the_same(then, now):
    def everything(said):
        return replace(said, moves=0, owners=tuple((part, tuple(sorted(names))) for part, names in said.owners))

    if not told(then, now):
        assert everything(then) == everything(now)


def told(then, now, links=(), corrected=None):
    """The changes of one action between two days, as (kind, label, before, after, note)."""
    found = on_two_days({1: then}, {1: now}, links, corrected or {})
    if not found.differences:
        assert found.same == 1
        return []
    return [(c.kind, c.label, c.before, c.after, c.note) for c in found.differences[0].changes]


def test_what_is_the_same_is_counted_and_not_listed():
    found = on_two_days({1: ONE, 2: other(2)}, {1: ONE, 2: other(2)}, (), {})
    assert (found.differences, found.same, found.total) == ((), 2, 2)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"wording": "Train staff by May"}, ("reworded", "Words", "Train staff by June", "Train staff by May", "")),
        ({"owners": (("Lead", ("Health",)), ("Support", ("Health",)))}, ("owned", "Lead", "Police", "Health", "")),
        ({"owners": (("Lead", ("Police",)),)}, ("owned", "Support", "Health", "", "")),
        (
            {"owners": (*ONE.owners, ("Accountable", ("Board",)))},
            ("owned", "Accountable", "", "Board", ""),
        ),
        ({"rating": "Red", "colour": "red"}, ("rated", "Rating", "Green", "Red", "")),
        ({"rating": "", "colour": ""}, ("rated", "Rating", "Green", "", "")),
        ({"status": "Complete"}, ("status", "Status", "In progress", "Complete", "")),
        (
            {"status": "Withdrawn", "withdrawn": True},
            ("withdrawn", "Withdrawn", "In progress", "Withdrawn", ""),
        ),
        ({"reference": "2.1"}, ("placed", "Reference", "1.1", "2.1", "")),
        (
            {"placed": (("Section", "2.0 Pursue"), *NONE[1:])},
            ("placed", "Section", "1.0 Prevent", "2.0 Pursue", ""),
        ),
        (
            {"details": (ONE.details[0],)},
            ("detailed", "Measures", "Staff trained", "", ""),
        ),
    ],
)
def test_each_thing_that_differs_is_told_once(change, expected):
    assert told(ONE, replace(ONE, **change)) == [expected]


def test_a_list_in_another_order_is_the_same():
    assert told(ONE, replace(ONE, details=(("Steps", ("Try it", "Write it")), ONE.details[1]))) == []


def test_one_line_of_a_list_is_marked_word_by_word():
    now = replace(ONE, details=(("Steps", ("Write it", "Try it twice")), ONE.details[1]))
    change = on_two_days({1: ONE}, {1: now}, (), {}).differences[0].changes[0]
    assert [tuple(piece) for piece in change.pieces] == [
        ("same", "Write it"),
        ("same", "\n"),
        ("same", "Try it"),
        ("new", " twice"),
    ]


class TestDates:
    def test_a_move_says_how_far_how_often_and_from_which_first_date(self):
        moved = replace(ONE, due=DECEMBER, moves=3)
        assert told(replace(ONE, due=SEPTEMBER, moves=1), moved) == [
            (
                "redated",
                "Due",
                "30 September 2026",
                "31 December 2026",
                "92 days later; moved twice; moved 3 times since it was first dated; first due 30 June 2026.",
            )
        ]

    def test_a_date_that_moved_and_came_back_is_told(self):
        assert told(ONE, replace(ONE, moves=2)) == [
            ("redated", "Due", "30 June 2026", "30 June 2026", "Moved twice and back to the same day.")
        ]

    def test_a_first_date_is_no_move(self):
        assert told(replace(ONE, due=None, first_due=None), ONE) == [("redated", "Due", "No date", "30 June 2026", "")]

    def test_a_corrected_reading_is_no_slippage(self):
        now = replace(ONE, due=SEPTEMBER, first_due=SEPTEMBER)
        (change,) = told(ONE, now, corrected={1: (JUNE, SEPTEMBER)})
        assert change[:4] == ("corrected", "Reading of the date", "30 June 2026", "30 September 2026")
        assert "no slippage" in change[4]

    def test_a_move_beside_a_correction_is_told_beside_it(self):
        now = replace(ONE, due=DECEMBER, first_due=SEPTEMBER, moves=1)
        kinds = [kind for kind, *_ in told(ONE, now, corrected={1: (JUNE, SEPTEMBER)})]
        assert kinds == ["corrected", "redated"]

    def test_a_misreading_of_the_first_date_leaves_a_moved_one(self):
        then = replace(ONE, due=DECEMBER, moves=1)
        now = replace(then, first_due=SEPTEMBER)
        assert [kind for kind, *_ in told(then, now, corrected={1: (JUNE, SEPTEMBER)})] == ["corrected"]


class TestOneThatBecameAnother:
    over = {"status": "Withdrawn", "withdrawn": True}

    def test_a_split_is_told_on_both_sides_and_is_no_withdrawal(self):
        after = {1: replace(ONE, **self.over), 2: other(2), 3: other(3)}
        found = on_two_days({1: ONE}, after, [Link("split", 1, 2), Link("split", 1, 3)], {})
        origin, *ends = found.differences
        assert [(c.kind, c.note) for c in origin.changes] == [("split", "Split into 1.2 and 1.3.")]
        assert [end.changes[0].note for end in ends] == ["Split from 1.1."] * 2
        assert "reworded" in ends[0].kinds
        assert found.counts == {"split": 3, "reworded": 2, "placed": 2}

    def test_a_merger_names_what_it_came_of(self):
        before = {1: ONE, 2: other(2)}
        after = {1: replace(ONE, **self.over), 2: other(2, **self.over), 3: other(3)}
        found = on_two_days(before, after, [Link("merged", 1, 3), Link("merged", 2, 3)], {})
        assert [c.note for d in found.differences for c in d.changes] == [
            "Merged into 1.3.",
            "Merged into 1.3.",
            "Merged from 1.1 and 1.2.",
        ]

    def test_a_split_of_which_one_part_is_to_be_seen_does_not_tell_of_the_others(self):
        after = {1: replace(ONE, **self.over), 2: other(2)}
        found = on_two_days({1: ONE}, after, [Link("split", 1, 2)], {})
        assert [d.changes[0].note for d in found.differences] == ["Replaced by 1.2.", "Replaces 1.1."]

    def test_what_went_on_in_another_plan_says_where(self):
        links = [Link("carried", 1, 9, "action 1.1 of the next plan")]
        assert told(ONE, replace(ONE, **self.over), links) == [
            ("carried", "Carried over", "", "", "Carried over into action 1.1 of the next plan.")
        ]

    def test_what_the_board_has_yet_to_agree_is_not_told_as_done(self):
        link = Link("carried", 1, 9, "action 1.1 of the next plan", pending=True)
        words = "To be carried over into action 1.1 of the next plan when the board agrees it."
        assert told(ONE, ONE, [link]) == [("pending", "To go on in a draft", "", "", words)]
        found = of_two_plans({1: ONE}, {9: other(9)}, [Link("carried", 1, 9, pending=True)], {})
        assert found.differences[0].changes[0].note == "To be carried over from 1.1 when the board agrees it."
        assert "carried" not in found.counts


class TestTwoPlans:
    def test_what_is_linked_is_compared_and_what_is_not_is_new_or_gone(self):
        before = {1: ONE, 2: other(2, status="Complete")}
        after = {11: replace(ONE, action=11, due=SEPTEMBER, moves=1), 12: other(12)}
        found = of_two_plans(before, after, [Link("carried", 1, 11)], {})
        carried, new, gone = found.differences
        assert [c.kind for c in carried.changes] == ["carried", "redated"]
        assert new.kinds == {"added"}
        assert [(c.kind, c.note) for c in gone.changes] == [("removed", "It was complete.")]
        assert (found.same, found.total) == (0, 3)

    def test_one_carried_over_is_re_rated_only_once_somebody_has_rated_it_there(self):
        then = replace(ONE, rating="Amber", status="In progress")
        for rating, kinds in (("", {"carried"}), ("Red", {"carried", "rated", "status"})):
            now = replace(ONE, action=11, rating=rating, status="Not started")
            assert of_two_plans({1: then}, {11: now}, [Link("carried", 1, 11)], {}).differences[0].kinds == kinds

    def test_the_same_words_are_taken_for_the_same_action_and_that_is_said(self):
        after = {11: replace(ONE, action=11, wording="Train  staff by June", rating="Red")}
        found = of_two_plans({1: ONE}, after, (), {})
        assert found.unlinked == 1
        assert "rated" in found.differences[0].kinds
        assert of_two_plans({1: ONE}, {11: replace(ONE, action=11)}, (), {}).same == 1

    def test_words_that_stand_twice_are_nobodys(self):
        after = {11: replace(ONE, action=11), 12: replace(ONE, action=12, reference="1.2")}
        found = of_two_plans({1: ONE}, after, (), {})
        assert (found.unlinked, found.counts) == (0, {"added": 2, "removed": 1})

    def test_one_split_between_plans_says_so(self):
        found = of_two_plans({1: ONE}, {2: other(2), 3: other(3)}, [Link("split", 1, 2), Link("split", 1, 3)], {})
        assert all("split" in difference.kinds for difference in found.differences)
        assert found.total == 2


def test_the_table_has_a_line_for_each_thing_that_differs_and_says_how_many_are_the_same():
    found = on_two_days({1: ONE, 2: other(2)}, {1: replace(ONE, wording="Train staff by May"), 2: other(2)}, (), {})
    assert list(as_lines(found)) == [
        (
            "1.1",
            "Train staff by May",
            KINDS["reworded"],
            "Words",
            "Train staff by June",
            "Train staff by May",
            "Train staff by [removed: June][added: May]",
        ),
        ("", "", "The same", "", "", "", "1 of 2 actions"),
    ]
    assert list(as_lines(found, "rated")) == []
