"""Plans of other kinds of bodies, drawn without a look at what words the readers know: an attack upon them."""

from collections.abc import Callable
from datetime import date

from tests.importing.drawn import Document, Drawn, Sheet
from tests.importing.files import a_day
from tests.importing.invented import Fact, Invented, Row, bold, wide

CSC, YJS = "Children's Social Care", "Youth Justice Service"


def county_council() -> Invented:
    """A sub-group's Word table: the area merged down, long questions as headings, bullets for measures."""
    rows: list[Row] = [
        bold(
            "Priority area", "What are we going to do?", "Who will do it?", "By when?",
            "How will we know it has made a difference?",
        ),
        [
            Drawn("Understanding our county", down=2), "Write one problem profile for the whole county.", "Police",
            "31 May 2024", "• Every partner uses it\n• It is refreshed each year",
        ],
        [None, "Bring health data into the profile.", "Health", "30 June 2024", "Gaps are filled"],
        [
            "Listening to children", "Pay young advisers for their time.", "CSC", "End of July 2024",
            "Six advisers in post",
        ],
    ]  # fmt: skip
    return Invented(
        Document([Sheet(rows, "Table 1")]),
        [
            Fact(
                "1", "Write one problem profile for the whole county.", ("Police",), date(2024, 5, 31),
                "Understanding our county",
            ),
            Fact(
                "2", "Bring health data into the profile.", ("Health",), date(2024, 6, 30), "Understanding our county"
            ),
            Fact("3", "Pay young advisers for their time.", (CSC,), date(2024, 7, 31), "Listening to children"),
        ],
    )  # fmt: skip


def health_trust() -> Invented:
    """The answer to a serious incident: the words of the recommendation beside its number."""
    rows: list[Row] = [
        bold(
            "Rec No", "Recommendation", "Action to be taken", "Named lead", "Deadline for completion",
            "Evidence of completion", "Status",
        ),
        [
            "1", "Emergency departments ask about exploitation.", "Add three questions to the triage form.", "Health",
            "01.09.24", "Form in use", "On track",
        ],
        [
            "2", "Sexual health clinics share concerns.", "Agree a sharing protocol with the police.",
            "Health / Police",
            "01.11.24", "Protocol signed", "Complete",
        ],
    ]  # fmt: skip
    return Invented(
        Document([Sheet(rows, "SI action plan")]),
        [
            Fact(
                "1", "Add three questions to the triage form.", ("Health",), date(2024, 9, 1), numbers=(1,),
                status="in_progress",
            ),
            Fact(
                "2", "Agree a sharing protocol with the police.", ("Health", "Police"), date(2024, 11, 1), numbers=(2,),
                status="complete",
            ),
        ],
    )  # fmt: skip


def welsh_region() -> Invented:
    """Two languages in each heading and each section."""
    rows: list[Row] = [
        wide("Blaenoriaeth 1: Atal / Priority 1: Prevent", 5, bold=True),
        bold("Rhif / No.", "Cam gweithredu / Action", "Arweinydd / Lead", "Erbyn pryd / By when", "Statws / Status"),
        ["1", "Reach every youth club in the region.", "Education", "Mawrth / March 2025", "In progress"],
        wide("Blaenoriaeth 2: Amddiffyn / Priority 2: Protect", 5, bold=True),
        ["2", "Offer an advocate within two days.", "Barnardo’s", "Mehefin / June 2024", "Not started"],
    ]  # fmt: skip
    return Invented(
        Document([Sheet(rows, "Cynllun")]),
        [
            Fact(
                "1", "Reach every youth club in the region.", ("Education",), date(2025, 3, 31),
                "1 Atal / Priority 1: Prevent", status="in_progress",
            ),
            Fact(
                "2", "Offer an advocate within two days.", ("Barnardo’s",), date(2024, 6, 30),
                "2 Amddiffyn / Priority 2: Protect",
            ),
        ],
    )  # fmt: skip


