"""Layouts of no board's, each drawn as some board might keep its plan, with the facts that a reader takes from it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests.importing.drawn import Document, Drawn, Sheet
from tests.importing.files import a_day

OWNERS = (
    ("Children's Social Care", ("CSC",)), ("Education", ()), ("Youth Justice Service", ("YJS",)), ("Licensing", ()),
    ("Missing, CSE and Trafficking Subgroup Chair", ()), ("Probation", ()), ("Head of Safeguarding", ()),
)  # fmt: skip
"""Owners that the board has beside those of every board in the tests, with their aliases."""

Row = list[Drawn | str | None]


@dataclass(frozen=True)
class Fact:
    """What stands in the plan of one action. Of `leads` the first is its lead."""

    reference: str
    wording: str
    leads: tuple[str, ...] = ()
    due: date | None = None
    section: str = ""
    objective: str = ""
    support: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    links: tuple[str, ...] = ()
    rating: str = ""
    status: str = "not_started"
    top: bool = False


@dataclass(frozen=True)
class Invented:
    """A document and its facts; `shown` where they need what a CSV file does not have: colours, or a second sheet."""

    document: Document
    facts: list[Fact]
    shown: bool = False


def wide(text: str, width: int, **looks) -> Row:
    return [Drawn(text, across=width, **looks), *[None] * (width - 1)]


def bold(*texts: str) -> Row:
    return [Drawn(text, bold=True) for text in texts]


def no_headings() -> Invented:
    """Nothing says what a column is."""
    train = "Train every hotel and guest house in the district to know the signs of exploitation"
    map_out = "Map the places that children name in return interviews and share the map each month"
    tell = "Tell parents and carers, in the languages of the district, where they can get help"
    rows: list[Row] = [
        ["1", train, "Police", "31/03/2025"], ["2", map_out, "Health", "30/06/2025"],
        ["3", tell, "CSE Coordinator", "30/09/2025"],
    ]  # fmt: skip
    return Invented(
        Document([Sheet(rows, "Sheet1")]),
        [
            Fact("1", train, ("Police",), date(2025, 3, 31)), Fact("2", map_out, ("Health",), date(2025, 6, 30)),
            Fact("3", tell, ("CSE Coordinator",), date(2025, 9, 30)),
        ],
    )  # fmt: skip


def headings_on_row_seven() -> Invented:
    """A logo's space, a title and a paragraph first; months as real dates, ratings as colours without a word."""
    rows: list[Row] = [
        [None] * 6, wide("Northmoor Safeguarding Children Partnership", 6, bold=True), wide("Exploitation plan", 6),
        wide("This plan was drawn up by the exploitation group after its workshop, and is looked at each quarter.", 6),
        ["Owner:", "Business unit", None, None, None, None], [None] * 6,
        bold("Ref", "What needs to happen", "Responsible", "Target", "RAG", "Where are we now?"),
        [
            "A1", "Brief every school governor once a year.", "Education", a_day(2024, 9, 1, "mmm-yy"),
            Drawn(colour="00B050"), "Two briefings held.",
        ],
        [
            "A2", "Give each taxi firm a named officer.", "Licensing", a_day(2025, 1, 1, "mmm-yy"),
            Drawn(colour="FFC000"), "Half of the firms have one.",
        ],
        [
            "A3", "Review all child abduction warning notices.", "Police", a_day(2024, 12, 1, "mmm-yy"),
            Drawn(colour="FF0000"), "Not begun for want of an analyst.",
        ],
    ]  # fmt: skip
    return Invented(
        Document([Sheet(rows, "Plan 24-25")]),
        [
            Fact("A1", "Brief every school governor once a year.", ("Education",), date(2024, 9, 30), rating="Green"),
            Fact("A2", "Give each taxi firm a named officer.", ("Licensing",), date(2025, 1, 31), rating="Amber"),
            Fact("A3", "Review all child abduction warning notices.", ("Police",), date(2024, 12, 31), rating="Red"),
        ],
        shown=True,
    )  # fmt: skip


