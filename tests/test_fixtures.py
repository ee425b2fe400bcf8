"""The four published plans are all there: every action, its number, its people, and nothing that points nowhere."""

import json
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "fixtures"
COUNTS = {"sandwell-2017-19": 20, "dudley-2016-17": 28, "worcestershire-2015-16": 42, "stockport-2014-16": 40}
ROLES = {"lead", "joint_lead", "support", "accountable"}
FIELDS = {
    "reference", "strand", "section", "objective", "action", "steps", "lead", "support", "accountable", "timescale",
    "status", "progress", "measure", "outcome", "rating", "evidence", "recommendation", "top_priority", "notes",
    "extra",
}  # fmt: skip
CODES = {"prevent", "protect", "pursue", "prosecute", "prepare", "other"}


def read(slug):
    return json.loads((FOLDER / f"{slug}.json").read_text(encoding="utf-8"))


def actions(slug):
    return {action["reference"]: action for action in read(slug)["plan"]["actions"]}


def owners(action, role):
    return [entry["owner"] for entry in action["owners"] if entry["role"] == role]


def keys(rows):
    return {row["key"] for row in rows}


@pytest.fixture(params=COUNTS, name="facts")
def one_plan(request):
    return read(request.param)


def test_the_four_plans_are_there_and_no_other():
    assert {path.stem for path in FOLDER.glob("*.json")} == set(COUNTS)


def test_every_action_is_there(facts):
    assert len(facts["plan"]["actions"]) == COUNTS[facts["plan"]["slug"]]


def test_no_reference_is_used_twice(facts):
    references = [action["reference"] for action in facts["plan"]["actions"]]
    assert len(set(references)) == len(references)


def test_every_action_has_exactly_one_lead(facts):
    assert {a["reference"] for a in facts["plan"]["actions"] if len(owners(a, "lead")) != 1} == set()


def test_every_action_says_something_and_keeps_its_words_about_time(facts):
    for action in facts["plan"]["actions"]:
        assert action["wording"].strip(), action["reference"]
        heading = next(c["heading"] for c in facts["plan"]["columns"] if c["field"] == "timescale")
        printed = action["printed"].get(heading, "")
        assert " ".join(printed.split()) == " ".join(action["timescale"].split()), action["reference"]


def test_owners_parts_and_strands_resolve(facts):
    plan = facts["plan"]
    sections = keys(plan["sections"])
    objectives = {o["key"] for section in plan["sections"] for o in section["objectives"]}
    for action in plan["actions"]:
        assert {entry["owner"] for entry in action["owners"]} <= keys(facts["owners"]), action["reference"]
        assert {entry["role"] for entry in action["owners"]} <= ROLES
        assert {step["lead"] for step in action["steps"] if step["lead"]} <= keys(facts["owners"])
        assert set(action["priorities"]) <= keys(facts["priorities"])
        assert action["section"] is None or action["section"] in sections
        assert action["objective"] is None or action["objective"] in objectives


def test_recommendations_and_cross_references_resolve(facts):
    plan = facts["plan"]
    references = {action["reference"] for action in plan["actions"]}
    objectives = {o["key"] for section in plan["sections"] for o in section["objectives"]}
    numbered = {
        (source["key"], entry["number"])
        for source in plan["recommendation_sources"]
        for entry in source["recommendations"]
    }
    for action in plan["actions"]:
        assert {(entry["source"], entry["number"]) for entry in action["recommendations"]} <= numbered
        for link in action["cross_references"]:
            assert link["to"] in (references if link["kind"] == "action" else objectives), action["reference"]


def test_seats_groups_and_members_of_owners_resolve(facts):
    seats, groups, names = keys(facts["seats"]), keys(facts["sub_groups"]), keys(facts["owners"])
    assert {seat["agency"] for seat in facts["seats"]} == keys(facts["agencies"])
    assert {group["reports_to"] for group in facts["sub_groups"]} <= groups | {None}
    assert facts["plan"]["overseen_by"] in groups
    for owner in facts["owners"]:
        assert owner["seat"] in seats | {None}
        assert owner["sub_group"] in groups | {None}
        assert set(owner["members"]) <= names - {owner["key"]}