def police_profile() -> Invented:
    """The four Ps in a column, tactical words, capitals with line breaks."""
    rows: list[Row] = [
        bold("4P\nSTRAND", "REF", "TACTICAL\nACTIVITY", "ACTION\nOWNER", "REVIEW\nDATE", "LATEST\nUPDATE"),
        ["PURSUE", "PU1", "Arrest the ten most harmful suspects.", "Police", a_day(2024, 6, 14), "Six in custody"],
        ["PREPARE", "PR1", "Train call handlers to hear the signs.", "Police", a_day(2024, 8, 1), ""],
    ]
    return Invented(
        Document([Sheet(rows, "4P plan")]),
        [
            Fact("PU1", "Arrest the ten most harmful suspects.", ("Police",), date(2024, 6, 14)),
            Fact("PR1", "Train call handlers to hear the signs.", ("Police",), date(2024, 8, 1)),
        ],
    )


def charity() -> Invented:
    """Activities with a cross under the quarter in which they happen."""
    rows: list[Row] = [
        bold("Activity", "Output", "Responsibility", "Q1", "Q2", "Q3", "Q4", "Notes"),
        ["Run a weekly drop-in.", "40 sessions", "Barnardo’s", "X", "X", "X", "X", ""],
        ["Publish what young people told us.", "One report", "Barnardo’s", "", "", "X", "", "With Education"],
    ]
    return Invented(
        Document([Sheet(rows, "Delivery")]),
        [
            Fact("1", "Run a weekly drop-in.", ("Barnardo’s",)),
            Fact("2", "Publish what young people told us.", ("Barnardo’s",)),
        ],
    )


def start_and_end() -> Invented:
    """Two rows of headings, the time in two columns."""
    rows: list[Row] = [
        [
            Drawn("Ref", bold=True, down=2), Drawn("Action", bold=True, down=2), Drawn("Lead", bold=True, down=2),
            Drawn("Timescale", bold=True, across=2), None, Drawn("RAG", bold=True, down=2),
        ],
        [None, None, None, Drawn("Start", bold=True), Drawn("End", bold=True), None],
        ["1", "Review the multi-agency risk tool.", "CSC", "April 2024", "September 2024", "Green"],
        ["2", "Retire the old risk tool.", "CSC", "October 2024", "December 2024", "Amber"],
    ]  # fmt: skip
    return Invented(
        Document([Sheet(rows, "Plan")]),
        [
            Fact("1", "Review the multi-agency risk tool.", (CSC,), date(2024, 9, 30), rating="Green"),
            Fact("2", "Retire the old risk tool.", (CSC,), date(2024, 12, 31), rating="Amber"),
        ],
    )  # fmt: skip


def many_columns() -> Invented:
    """Eleven columns, two of them of dates, one of money."""
    rows: list[Row] = [
        bold(
            "Theme", "Ref", "Intended outcome", "Action(s)", "Lead agency", "Supporting agencies", "Start date",
            "Completion date", "Cost", "BRAG", "Commentary",
        ),
        [
            "Prevent", "1.1", "Parents feel able to act", "Offer a course for parents each term.", "Education",
            "Health, Barnardo’s", "01/04/2024", "31/03/2025", "£4,000", "G", "First course full",
        ],
        [
            "", "1.2", "Fewer children go missing", "Visit each children's home each month.", "Police", "CSC",
            "01/05/2024", "30/04/2025", "Nil", "A", "",
        ],
    ]  # fmt: skip
    return Invented(
        Document([Sheet(rows, "Delivery plan 24-25")]),
        [
            Fact(
                "1.1", "Offer a course for parents each term.", ("Education",), date(2025, 3, 31),
                support=("Health", "Barnardo’s"), rating="Green",
            ),
            Fact(
                "1.2", "Visit each children's home each month.", ("Police",), date(2025, 4, 30), support=(CSC,),
                rating="Amber",
            ),
        ],
    )  # fmt: skip


def a_form_for_each() -> Invented:
    """One small table for each action, labels down the left."""

    def form(number: str, action: str, lead: str, when: str) -> Sheet:
        rows: list[Row] = [
            ["Action number", number], ["What we will do", action], ["Lead agency", lead], ["Target date", when],
            ["Progress to date", ""],
        ]  # fmt: skip
        return Sheet(rows, f"Table {number}")

    return Invented(
        Document([
            form("1", "Map the routes by which children leave school early.", "Education", "31 October 2024"),
            form("2", "Meet every family within a week of an exclusion.", "YJS", "30 November 2024"),
        ]),
        [
            Fact("1", "Map the routes by which children leave school early.", ("Education",), date(2024, 10, 31)),
            Fact("2", "Meet every family within a week of an exclusion.", (YJS,), date(2024, 11, 30)),
        ],
        shown=True,
    )  # fmt: skip