def two_sheets() -> Invented:
    """A sheet for each strand, whose name stands only on its tab; a third explains the colours."""
    head = bold("No", "Action", "Lead officer", "By when", "Progress")
    first: list[Row] = [
        head, ["1", "Teach healthy relationships in year 7.", "Education", "July 2024", ""],
        ["2", "Reach the parents of children taught at home.", "CSC", "October 2024", ""],
    ]  # fmt: skip
    second: list[Row] = [
        list(head), ["3", "Hold a disruption meeting each fortnight.", "Police", "May 2024", ""],
        ["4", "Ask for licence reviews where intelligence warrants it.", "Licensing", "December 2024", ""],
    ]  # fmt: skip
    key: list[Row] = [["Red", "Will be missed"], ["Amber", "At risk"], ["Green", "On course"]]
    return Invented(
        Document([Sheet(first, "Prevent"), Sheet(second, "Pursue"), Sheet(key, "RAG key")]),
        [
            Fact("1", "Teach healthy relationships in year 7.", ("Education",), date(2024, 7, 31), "Prevent"),
            Fact(
                "2", "Reach the parents of children taught at home.", ("Children's Social Care",), date(2024, 10, 31),
                "Prevent",
            ),
            Fact("3", "Hold a disruption meeting each fortnight.", ("Police",), date(2024, 5, 31), "Pursue"),
            Fact(
                "4", "Ask for licence reviews where intelligence warrants it.", ("Licensing",), date(2024, 12, 31),
                "Pursue",
            ),
        ],
        shown=True,
    )  # fmt: skip


def a_strand_for_each_table() -> Invented:
    """The strand and what it is for stand above each table; headings differ a little from table to table."""
    return Invented(
        Document([
            Sheet(
                [
                    bold("Ref.", "Actions", "Lead", "Timescale"),
                    ["1.1", "Set up a parents' forum.", "Health", "Q1 2024/25"],
                ],
                "Table 1", ["Strand 1: Prevention", "Aim: fewer children come to harm."],
            ),
            Sheet(
                [
                    bold("Ref.", "Action", "Lead", "Timescale"),
                    ["2.1", "Audit ten cases.", "Head of Safeguarding", "Q2 2024/25"],
                ],
                "Table 2", ["Strand 2: Protection", "Aim: children at risk are seen early."],
            ),
        ]),
        [
            Fact("1.1", "Set up a parents' forum.", ("Health",), date(2024, 6, 30), "1 Prevention"),
            Fact("2.1", "Audit ten cases.", ("Head of Safeguarding",), date(2024, 9, 30), "2 Protection"),
        ],
    )  # fmt: skip


def dates_of_all_kinds() -> Invented:
    """No two rows say the time alike."""
    said = [
        ("Q3 24/25", date(2024, 12, 31)), ("end of Sept", date(2024, 9, 30)), ("31.3.25", date(2025, 3, 31)),
        ("By 1st December 2024", date(2024, 12, 1)), ("Sept '24", date(2024, 9, 30)), ("11/24", None),
        ("Summer 2025", date(2025, 8, 31)), ("April 2024 – March 2025", date(2025, 3, 31)), ("Ongoing", None),
        ("2024-11-15", date(2024, 11, 15)), ("30th Nov 24", date(2024, 11, 30)), ("TBC", None),
    ]  # fmt: skip
    rows: list[Row] = [bold("Action number", "Action required", "Action owner", "Deadline")]
    facts = []
    for at, (text, due) in enumerate(said, 1):
        wording = f"Do the {at}. thing that the review asked of every agency."
        rows.append([str(at), wording, "Police", text])
        facts.append(Fact(str(at), wording, ("Police",), due))
    rows.append(["13", "Put the last thing right.", "Police", a_day(2025, 2, 14)])
    facts.append(Fact("13", "Put the last thing right.", ("Police",), date(2025, 2, 14)))
    return Invented(Document([Sheet(rows, "Actions")]), facts)


def owners_of_all_kinds() -> Invented:
    """Several owners in a cell, put together in every way that boards do."""
    said: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
        ("Police & Health", ("Police", "Health"), ()), ("CSC/Education", ("Children's Social Care", "Education"), ()),
        ("Police\nYJS", ("Police", "Youth Justice Service"), ()),
        ("Health supported by Probation", ("Health",), ("Probation",)),
        ("Missing, CSE and Trafficking Subgroup Chair", ("Missing, CSE and Trafficking Subgroup Chair",), ()),
        ("Police (lead), Health and Education", ("Police",), ("Health", "Education")),
        ("Licensing with support from Police", ("Licensing",), ("Police",)),
        ("Children's Social Care, Health, Education", ("Children's Social Care", "Health", "Education"), ()),
        ("• Police\n• Probation", ("Police", "Probation"), ()), ("POLICE", ("Police",), ()),
    ]  # fmt: skip
    rows: list[Row] = [bold("Item", "Task", "Who is responsible?", "Completion date")]
    facts = []
    for at, (text, leads, support) in enumerate(said, 1):
        rows.append([f"{at}.", f"Carry out task {at} of the peer review.", text, "March 2025"])
        facts.append(
            Fact(str(at), f"Carry out task {at} of the peer review.", leads, date(2025, 3, 31), support=support)
        )
    return Invented(Document([Sheet(rows, "Peer review")]), facts)


