"""Which column is which: by heading, by what the cells hold, and by the plan as a whole."""

import pytest

from actions.importing import columns
from actions.importing.columns import decide, senses
from actions.importing.tables import Cell

SPELLINGS = {
    "reference": """
        No.; Ref; REF NO; Action No; Item No.; Ref.; Reference Number; #; Action ID; S.No; Action Ref:; Item;
        Refernce""",
    "strand": """
        Strategic Priority; Strand; Theme; 4 Ps; Workstream; 4P Strand; Key Theme; Pillar;
        Strategic Priorites""",
    "objective": """
        Objective; Strategic Objective; Aim; Key Target Area; Goal; What we want to achieve;
        Aims & Objectives; Objective(s); Desired objective; Strategic aim""",
    "action": """
        Action; Actions; ACTION REQUIRED; Actions to be taken; What will we do?; Task; Key Action(s);
        Action Point; What are we going to do?; What needs to be done; Activity; Agreed Action; Acton;
        Actions Required:; Improvement Action; What we will do; Specific Actions; Proposed actions;
        Planned Action; Action / Task""",
    "steps": """
        How will we do this?; How; Key steps; How we will achieve this; Sub-actions; How will it be done?;
        Key Tasks; How will this be achieved?; Implementation steps""",
    "lead": """
        Lead; Lead Agency; Lead Officer; Owner; Action Owner; Responsible Person; By Whom; Who?;
        Person responsible; Lead(s); Responsible; Responsibility; Lead Agencies; Lead Organisation;
        Resp. Officer; Lead Partner; Assigned to; Lead Agncy; Who is responsible?; Named lead;
        Lead Professional; Agency Lead; Lead/Owner; Action owner(s); Delivery Lead; Lead Agency/Officer""",
    "support": """
        Support; Supported by; Partner Agencies; Supporting Agencies; Key Partners; Other agencies;
        Supporting partners; Partners involved; In partnership with""",
    "accountable": """
        Accountable body; Accountable Officer; Accountability; Overseen by; Senior Responsible Owner; SRO;
        Governance; Executive Lead; Accountable Body; Accountable Lead""",
    "timescale": """
        Timescale; Time scale; Timeframe; Target date; Due Date; By when?; Deadline; When; Completion date;
        Time frame; Target Completion Date; To be completed by; Timescales; Date due; End Date; Tmescale;
        Target Date for Completion; When by; Delivery date; Timeline""",
    "status": """
        Status; Action status; Current status; Completion status; State; Progress Status; Delivery status""",
    "progress": """
        Progress; Current Position; Update; Progress update; Progress to date; Latest Update;
        Current situation; Quarterly update; Position statement; Progress made; Q1 update; Update Q2;
        Progress Report; Update on progress; Update - July 2016; Progres; What has been done?""",
    "measure": """
        Measure; Measures of success; Performance Measures and Milestones; KPI; Success criteria;
        How will we know?; Performance indicator; KPIs; Performance Measure(s); How will we measure success?;
        Success Measures; What does success look like?; Measure of Success""",
    "outcome": """
        Outcome; Outcomes / Impact; Intended outcome; Impact; What difference will it make?;
        Desired Outcome(s); Expected Outcome; Intended Impact; Outcomes for children; So what?""",
    "rating": """
        RAG; RAG rating; RAG Status; BRAG; Rating; B/RAG; Traffic light;
        RAG rating underpinned by key evidence; R/A/G""",
    "evidence": """
        Evidence; Evidenced by; Assurance; Source of evidence; Supporting evidence; Evidence of completion;
        Evidence source""",
    "recommendation": """
        Recommendation; Challenge number; Rec No; Recommendation No.; Finding; Linked recommendation;
        Reccomendation""",
    "top_priority": """
        High priority; Priority level; Urgency; Top priority; Priority rating""",
    "notes": """
        Notes; Comment; Comments; Remarks; Additional information; Further information; General comments""",
}  # fmt: skip
PAIRS = [(name.strip(), field) for field, names in SPELLINGS.items() for name in " ".join(names.split()).split(";")]


def test_there_are_enough_spellings_to_judge_by():
    assert len(PAIRS) >= 180


@pytest.mark.parametrize(("heading", "field"), PAIRS)
def test_a_heading_is_known(heading, field):
    assert senses(heading)[0][0] == field


@pytest.mark.parametrize(
    "words", ["Police", "CSE Coordinator", "Strategic CMOG", "May 2016", "L & D Group", "Head of Safeguarding"]
)
def test_what_stands_in_cells_is_no_heading(words):
    assert columns.known(words) < columns.SURE


def fields(table: str, **options) -> list[str]:
    """The fields of a table drawn as lines of cells with bars between."""
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    cells = [[Cell(row[at]) for row in rows[1:]] for at in range(len(rows[0]))]
    return [column.field for column in decide(rows[0], cells, **options)]


def test_the_health_trust_way():
    assert fields("""
        Ref | Recommendation | Action | Executive Lead | Officer | Completion Date | Progress | BRAG | Proof
        R1 | 1, 4 | Train midwives to ask about it | Chief Nurse | Matron | 31/03/2017 | Half trained | A | Audit
    """) == [
        "reference", "recommendation", "action", "accountable", "lead", "timescale", "progress", "rating", "evidence",
    ]  # fmt: skip


