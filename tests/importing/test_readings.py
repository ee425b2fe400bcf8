"""What cells mean to a board: owners, strands, dates, ratings, statuses, lists and numbers."""

from datetime import date

import pytest

from actions.importing import readings
from actions.importing.readings import BoardWords, OwnerWords
from actions.importing.tables import Cell
from tests.importing.plans import SCALE

WORDS = BoardWords(
    owners=(
        OwnerWords("West Midlands Police", ("Police", "WMP"), "seat"),
        OwnerWords("Health", (), "seat"),
        OwnerWords("CSE Coordinator", ("CSE Co-ordinator",), "post"),
        OwnerWords("Children's Services", (), "seat"),
        OwnerWords("WRS Board", (), "outside"),
    ),
    priorities=(("Prevention and Education", "prevent"),),
    ratings=SCALE,
    first_year=2016,
)
WMP = "West Midlands Police"


def named(text: str) -> list[tuple[str, str]]:
    return [(one.owner or one.name, one.role) for one in readings.owners(text, WORDS).value]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", []),
        ("Missing, CSE and Trafficking Subgroup Chair", [("Missing, CSE and Trafficking Subgroup Chair", "lead")]),
        ("CSE/Missing Sub-Group", [("CSE/Missing Sub-Group", "lead")]),
        ("Head of Early Help and Prevention", [("Head of Early Help and Prevention", "lead")]),
        ("Director of Public Health, Council", [("Director of Public Health, Council", "lead")]),
        ("Police/Health", [(WMP, "lead"), ("Health", "joint_lead")]),
        ("Police\nHealth", [(WMP, "lead"), ("Health", "joint_lead")]),
        ("• Police\n• Health", [(WMP, "lead"), ("Health", "joint_lead")]),
        ("Police Health", [(WMP, "lead"), ("Health", "joint_lead")]),
        ("Police, WMP", [(WMP, "lead")]),
        ("Police & Childrens Services", [(WMP, "lead"), ("Children's Services", "joint_lead")]),
        ("Police in conjunction with Health", [(WMP, "lead"), ("Health", "joint_lead")]),
        ("Police in partnership with Health", [(WMP, "lead"), ("Health", "support")]),
        ("Police supported by Health", [(WMP, "lead"), ("Health", "support")]),
        ("Police, with support from Health", [(WMP, "lead"), ("Health", "support")]),
        ("Lead: Police  Support: Health", [(WMP, "lead"), ("Health", "support")]),
        ("Health, Police (lead)", [("Health", "support"), (WMP, "lead")]),
        ("Police, Health (support)", [(WMP, "lead"), ("Health", "support")]),
        ("Health (WRS Board from April 2016)", [("Health", "lead"), ("WRS Board", "joint_lead")]),
        ("Youth Offending Service & Probation", [("Youth Offending Service", "lead"), ("Probation", "joint_lead")]),
    ],
)
def test_owners_are_told_apart_and_not_torn(text, wanted):
    assert named(text) == wanted


@pytest.mark.parametrize(
    ("text", "match", "kind"),
    [
        ("Health", "exact", "seat"), ("WMP", "alias", "seat"), ("CSE Coordinater", "like", "post"),
        ("All agencies", "new", "group"), ("TBC", "new", "to_be_confirmed"), ("Licensing Forum", "new", "sub_group"),
        ("Fire Service", "new", "seat"), ("Home Office", "new", "outside"), ("Designated Nurse", "new", "post"),
        ("Jane Doe", "looks_like_a_person", "post"), ("DI Doe", "looks_like_a_person", "post"),
        ("Mrs J Doe", "looks_like_a_person", "post"), ("J. Doe (Health)", "looks_like_a_person", "post"),
        ("Jane Doe, Head of Service", "looks_like_a_person", "post"), ("Early Help", "new", "outside"),
        ("DCI CSE Lead", "new", "post"),
    ],
)  # fmt: skip
def test_each_owner_says_how_it_was_known(text, match, kind):
    [one] = readings.owners(text, WORDS).value
    assert (one.match, one.kind) == (match, kind)