def steps_by_number() -> Invented:
    """Letters in the references, numbered steps in a cell, recommendations, pointers to other rows."""
    rows: list[Row] = [
        bold("Ref", "Recommendation", "Action", "Key steps", "Lead agency", "Due date"),
        [
            "1.1a", "1, 3", "Agree one pathway for every agency.",
            "1. Draft the pathway\n2. Test it with ten cases\n3. Publish it", "Health", "June 2024",
        ],
        [
            "1.1b", "R4", "Teach the pathway (see action 1.1a).", "1) Write the course\n2) Run it twice a term",
            "Education", "September 2024",
        ],
        ["1.2", "2 & 5", "Measure the use of the pathway.", "", "Police", "March 2025"],
    ]  # fmt: skip
    return Invented(
        Document([Sheet(rows, "SCR response")]),
        [
            Fact(
                "1.1a", "Agree one pathway for every agency.", ("Health",), date(2024, 6, 30), numbers=(1, 3),
                steps=("Draft the pathway", "Test it with ten cases", "Publish it"),
            ),
            Fact(
                "1.1b", "Teach the pathway (see action 1.1a).", ("Education",), date(2024, 9, 30), numbers=(4,),
                steps=("Write the course", "Run it twice a term"), links=("1.1a",),
            ),
            Fact("1.2", "Measure the use of the pathway.", ("Police",), date(2025, 3, 31), numbers=(2, 5)),
        ],
    )  # fmt: skip


def what_who_when() -> Invented:
    """Three words for headings, no references, questions as headings of parts."""
    rows: list[Row] = [
        wide("How will we know our children?", 4, bold=True), bold("What", "Who", "When", "Done?"),
        ["Bring the data of four agencies together.", "Police", "May 2024", "Yes"],
        ["Hear twenty children who were missing.", "CSC", "August 2024", "No"],
        wide("How will we keep them safe?", 4, bold=True), bold("What", "Who", "When", "Done?"),
        ["Meet within a day of each return.", "YJS", "July 2024", "In progress"],
    ]  # fmt: skip
    first, second = "How will we know our children?", "How will we keep them safe?"
    return Invented(
        Document([Sheet(rows, "Plan on a page")]),
        [
            Fact(
                "1", "Bring the data of four agencies together.", ("Police",), date(2024, 5, 31), first,
                status="complete",
            ),
            Fact("2", "Hear twenty children who were missing.", ("Children's Social Care",), date(2024, 8, 31), first),
            Fact(
                "3", "Meet within a day of each return.", ("Youth Justice Service",), date(2024, 7, 31), second,
                status="in_progress",
            ),
        ],
    )  # fmt: skip


def objectives_over_rows() -> Invented:
    """Sections and objectives as rows over the whole width, shaded by rank; headings repeated under each section."""
    head = bold("Ref", "Action", "Lead", "Timescale", "BRAG")
    deep, pale = "1F3864", "D9E2F3"
    rows: list[Row] = [
        wide("Priority 1: Prevent", 5, bold=True, colour=deep), list(head),
        wide("Objective 1.1: Children know the signs", 5, bold=True, colour=pale),
        ["1.1.1", "Run theatre in education in all schools.", "Education", "Mar-25", "Amber"],
        ["1.1.2", "Put posters in every school lavatory.", "Education", "Jun-24", "Blue"],
        wide("Objective 1.2: Businesses know the signs", 5, bold=True, colour=pale),
        ["1.2.1", "Visit each takeaway that opens after ten.", "Licensing", "Sep-24", "Green"],
        wide("Priority 2: Pursue", 5, bold=True, colour=deep), list(head),
        wide("Objective 2.1: Offenders are disrupted", 5, bold=True, colour=pale),
        ["2.1.1", "Agree a disruption plan for each address of concern.", "Police", "Dec-24", "Red"],
    ]  # fmt: skip
    one, two = "1 Prevent", "2 Pursue"
    return Invented(
        Document([Sheet(rows, "Plan")]),
        [
            Fact(
                "1.1.1", "Run theatre in education in all schools.", ("Education",), date(2025, 3, 31), one,
                "1.1 Children know the signs", rating="Amber",
            ),
            Fact(
                "1.1.2", "Put posters in every school lavatory.", ("Education",), date(2024, 6, 30), one,
                "1.1 Children know the signs", rating="Blue",
            ),
            Fact(
                "1.2.1", "Visit each takeaway that opens after ten.", ("Licensing",), date(2024, 9, 30), one,
                "1.2 Businesses know the signs", rating="Green",
            ),
            Fact(
                "2.1.1", "Agree a disruption plan for each address of concern.", ("Police",), date(2024, 12, 31), two,
                "2.1 Offenders are disrupted", rating="Red",
            ),
        ],
    )  # fmt: skip