def test_the_police_way():
    assert fields("""
        4P | Objective | Activity | Owner | SRO | By When | Status | Update
        Pursue | Disrupt | Serve notices on every place of risk | DCI CSE | ACC Crime | May-17 | Open | Ten served
    """) == ["strand", "objective", "action", "lead", "accountable", "timescale", "status", "progress"]


def test_the_charity_way():
    assert fields("""
    What do we want to achieve? | What will we do? | Who? | When? | How will we know? | What difference will it make?
    Safer parks | Walk the parks with young people every month | Project worker | Summer | Walks held | Fewer reports
    """) == ["objective", "action", "lead", "timescale", "measure", "outcome"]


def test_responsible_means_another_thing_beside_a_lead():
    alone = "Action | Responsible | Due\nTrain every driver in the borough | Police | May 2016"
    beside = "Action | Lead | Responsible | Due\nTrain every driver in the borough | Police | Health | May 2016"
    assert fields(alone) == ["action", "lead", "timescale"]
    assert fields(beside) == ["action", "lead", "accountable", "timescale"]


def test_accountable_alone_is_an_owner():
    assert fields("Action | Accountable lead\nTrain every driver | Police") in (
        ["action", "accountable"],
        ["action", "lead"],
    )


def test_the_date_of_review_is_not_the_date_it_is_due():
    assert fields("Action | Lead | Review date | Due date\nTrain drivers | Police | 1/6/16 | 1/9/16")[2:] == [
        "extra", "timescale",
    ]  # fmt: skip
    assert fields("Action | Lead | Review date\nTrain drivers | Police | 1/6/16")[2] == "timescale"


def test_priority_is_told_by_what_it_holds():
    strands = "Priority | Action | Lead\nPrevent | Train every driver | Police\nProtect | Map the places | Health"
    levels = "Priority | Action | Lead\nHigh | Train every driver | Police\nLow | Map the places | Health"
    assert fields(strands)[0] == "strand"
    assert fields(levels)[0] == "top_priority"


def test_no_field_is_given_twice_and_an_unknown_heading_is_kept():
    found = fields("Action | Actions | Lead | Owner | Zebra\nTrain drivers | Map places | Police | Health | stripes")
    assert [name for name in found if name != "extra"] == list(dict.fromkeys(name for name in found if name != "extra"))
    assert found[4] == "extra"


def test_a_plan_always_has_an_action_and_asks_when_unsure():
    found = decide(["Foo", "Bar"], [[Cell("x")], [Cell("Train every driver in the borough before renewal")]])
    assert found[1].field == "action"
    assert found[1].confidence <= 0.5


def test_what_the_board_remembers_and_a_person_chooses_come_first():
    table = "Action | Lead | Due\nTrain drivers | Police | May 2016"
    assert fields(table, remembered={"lead": "support"}) == ["action", "support", "timescale"]
    assert fields(table, remembered={"lead": "support"}, chosen={1: "accountable"})[1] == "accountable"
    assert fields(table, remembered={"lead": "nonsense"})[1] == "lead"


def test_a_heading_as_it_is_written_comes_before_one_that_sounds_like_it():
    remembered = {"Action": "action", "Action!": "evidence"}
    found = decide(["Action!", "Action", "ACTION?"], [[], [], []], remembered=remembered)
    assert [column.field for column in found][:2] == ["evidence", "action"]


def test_the_key_of_our_own_export_is_known():
    assert fields("Action | cseplan key\nTrain drivers | a1") == ["action", "key"]


def test_another_meaning_is_offered():
    column = decide(["Action", "Responsible"], [[Cell("Train drivers")], [Cell("Police")]])[1]
    assert column.alternatives == ("accountable",)


def test_a_heading_in_two_languages_is_known_by_the_one_that_is():
    for heading, field in {"Arweinydd / Lead": "lead", "By when / Erbyn pryd": "timescale"}.items():
        assert senses(heading)[0][0] == field
        assert senses(heading)[0][1] >= columns.SURE
    assert senses("Cynllun / Rhywbeth") == ()


def test_of_two_things_in_a_heading_the_first_counts_for_more():
    assert [field for field, _ in senses("Lead & support")] == ["lead", "support"]
    assert [field for field, _ in senses("Lead and support")] == ["lead", "support"]


def test_an_area_is_a_strand_only_where_a_cell_names_one():
    assert fields("Priority area | Action\nPrevention | Train\nPursue | Map")[0] == "strand"
    assert fields("Priority area | Action\nOur county | Train\nListening | Map")[0] == "section"


def test_a_month_is_no_reference_and_heads_what_was_said_in_it():
    assert fields("Action | By | Lead\nTrain all staff | May 24 | Police\nMap | June 24 | Health")[1] == "timescale"
    months = "Action | Jun-24 | Sep-24 | Dec-24\nTrain all | Begun in two towns | Half are trained | All are trained"
    assert fields(months) == ["action", "extra", "extra", "progress"]


def test_crosses_under_quarters_are_no_progress():
    assert fields("Activity | Q1 | Q2 | Lead\nTrain all | X | X | Police\nMap | | X | Health")[1:3] == [
        "extra",
        "extra",
    ]