def inspection_response() -> Invented:
    """Areas for improvement as rows over the width, their numbers in words."""
    head = bold("Action", "Responsible officer", "Target completion", "RAG rating", "Impact on children")
    rows: list[Row] = [
        wide("JTAI improvement plan", 5, bold=True), list(head),
        wide("Area for improvement 1: Strategy meetings are timely", 5, bold=True, colour="D9D9D9"),
        ["Set a standard of three working days.", "Head of Safeguarding", "31/05/24", "Green", ""],
        ["Report each breach to the board.", "CSE Coordinator", "30/06/24", "Amber", ""],
        wide("Area for improvement 2: Intelligence is shared", 5, bold=True, colour="D9D9D9"),
        ["Put one form on every agency's intranet.", "Police", "31/07/24", "Red", ""],
    ]  # fmt: skip
    one, two = "1 Strategy meetings are timely", "2 Intelligence is shared"
    return Invented(
        Document([Sheet(rows, "Improvement")]),
        [
            Fact(
                "1", "Set a standard of three working days.", ("Head of Safeguarding",), date(2024, 5, 31), one,
                rating="Green",
            ),
            Fact("2", "Report each breach to the board.", ("CSE Coordinator",), date(2024, 6, 30), one, rating="Amber"),
            Fact("3", "Put one form on every agency's intranet.", ("Police",), date(2024, 7, 31), two, rating="Red"),
        ],
    )  # fmt: skip


def learning_review() -> Invented:
    """What was learned first, then what is to be done about it."""
    rows: list[Row] = [
        bold("Learning point", "Agreed action", "By whom", "By when", "Outcome sought"),
        [
            "Boys were not seen as victims.", "Rewrite the screening tool with boys in mind.", "CSC", "Sept 2024",
            "Boys are found sooner",
        ],
        [
            "Agencies held separate chronologies.", "Buy one tool for joint chronologies.", "Police and Health",
            "Jan 2025", "One story of a child",
        ],
    ]  # fmt: skip
    return Invented(
        Document([Sheet(rows, "Learning")]),
        [
            Fact("1", "Rewrite the screening tool with boys in mind.", (CSC,), date(2024, 9, 30)),
            Fact("2", "Buy one tool for joint chronologies.", ("Police", "Health"), date(2025, 1, 31)),
        ],
    )  # fmt: skip


def project_tool() -> Invented:
    """What a tool for projects exports."""
    rows: list[Row] = [
        ["ID", "Task name", "Assigned to", "Start", "Due date", "% complete", "Priority", "Bucket"],
        ["101", "Draft the new strategy", "CSE Coordinator", "2024-04-02", "2024-06-28", "100%", "Urgent", "Strategy"],
        ["102", "Consult every partner", "Operational Group", "2024-07-01", "2024-09-27", "0%", "Medium", "Strategy"],
    ]
    return Invented(
        Document([Sheet(rows, "Tasks")]),
        [
            Fact(
                "101", "Draft the new strategy", ("CSE Coordinator",), date(2024, 6, 28), status="complete", top=True
            ),
            Fact("102", "Consult every partner", ("Operational Group",), date(2024, 9, 27)),
        ],
    )  # fmt: skip


def outcomes_first() -> Invented:
    """Outcomes as section rows with their number in the first cell and their words over the rest."""
    head = bold("No.", "Action / milestone", "Lead & support", "Finish", "Traffic light")
    rows: list[Row] = [
        [Drawn("Outcome 1", bold=True), Drawn("Children are safe online", bold=True, across=4), None, None, None],
        list(head), ["1.1", "Brief foster carers on gaming sites.", "CSC (supported by Police)", "Nov-24", "Green"],
        [Drawn("Outcome 2", bold=True), Drawn("Children recover", bold=True, across=4), None, None, None],
        list(head),
        ["2.1", "Keep counselling going beyond eighteen.", "Health (supported by Barnardo’s)", "Feb-25", "Red"],
    ]  # fmt: skip
    return Invented(
        Document([Sheet(rows, "Outcomes")]),
        [
            Fact(
                "1.1", "Brief foster carers on gaming sites.", (CSC,), date(2024, 11, 30), "1 Children are safe online",
                support=("Police",), rating="Green",
            ),
            Fact(
                "2.1", "Keep counselling going beyond eighteen.", ("Health",), date(2025, 2, 28), "2 Children recover",
                support=("Barnardo’s",), rating="Red",
            ),
        ],
    )  # fmt: skip