def objectives_down_the_left() -> Invented:
    """An objective merged down over its actions, an action merged down over its steps."""
    aim = "Every practitioner can tell exploitation when they meet it"
    rows: list[Row] = [
        bold("Objective", "Action", "Steps", "Lead", "Target date"),
        [
            Drawn(aim, down=4), Drawn("Train the workforce.", down=3), "Agree the content of one course",
            Drawn("Health", down=3), Drawn("March 2025", down=3),
        ],
        [None, None, "Train ten trainers", None, None], [None, None, "Reach nine staff in ten", None, None],
        [None, "Ask practitioners each year what they know.", "", "CSE Coordinator", "December 2024"],
        ["Children are heard", "Start a panel of young people.", "Choose a youth worker", "YJS", "July 2024"],
    ]  # fmt: skip
    return Invented(
        Document([Sheet(rows, "Workforce")]),
        [
            Fact(
                "1", "Train the workforce.", ("Health",), date(2025, 3, 31), objective=aim,
                steps=("Agree the content of one course", "Train ten trainers", "Reach nine staff in ten"),
            ),
            Fact(
                "2", "Ask practitioners each year what they know.", ("CSE Coordinator",), date(2024, 12, 31),
                objective=aim,
            ),
            Fact(
                "3", "Start a panel of young people.", ("Youth Justice Service",), date(2024, 7, 31),
                objective="Children are heard", steps=("Choose a youth worker",),
            ),
        ],
    )  # fmt: skip


def bullets_and_notes() -> Invented:
    """Bulleted actions, a total, a footnote, an appendix of names; a heading row printed again after a page."""
    head = bold("#", "What will we do?", "Lead partner(s)", "Target date", "Current status", "Comments")
    rows: list[Row] = [
        wide("CHILD EXPLOITATION DELIVERY PLAN 2024/25 – café, naïve, £5,000", 6, bold=True), list(head),
        [
            "1", "Improve return interviews:\n• offer each within 72 hours\n• record what is learned", "CSC",
            "30 September 2024", "In progress", "Funding of £5,000 – agreed",
        ],
        list(head),
        ["2", "Refresh the “Say Something” campaign.", "Barnardo’s", "31st January 2025", "Not started", ""],
        ["3", "Close the gap in therapeutic support.", "Health", "31/03/2025", "Complete", "See minutes"],
        ["Total", "3", None, None, None, None],
        wide("* Dates were agreed by the executive on 4 June 2024.", 6),
    ]  # fmt: skip
    return Invented(
        Document([Sheet(rows, "Delivery plan")]),
        [
            Fact(
                "1", "Improve return interviews:", ("Children's Social Care",), date(2024, 9, 30), status="in_progress",
                steps=("offer each within 72 hours", "record what is learned"),
            ),
            Fact("2", "Refresh the “Say Something” campaign.", ("Barnardo’s",), date(2025, 1, 31)),
            Fact("3", "Close the gap in therapeutic support.", ("Health",), date(2025, 3, 31), status="complete"),
        ],
    )  # fmt: skip


INVENTED: tuple[Callable[[], Invented], ...] = (
    no_headings, headings_on_row_seven, two_sheets, a_strand_for_each_table, dates_of_all_kinds, owners_of_all_kinds,
    steps_by_number, what_who_when, objectives_over_rows, objectives_down_the_left, bullets_and_notes,
)  # fmt: skip