def test_every_owner_who_is_not_sure_has_a_sentence():
    assert readings.owners("Police", WORDS).doubts == ()
    [said] = readings.owners("CSE Coordinater", WORDS).doubts
    assert said == "“CSE Coordinater” was taken for “CSE Coordinator”: say so if it is somebody else."
    assert "looks like a person's name" in readings.owners("Jane Doe", WORDS).doubts[0]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("PREVENT, PROTECT PURSUE and PROSECUTE", ("prevent", "protect", "pursue", "prosecute")),
        ("Prevention and Education", ("prevent",)), ("Pursue and Disrupt", ("pursue",)), ("Prepare", ("prepare",)),
        ("Protection/Prevention", ("protect", "prevent")), ("Leadership", ("other",)), ("", ()),
    ],
)  # fmt: skip
def test_strands(text, codes):
    assert readings.strands(text, WORDS).value == codes


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1& 5", (1, 5)), ("5 & 9", (5, 9)), ("1-3", (1, 2, 3)), ("R4, R7", (4, 7)), ("1 to 3 and 7", (1, 2, 3, 7)),
        ("Recommendation 4", (4,)), ("n/a", ()), ("", ()), ("see the letter", ()),
    ],
)  # fmt: skip
def test_recommendations(text, numbers):
    assert readings.recommendations(text).value == numbers


@pytest.mark.parametrize(
    ("text", "code", "doubtful"),
    [
        ("Completed", "complete", False), ("Ongoing", "in_progress", True), ("Not yet started", "not_started", False),
        ("On track", "in_progress", False), ("Not complete", "in_progress", False), ("xyz", "", True), ("", "", False),
        ("Complete - awaiting sign off", "proposed_complete", True), ("Withdrawn", "withdrawn", False),
        ("No", "not_started", True),
    ],
)  # fmt: skip
def test_status(text, code, doubtful):
    read = readings.status(text)
    assert (read.value, bool(read.doubts)) == (code, doubtful)


@pytest.mark.parametrize(
    ("text", "colour", "code", "doubtful"),
    [
        ("A", "", "amber", False), ("green", "", "green", False), ("RED", "00FF00", "red", False),
        ("", "FF0000", "red", True), ("", "92D050", "green", True), ("", "BDD7EE", "blue", True),
        ("", "F2F2F2", "", False), ("Red/Green", "", "red", True), ("N/A", "", "", False), ("purple", "", "", True),
    ],
)  # fmt: skip
def test_rating(text, colour, code, doubtful):
    read = readings.rating(Cell(text, colour=colour), WORDS)
    assert (read.value, bool(read.doubts)) == (code, doubtful)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", ()), ("One.", ("One.",)), ("One.\nTwo.", ("One.", "Two.")), ("1. One\n2. Two", ("One", "Two")),
        ("• a • b", ("a", "b")), ("One thing\nand more", ("One thing and more",)), ("a) x\nb) y", ("x", "y")),
        ("By focusing on:\n• parks\n• libraries", ("By focusing on:", "parks", "libraries")),
        ("10% fewer\n2.5 more", ("10% fewer", "2.5 more")),
    ],
)  # fmt: skip
def test_a_cell_as_a_list(text, items):
    assert readings.listed(text) == items


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        (Cell("01/05/2016", day=date(2016, 5, 1)), date(2016, 5, 1)),
        (Cell("May-16", day=date(2016, 5, 1)), date(2016, 5, 31)),
        (Cell("42491", day=date(2016, 5, 1)), date(2016, 5, 1)),
        (Cell("", day=date(2016, 5, 9)), date(2016, 5, 9)),
        (Cell("end of May"), date(2016, 5, 31)),
        (Cell("TBC"), None),
    ],
)
def test_the_real_date_of_a_cell_is_surer_than_its_words(cell, due):
    assert readings.timescale(cell, WORDS).value.due == due


def test_references_and_what_points_to_them():
    assert [readings.reference(text) for text in ("2.10", "1.", "A3)", "")] == ["2.10", "1", "A3", ""]
    assert readings.leading_reference("1.1.1 Train drivers") == ("1.1.1", "Train drivers")
    assert readings.leading_reference("10 drivers are trained")[0] == ""
    assert readings.cross_references("links to 1.3.1 and 1.4, see action 4; as in 2016") == ("1.3.1", "1.4", "4")


@pytest.mark.parametrize(("text", "top"), [("High", True), ("*", True), ("Yes", True), ("Low", False), ("", False)])
def test_top_priority(text, top):
    assert readings.top_priority(text).value is top