def paragraphs_between() -> Invented:
    """A Word document that tells a story between its tables, its headings in capitals with a dash."""
    first: list[Row] = [
        bold("Ref", "Key actions", "Lead", "Timeframe"), ["P1", "Fund a detached youth team.", "YJS", "By April 2025"],
    ]  # fmt: skip
    second: list[Row] = [
        bold("Ref", "Key actions", "Lead", "Timeframe"), ["S1", "Open a second safe house.", "CSC", "By Autumn 2024"],
    ]  # fmt: skip
    return Invented(
        Document([
            Sheet(first, "Table 1", [
                "Child Exploitation Strategy and Action Plan", "Our vision is a city in which no child is exploited.",
                "PREVENT – Stop children being drawn in",
            ]),
            Sheet(second, "Table 2", [
                "We heard from forty children that help often ends too soon.", "SUPPORT – Help children to recover",
            ]),
        ]),
        [
            Fact(
                "P1", "Fund a detached youth team.", (YJS,), date(2025, 4, 30), "PREVENT – Stop children being drawn in"
            ),
            Fact(
                "S1", "Open a second safe house.", (CSC,), date(2024, 11, 30), "SUPPORT – Help children to recover"
            ),
        ],
    )  # fmt: skip


def objective_beside_its_number() -> Invented:
    """The objective in a column of its own on the first of its rows only, not merged; the actions lettered."""
    rows: list[Row] = [
        bold("Objective", "Ref", "Task", "Officer responsible", "Timeline", "Outcome measure"),
        [
            "Leaders know the local picture", "1a", "Share a dashboard each month.", "Police", "From June 2024",
            "Twelve issues",
        ],
        ["", "1b", "Hold a yearly summit.", "Strategic Group", "Nov 2024", "Sixty people come"],
        ["Businesses play their part", "2a", "Sign up thirty hotels.", "Licensing", "Dec 2024", "Thirty pledges"],
    ]  # fmt: skip
    one, two = "Leaders know the local picture", "Businesses play their part"
    return Invented(
        Document([Sheet(rows, "Objectives")]),
        [
            Fact("1a", "Share a dashboard each month.", ("Police",), objective=one),
            Fact("1b", "Hold a yearly summit.", ("Strategic Group",), date(2024, 11, 30), objective=one),
            Fact("2a", "Sign up thirty hotels.", ("Licensing",), date(2024, 12, 31), objective=two),
        ],
    )  # fmt: skip


def no_bold_no_rule() -> Invented:
    """A spreadsheet that began as a list: a date in its title, blank rows between, owners after a dash in the cell."""
    rows: list[Row] = [
        ["Exploitation sub-group action log – updated 3 May 2024", None, None, None, None], [None] * 5,
        ["Date raised", "Action", "Owner", "Due", "Open / Closed"],
        ["12/01/2024", "Ask the airport to join the group.", "CSE Coordinator", "12/03/2024", "Closed"], [None] * 5,
        ["08/03/2024", "Circulate the new referral form.", "Operational Group", "30/04/2024", "Open"], [None] * 5,
    ]  # fmt: skip
    return Invented(
        Document([Sheet(rows, "Log")]),
        [
            Fact(
                "1", "Ask the airport to join the group.", ("CSE Coordinator",), date(2024, 3, 12), status="complete"
            ),
            Fact(
                "2", "Circulate the new referral form.", ("Operational Group",), date(2024, 4, 30), status="in_progress"
            ),
        ],
    )  # fmt: skip


STRANGERS: tuple[Callable[[], Invented], ...] = (
    county_council, health_trust, welsh_region, police_profile, charity, start_and_end, many_columns, a_form_for_each,
    inspection_response, learning_review, project_tool, outcomes_first, paragraphs_between,
    objective_beside_its_number, no_bold_no_rule,
)  # fmt: skip