def test_columns_are_the_boards_own_headings_each_taken_for_a_known_field(facts):
    columns = facts["plan"]["columns"]
    assert {column["field"] for column in columns} <= FIELDS
    assert {heading for a in facts["plan"]["actions"] for heading in a["printed"]} <= {c["heading"] for c in columns}
    assert {priority["code"] for priority in facts["priorities"]} <= CODES


def test_numbers_are_those_of_the_published_plans():
    assert list(actions("sandwell-2017-19")) == [str(number) for number in range(1, 21)]
    assert list(actions("stockport-2014-16")) == [str(number) for number in range(1, 41)]
    dudley = list(actions("dudley-2016-17"))
    assert dudley[:8] == [f"1.{number}" for number in range(1, 9)]
    assert dudley[8:17] == ["2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.9", "2.10", "2.11"]
    assert dudley[17:] == [*(f"3.{number}" for number in range(1, 9)), "4.1", "4.2", "4.3"]


def test_peculiar_facts_of_each_plan_are_kept():
    sandwell, dudley = actions("sandwell-2017-19"), actions("dudley-2016-17")
    worcestershire, stockport = actions("worcestershire-2015-16"), actions("stockport-2014-16")
    assert [step["lead"] for step in sandwell["1"]["steps"]] == ["l-and-d-group", "cse-coordinator"]
    assert sandwell["6"]["priorities"] == ["prevent", "protect", "pursue", "prosecute"]
    assert dudley["2.4"]["milestones"][0]["timescale"] == "by the end of September 2016"
    assert [entry["role"] for entry in worcestershire["3.3.4"]["owners"]] == ["lead", "accountable", "accountable"]
    assert worcestershire["3.3.4"]["owners"][1]["ends"] < worcestershire["3.3.4"]["owners"][2]["starts"]
    assert [stone["label"] for stone in worcestershire["1.1.3"]["milestones"]] == ["Campaign", "Evaluation"]
    assert [entry["number"] for entry in stockport["29"]["recommendations"]] == [5, 9]


def test_sub_groups_lead_or_share_the_lead_of_eleven_sandwell_actions():
    facts = read("sandwell-2017-19")
    groups = {owner["key"] for owner in facts["owners"] if owner["kind"] == "sub_group"}
    leading = [a for a in facts["plan"]["actions"] if groups & {*owners(a, "lead"), *owners(a, "joint_lead")}]
    assert len(leading) == 11


def test_no_person_and_no_address_is_named(facts):
    """The source plans name officers; here a post stands in the place of each."""
    text = json.dumps(facts, ensure_ascii=False)
    assert re.findall(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Sgt|DC|DS|DI|PC)\.? [A-Z][a-z]+", text) == []
    assert "@" not in text
    assert re.findall(r"\b(?:0\d{3,4}|\+44)[ \d]{6,}", text) == []
    given = {
        "James", "John", "David", "Paul", "Mark", "Andrew", "Peter", "Stephen", "Steven", "Michael", "Robert",
        "Richard",
        "Sarah", "Susan", "Karen", "Julie", "Helen", "Jane", "Anne", "Claire", "Louise", "Emma", "Nicola", "Lisa",
        "Amanda", "Jacqui", "Jackie", "Tracey", "Deborah", "Linda", "Carol", "Christine", "Catherine", "Kate",
        "Simon",
        "Chris", "Ian", "Neil", "Kevin", "Martin", "Tony", "Alison", "Sally", "Lynne", "Sue", "Viv", "Donna", "Una",
        "Gill", "Jill", "Diane", "Pauline", "Jo", "Joanne", "Ruth", "Rachel", "Rebecca", "Maria", "Mary", "Elizabeth",
    }  # fmt: skip
    assert set(re.findall(r"\b[A-Z][a-z]+\b", text)) & given == set()
