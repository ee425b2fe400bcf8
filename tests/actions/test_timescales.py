"""How a board's words about time are read: every wording of the four published plans, and what other boards write."""

import re
import string
import time
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from actions.timescales import (
    BY_DATE,
    EVENT,
    KINDS,
    LONGEST,
    MILESTONES,
    NONE,
    ONGOING,
    RECURRING,
    WINDOW,
    Milestone,
    read,
)

SANDWELL, DUDLEY, WORCESTERSHIRE, STOCKPORT = 2017, 2016, 2015, 2014


def day(text):
    return date.fromisoformat(text) if text else None


PUBLISHED = [
    (SANDWELL, "January 2018", BY_DATE, None, "2018-01-31"),
    (SANDWELL, "April 2018", BY_DATE, None, "2018-04-30"),
    (SANDWELL, "July 2018", BY_DATE, None, "2018-07-31"),
    (SANDWELL, "November 2018", BY_DATE, None, "2018-11-30"),
    (DUDLEY, "May 2016", BY_DATE, None, "2016-05-31"),
    (DUDLEY, "June 2016", BY_DATE, None, "2016-06-30"),
    (DUDLEY, "July 2016", BY_DATE, None, "2016-07-31"),
    (DUDLEY, "August 2016", BY_DATE, None, "2016-08-31"),
    (DUDLEY, "September 2016", BY_DATE, None, "2016-09-30"),
    (DUDLEY, "July-Sep 2016", WINDOW, "2016-07-01", "2016-09-30"),
    (DUDLEY, "July-August 2016", WINDOW, "2016-07-01", "2016-08-31"),
    (DUDLEY, "July- August 2016", WINDOW, "2016-07-01", "2016-08-31"),
    (DUDLEY, "June-August 2016", WINDOW, "2016-06-01", "2016-08-31"),
    (DUDLEY, "June-September 2016", WINDOW, "2016-06-01", "2016-09-30"),
    (DUDLEY, "August-September 2016", WINDOW, "2016-08-01", "2016-09-30"),
    (DUDLEY, "July-September 2016 and subject to review", WINDOW, "2016-07-01", "2016-09-30"),
    (DUDLEY, "July- August 2016 in line with HR processes", WINDOW, "2016-07-01", "2016-08-31"),
    (DUDLEY, "June – August and upload via Tri-x.", WINDOW, "2016-06-01", "2016-08-31"),
    (
        DUDLEY,
        "September 2016 and in line with longer term service provision requirements",
        BY_DATE,
        None,
        "2016-09-30",
    ),
    (DUDLEY, "In line with DSCB forward planner", EVENT, None, None),
    (
        DUDLEY,
        "Audit activity linked to audit calendar 16/17 and a clear terms of reference re audit activity",
        EVENT,
        None,
        None,
    ),
    (
        DUDLEY,
        (
            "In place and in line with quarterly reporting arrangements however needs developing to capture further "
            "information"
        ),
        RECURRING,
        None,
        None,
    ),
    (
        DUDLEY,
        "This will need to be an ongoing cycle of training linked to the CSE communications strategy",
        ONGOING,
        None,
        None,
    ),
    (
        DUDLEY,
        "Programme is put in place in 2016 to ensure specific groups of vulnerable children are screened routinely",
        WINDOW,
        "2016-01-01",
        "2016-12-31",
    ),
    (
        DUDLEY,
        (
            "As soon as possible linked to the CSE pathway and use of the CSE screening tool so reporting is accurate "
            "and underpinned by professional judgments"
        ),
        NONE,
        None,
        None,
    ),
    (DUDLEY, "Ongoing and in line with training and development", ONGOING, None, None),
    (DUDLEY, "Ongoing", ONGOING, None, None),
    (WORCESTERSHIRE, "July 2015", BY_DATE, None, "2015-07-31"),
    (WORCESTERSHIRE, "End August 2015", BY_DATE, None, "2015-08-31"),
    (WORCESTERSHIRE, "September 2015", BY_DATE, None, "2015-09-30"),
    (WORCESTERSHIRE, "30 September 2015", BY_DATE, None, "2015-09-30"),
    (WORCESTERSHIRE, "October 2015", BY_DATE, None, "2015-10-31"),
    (WORCESTERSHIRE, "End October 2015", BY_DATE, None, "2015-10-31"),
    (WORCESTERSHIRE, "31 October 2015", BY_DATE, None, "2015-10-31"),
    (WORCESTERSHIRE, "Nov 2015", BY_DATE, None, "2015-11-30"),
    (WORCESTERSHIRE, "November 2015", BY_DATE, None, "2015-11-30"),
    (WORCESTERSHIRE, "November\n2015", BY_DATE, None, "2015-11-30"),
    (WORCESTERSHIRE, "November 2015 time scale", BY_DATE, None, "2015-11-30"),
    (WORCESTERSHIRE, "End November 2015", BY_DATE, None, "2015-11-30"),
    (WORCESTERSHIRE, "November 2015 November 2015", MILESTONES, None, "2015-11-30"),
    (WORCESTERSHIRE, "December 2015", BY_DATE, None, "2015-12-31"),
    (WORCESTERSHIRE, "September - December 2015", WINDOW, "2015-09-01", "2015-12-31"),
    (WORCESTERSHIRE, "1 January 2016", BY_DATE, None, "2016-01-01"),
    (WORCESTERSHIRE, "January 2016", BY_DATE, None, "2016-01-31"),
    (WORCESTERSHIRE, "Campaign : January 2016 Evaluation : March 2016", MILESTONES, None, "2016-03-31"),
    (WORCESTERSHIRE, "March 2016", BY_DATE, None, "2016-03-31"),
    (WORCESTERSHIRE, "End March 2016", BY_DATE, None, "2016-03-31"),
    (WORCESTERSHIRE, "31 March 2016", BY_DATE, None, "2016-03-31"),
    (WORCESTERSHIRE, "July 2016", BY_DATE, None, "2016-07-31"),
    (STOCKPORT, "Dec 14", BY_DATE, None, "2014-12-31"),
    (STOCKPORT, "Jan 15", BY_DATE, None, "2015-01-31"),
    (STOCKPORT, "Feb 2015", BY_DATE, None, "2015-02-28"),
    (STOCKPORT, "March 15", BY_DATE, None, "2015-03-31"),
    (STOCKPORT, "March 2015", BY_DATE, None, "2015-03-31"),
    (STOCKPORT, "Jan 2015 March 2015", MILESTONES, None, "2015-03-31"),
    (STOCKPORT, "Jan 2015 March 2015 March 2015", MILESTONES, None, "2015-03-31"),
    (STOCKPORT, "April 2015", BY_DATE, None, "2015-04-30"),
    (STOCKPORT, "June 2015", BY_DATE, None, "2015-06-30"),
    (STOCKPORT, "July 2015", BY_DATE, None, "2015-07-31"),
    (STOCKPORT, "August 15", BY_DATE, None, "2015-08-31"),
    (STOCKPORT, "Sept2015", BY_DATE, None, "2015-09-30"),
    (STOCKPORT, "Sept 2015", BY_DATE, None, "2015-09-30"),
    (STOCKPORT, "Prevalence report delayed to September 2015", BY_DATE, None, "2015-09-30"),
    (STOCKPORT, "November 2015", BY_DATE, None, "2015-11-30"),
    (STOCKPORT, "Dec 2015", BY_DATE, None, "2015-12-31"),
    (STOCKPORT, "Jan 2016", BY_DATE, None, "2016-01-31"),
    (STOCKPORT, "Jan 16", BY_DATE, None, "2016-01-31"),
    (STOCKPORT, "January 2016", BY_DATE, None, "2016-01-31"),
    (STOCKPORT, "March 2016", BY_DATE, None, "2016-03-31"),
    (STOCKPORT, "July 2016", BY_DATE, None, "2016-07-31"),
    (STOCKPORT, "November 2016", BY_DATE, None, "2016-11-30"),
    (STOCKPORT, "", NONE, None, None),
]

ELSEWHERE = [
    # a day
    ("31/03/19", BY_DATE, None, "2019-03-31"),
    ("03/04/2018", BY_DATE, None, "2018-04-03"),
    ("26.3.2015", BY_DATE, None, "2015-03-26"),
    ("15-Jan-16", BY_DATE, None, "2016-01-15"),
    ("2019-03-31", BY_DATE, None, "2019-03-31"),
    ("2018-04-30 00:00:00", BY_DATE, None, "2018-04-30"),
    ("2018-04-30T00:00:00Z", BY_DATE, None, "2018-04-30"),
    ("1st April 2018", BY_DATE, None, "2018-04-01"),
    ("the 31st of March 2016", BY_DATE, None, "2016-03-31"),
    ("No later than Friday 30th September 2016", BY_DATE, None, "2016-09-30"),
    ("January 15, 2016", BY_DATE, None, "2016-01-15"),
    ("29 February 2016", BY_DATE, None, "2016-02-29"),
    ("week ending 7 June 2019", BY_DATE, None, "2019-06-07"),
    ("w/c 3 June 2019", WINDOW, "2019-06-03", "2019-06-09"),
    ("1-30 June 2016", WINDOW, "2016-06-01", "2016-06-30"),
    ("16/17 March 2016", WINDOW, "2016-03-16", "2016-03-17"),
    ("1 April – 30 June 2016", WINDOW, "2016-04-01", "2016-06-30"),
    # a month
    ("Mar-19", BY_DATE, None, "2019-03-31"),
    ("Sept. 2015", BY_DATE, None, "2015-09-30"),
    ("09/2015", BY_DATE, None, "2015-09-30"),
    ("2015-09", BY_DATE, None, "2015-09-30"),
    ("FEBRUARY 2016", BY_DATE, None, "2016-02-29"),
    ("Febuary 2017", BY_DATE, None, "2017-02-28"),
    ("by the end of June 2016", BY_DATE, None, "2016-06-30"),
    ("by the start of April 2018", BY_DATE, None, "2018-04-01"),
    ("mid-June 2016", BY_DATE, None, "2016-06-30"),
    ("before April 2018", BY_DATE, None, "2018-03-31"),
    ("Not before June 2016", WINDOW, "2016-06-01", None),
    ("before the end of April 2018", BY_DATE, None, "2018-04-30"),
    ("March 2016/17", BY_DATE, None, "2017-03-31"),
    ("January 2018Appendix 2", BY_DATE, None, "2018-01-31"),
    ("End of March 2016 (Q4)", BY_DATE, None, "2016-03-31"),
    ("Q1 (Apr-Jun 2017)", WINDOW, "2017-04-01", "2017-06-30"),
    ("during July 2016", WINDOW, "2016-07-01", "2016-07-31"),
    ("For the July 2016 Board meeting", BY_DATE, None, "2016-07-31"),
    ("TBC March 2016", BY_DATE, None, "2016-03-31"),
    # from one to another
    ("December - March 2016", WINDOW, "2015-12-01", "2016-03-31"),
    ("November 2016 - February", WINDOW, "2016-11-01", "2017-02-28"),
    ("from April 2015 until the end of March 2016", WINDOW, "2015-04-01", "2016-03-31"),
    ("between April and June 2016", WINDOW, "2016-04-01", "2016-06-30"),
    ("Sept/Oct 16", WINDOW, "2016-09-01", "2016-10-31"),
    ("Jan 15 – Mar 15", WINDOW, "2015-01-01", "2015-03-31"),
    ("Start: April 2015 Complete by: March 2016", WINDOW, "2015-04-01", "2016-03-31"),
    ("From April 2016", WINDOW, "2016-04-01", None),
    ("after April 2018", WINDOW, "2018-05-01", None),
    # quarters, halves and years
    ("Q2 2016/17", WINDOW, "2016-07-01", "2016-09-30"),
    ("by end of Q2 2016/17", BY_DATE, None, "2016-09-30"),
    ("Q4 2015/16", WINDOW, "2016-01-01", "2016-03-31"),
    ("Q4 15/16", WINDOW, "2016-01-01", "2016-03-31"),
    ("2016/17 Q3", WINDOW, "2016-10-01", "2016-12-31"),
    ("Q3/4 2016/17", WINDOW, "2016-10-01", "2017-03-31"),
    ("Q1 - Q2 2016/17", WINDOW, "2016-04-01", "2016-09-30"),
    ("second quarter of 2016/17", WINDOW, "2016-07-01", "2016-09-30"),
    ("Quarter 2 2016", WINDOW, "2016-07-01", "2016-09-30"),
    ("first half of 2018", WINDOW, "2018-01-01", "2018-06-30"),
    ("H2 2018/19", WINDOW, "2018-10-01", "2019-03-31"),
    ("2016/17", WINDOW, "2016-04-01", "2017-03-31"),
    ("2016-17", WINDOW, "2016-04-01", "2017-03-31"),
    ("16/17", WINDOW, "2016-04-01", "2017-03-31"),
    ("end of financial year 2016/17", BY_DATE, None, "2017-03-31"),
    ("academic year 2017/18", WINDOW, "2017-09-01", "2018-08-31"),
    ("2016", WINDOW, "2016-01-01", "2016-12-31"),
    ("by the end of 2016", BY_DATE, None, "2016-12-31"),
    ("2016-2018", WINDOW, "2016-01-01", "2018-12-31"),
    ("30 September 2016/17", BY_DATE, None, "2016-09-30"),
    ("Oct half term 2016", BY_DATE, None, "2016-10-31"),
    ("CSE Strategy 2015-18 by March 2016", BY_DATE, None, "2016-03-31"),
    ("In 2016, early help offer", WINDOW, "2016-01-01", "2016-12-31"),
    ("2017-19", WINDOW, "2017-01-01", "2019-12-31"),
    # rougher
    ("by Easter 2017", BY_DATE, None, "2017-04-16"),
    ("Christmas 2016", BY_DATE, None, "2016-12-25"),
    ("Spring term 2018", WINDOW, "2018-01-01", "2018-03-31"),
    ("Spring term 2017/18", WINDOW, "2018-01-01", "2018-03-31"),
    ("Autumn term 2017", WINDOW, "2017-09-01", "2017-12-31"),
    ("end of summer term 2018", BY_DATE, None, "2018-07-31"),
    ("winter 2018", WINDOW, "2018-12-01", "2019-02-28"),
    ("Spring/Summer 2018", WINDOW, "2018-03-01", "2018-08-31"),
    ("early 2019", WINDOW, "2019-01-01", "2019-04-30"),
    ("mid 2018", WINDOW, "2018-05-01", "2018-08-31"),
    ("late 2018/19", WINDOW, "2018-12-01", "2019-03-31"),
    # several
    ("June and September 2016", MILESTONES, None, "2016-09-30"),
    ("April, July and October 2016", MILESTONES, None, "2016-10-31"),
    ("Q2 and Q4 2016/17", MILESTONES, "2016-07-01", "2017-03-31"),
    # moved
    ("March 2016 revised to June 2016", BY_DATE, None, "2016-06-30"),
    ("Originally March 2016, now June 2016", BY_DATE, None, "2016-06-30"),
    ("July 2016 (previously May 2016)", BY_DATE, None, "2016-07-31"),
    # again and again
    ("Quarterly from April 2019", RECURRING, "2019-04-01", None),
    ("Quarterly until March 2020", RECURRING, None, "2020-03-31"),
    ("annually", RECURRING, None, None),
    ("By Dec 2016, then annually", RECURRING, None, "2016-12-31"),
    ("March 2018, reviewed quarterly", BY_DATE, None, "2018-03-31"),
    ("Annual review March 2018", BY_DATE, None, "2018-03-31"),
    # no end
    ("ongoing", ONGOING, None, None),
    ("On-going", ONGOING, None, None),
    ("April 2016 onwards", ONGOING, "2016-04-01", None),
    ("To commence September 2017 and then ongoing", ONGOING, "2017-09-01", None),
    ("Ongoing until March 2018", BY_DATE, None, "2018-03-31"),
    # something else
    ("by the next Ofsted inspection", EVENT, None, None),
    ("At each Board meeting", EVENT, None, None),
    ("Subject to funding", EVENT, None, None),
    ("See 2.1.2", EVENT, None, None),
    ("within 3 months of approval", EVENT, None, None),
    ("In line with CSE Strategy 2015-2018", EVENT, None, None),
    # no date
    ("tbc", NONE, None, None),
    ("n/a", NONE, None, None),
    ("-", NONE, None, None),
    ("immediate", NONE, None, None),
    ("ASAP", NONE, None, None),
    ("Completed", NONE, None, None),
    ("Done", NONE, None, None),
    ("within 12 months", NONE, None, None),
    ("6 weeks", NONE, None, None),
    ("2 years", NONE, None, None),
    ("Year 1", NONE, None, None),
    ("by the end of the month", NONE, None, None),
    ("end of financial year", NONE, None, None),
    ("June - August", NONE, None, None),
    ("Summer term", NONE, None, None),
    ("May need to be revisited", NONE, None, None),
    ("Board manager to confirm", NONE, None, None),
    ("31 February 2018", NONE, None, None),
    ("29 February 2017", NONE, None, None),
    ("13/25/2018", NONE, None, None),
    ("30 September 1850", NONE, None, None),
    ("1 January 2100", NONE, None, None),
    ("30 September 2016 to 1 March 2016", NONE, None, None),
]

SURE = [
    *(text for _, text, kind, _, _ in PUBLISHED if kind in (BY_DATE, WINDOW) and len(text) < 18),
    *("31/03/19", "15-Jan-16", "Mar-19", "Q2 2016/17", "by end of Q2 2016/17", "2016/17", "w/c 3 June 2019", "Ongoing"),
    *("Quarterly from April 2019", "every six months", "Campaign : January 2016 Evaluation : March 2016"),
]


@pytest.mark.parametrize(("year", "text", "kind", "start", "due"), PUBLISHED)
def test_every_wording_of_the_four_published_plans_is_read(year, text, kind, start, due):
    reading = read(text, year_hint=year)
    assert (reading.text, reading.kind, reading.start, reading.due) == (text, kind, day(start), day(due))


@pytest.mark.parametrize(("text", "kind", "start", "due"), ELSEWHERE)
def test_what_other_boards_write_is_read(text, kind, start, due):
    reading = read(text)
    assert (reading.text, reading.kind, reading.start, reading.due) == (text, kind, day(start), day(due))


@pytest.mark.parametrize("text", SURE)
def test_plain_words_leave_no_doubt(text):
    assert read(text).doubts == ()


@pytest.mark.parametrize("text", [text for text, kind, _, _ in ELSEWHERE if kind in (NONE, EVENT)])
def test_without_a_date_there_is_always_a_doubt_to_settle(text):
    assert read(text).doubts


# The year


def test_a_month_without_a_year_takes_the_first_year_of_the_plan_and_says_so():
    reading = read("June - August", year_hint=2016)
    assert (reading.start, reading.due) == (date(2016, 6, 1), date(2016, 8, 31))
    assert reading.doubts == ('There is no year in "June - August": 2016 was taken from the plan.',)


def test_a_month_early_in_the_year_may_be_of_the_plans_second_year():
    reading = read("February", year_hint=2016)
    assert reading.due == date(2016, 2, 29)
    assert "It may mean 2017." in reading.doubts[0]


def test_a_window_over_the_turn_of_the_year_ends_in_the_next():
    reading = read("November - February", year_hint=2016)
    assert (reading.start, reading.due) == (date(2016, 11, 1), date(2017, 2, 28))


def test_the_year_written_once_serves_the_dates_beside_it():
    reading = read("June and September 2016", year_hint=2014)
    assert [milestone.due for milestone in reading.milestones] == [date(2016, 6, 30), date(2016, 9, 30)]
    assert not any("year" in doubt for doubt in reading.doubts)


def test_two_digits_after_a_month_are_its_year_unless_that_is_far_from_the_plan():
    assert read("June 19", year_hint=2017).due == date(2019, 6, 30)
    assert read("by June 30", year_hint=2017).due == date(2017, 6, 30)
    assert read("by June 30", year_hint=2017).doubts


@pytest.mark.parametrize(
    ("start_month", "text", "start", "due"),
    [
        (4, "Q1 2016/17", "2016-04-01", "2016-06-30"),
        (1, "Q1 2016", "2016-01-01", "2016-03-31"),
        (1, "Q4 2016", "2016-10-01", "2016-12-31"),
        (9, "Q2 2016/17", "2016-12-01", "2017-02-28"),
        (9, "2016/17", "2016-09-01", "2017-08-31"),
    ],
)
def test_quarters_count_from_the_month_the_boards_year_begins(start_month, text, start, due):
    reading = read(text, year_start_month=start_month)
    assert (reading.start, reading.due, reading.doubts) == (day(start), day(due), ())


def test_a_quarter_of_a_single_year_is_doubted():
    assert read("Q2 2016").doubts == ('"Q2 2016" was read as that quarter of the year 2016/17.',)


@pytest.mark.parametrize("hint", [0, -1, 1989, 2100, 10**9])
def test_a_hint_that_is_no_year_of_a_plan_is_not_used(hint):
    assert read("June", year_hint=hint).due is None


@pytest.mark.parametrize(
    ("year", "easter"), [(2000, "2000-04-23"), (2008, "2008-03-23"), (2011, "2011-04-24"), (2038, "2038-04-25")]
)
def test_easter_falls_where_the_church_puts_it(year, easter):
    reading = read(f"by Easter {year}")
    assert reading.due == day(easter)
    assert "Easter Sunday" in reading.doubts[0]


# Words that count from a day

AGREED = date(2019, 1, 31)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("within 12 months", "2020-01-31"),
        ("12 months", "2020-01-31"),
        ("one month", "2019-02-28"),
        ("a year", None),
        ("within a year", "2020-01-31"),
        ("6 weeks", "2019-03-14"),
        ("within 28 days", "2019-02-28"),
        ("3-6 months", "2019-07-31"),
        ("within 3 months of approval", "2019-04-30"),
        ("immediate", "2019-01-31"),
        ("by the end of the month", "2019-01-31"),
        ("end of financial year", "2019-03-31"),
        ("by year end", "2019-12-31"),
        ("end of next month", "2019-02-28"),
        ("Year 2", "2021-01-30"),
    ],
)
def test_relative_words_count_from_the_anchor_and_say_so(text, due):
    reading = read(text, anchor=AGREED)
    assert reading.due == day(due)
    assert reading.doubts


def test_without_an_anchor_the_doubt_says_what_is_waited_for():
    assert read("within 12 months").doubts == ('"12 months" waits for a date to count from.',)
    assert read("within 3 months of approval").doubts == ('"3 months" waits for the date of "approval".',)
    assert read("Year 2").doubts == ('"Year 2" waits for the date on which the plan began.',)


def test_a_year_of_the_plan_counts_from_its_first_year():
    reading = read("Year 2", year_hint=2017, anchor=AGREED)
    assert (reading.kind, reading.start, reading.due) == (WINDOW, date(2018, 4, 1), date(2019, 3, 31))


def test_weeks_may_count_from_a_date_in_the_words():
    assert read("6 weeks from 1 April 2019").due == date(2019, 5, 13)
    assert read("18 months from April 2016").due == date(2017, 10, 31)


def test_a_date_in_the_words_wins_over_what_the_anchor_would_give():
    assert read("March 2020, within 6 weeks", anchor=AGREED).due == date(2020, 3, 31)


@pytest.mark.parametrize("anchor", [date.min, date.max, date(2099, 12, 31)])
def test_an_anchor_at_the_end_of_time_gives_no_date(anchor):
    assert read("within 12 months", anchor=anchor).due is None


# Intervals


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("monthly", 1),
        ("Quarterly", 3),
        ("every quarter", 3),
        ("termly", 4),
        ("every six months", 6),
        ("six-monthly", 6),
        ("6 monthly", 6),
        ("half-yearly", 6),
        ("twice a year", 6),
        ("four times a year", 3),
        ("bi-annually", 6),
        ("annually", 12),
        ("once per year", 12),
        ("every two years", 24),
        ("every other month", 2),
        ("weekly", 1),
        ("every 8 weeks", 2),
        ("Reviewed on a quarterly basis", 3),
    ],
)
def test_how_often_is_kept_in_months(text, months):
    reading = read(text)
    assert (reading.kind, reading.review_months, reading.due) == (RECURRING, months, None)


@pytest.mark.parametrize("text", ["weekly", "termly", "bi-annually", "every 8 weeks"])
def test_an_interval_that_months_do_not_fit_is_doubted(text):
    assert read(text).doubts


def test_something_ongoing_may_say_how_often_it_is_reviewed():
    reading = read("Ongoing, reviewed quarterly")
    assert (reading.kind, reading.review_months, reading.doubts) == (ONGOING, 3, ())


def test_a_dated_action_may_say_how_often_it_is_reviewed():
    assert read("March 2018, reviewed quarterly").review_months == 3


def test_a_date_beside_an_interval_may_be_the_first_time_or_the_last():
    assert read("By Dec 2016, then annually").doubts == (
        "It is not clear whether 31 December 2016 is the first time or the last.",
    )


# Several dates


def test_labels_before_each_date_name_the_milestones():
    assert read("Campaign : January 2016 Evaluation : March 2016").milestones == (
        Milestone("Campaign", "January 2016", None, date(2016, 1, 31)),
        Milestone("Evaluation", "March 2016", None, date(2016, 3, 31)),
    )


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Phase 1 - March 2016; Phase 2 - June 2016", ["Phase 1", "Phase 2"]),
        ("Strategy by June 2016 and training by September 2016", ["Strategy", "training"]),
        ("March 2016 (first draft), June 2016 (final)", ["first draft", "final"]),
        ("January 2016, then evaluation March 2016", ["", "evaluation"]),
        ("Jan 2015 March 2015", ["", ""]),
        ("Year 1: March 2018; Year 2: March 2019", ["Year 1", "Year 2"]),
    ],
)
def test_labels_are_found_where_boards_put_them(text, labels):
    assert [milestone.label for milestone in read(text).milestones] == labels


def test_each_milestone_keeps_its_own_words():
    assert [milestone.text for milestone in read("Jan 2015 March 2015").milestones] == ["Jan 2015", "March 2015"]


def test_dates_without_labels_are_doubted():
    assert read("November 2015 November 2015").doubts == (
        "There are 2 dates and the words do not say what each is for.",
    )


def test_no_more_milestones_are_kept_than_a_cell_can_mean():
    reading = read("March 2016 " * 40)
    assert len(reading.milestones) == 12
    assert "There are 40 dates here: only the first 12 were read." in reading.doubts
    check_promises("March 2016 " * 13 + "May 2030", {})


def test_a_date_that_was_moved_is_named():
    assert read("March 2016 revised to June 2016").doubts == ('"March 2016" was read as an earlier date.',)


ASK = "No date is given on which the action is due: ask for one."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Completed March 2018", '"Completed March 2018" says what has happened, not when the action is due.'),
        ("Reviewed: March 2018", '"Reviewed: March 2018" says what has happened, not when the action is due.'),
        ("Has been launched in 2018", '"launched in 2018" says what has happened, not when the action is due.'),
        ("Was March 2018", '"March 2018" was read as an earlier date.'),
        ("Not March 2018", '"Not March 2018" says which date does not hold.'),
        ("No longer in March 2018", '"No longer in March 2018" says which date does not hold.'),
    ],
)
def test_a_date_that_is_past_or_denied_is_no_promise(text, said):
    reading = read(text, year_hint=2018)
    assert (reading.kind, reading.start, reading.due, reading.doubts) == (NONE, None, None, (said, ASK))


def test_what_has_happened_is_told_apart_from_what_is_still_promised():
    assert read("Started June 2016, due March 2017").due == date(2017, 3, 31)
    assert read("March 2018 (completed February 2018)").due == date(2018, 3, 31)
    assert read("Ongoing, reviewed March 2019").kind == ONGOING
    assert read("Ongoing, reviewed March 2019").due is None
    assert read("Launched June 2016; evaluation tbc").doubts[-1] == "No date has been given yet: ask for one."
    toolkit = read("Toolkit launched: March 2016; training delivered: June 2016")
    assert [milestone.label for milestone in toolkit.milestones] == ["Toolkit launched", "training delivered"]
    for promise in ("To be completed March 2018", "Completed by March 2018", "Started; planned March 2018"):
        assert read(promise).due == date(2018, 3, 31)


def test_a_letter_for_a_nought_makes_no_day():
    reading = read("Mar 2O19", year_hint=2016)
    assert reading.due == date(2016, 3, 31)
    assert reading.doubts == (
        'There is no year in "Mar": 2016 was taken from the plan. It may mean 2017.',
        'The word "2O19" was kept but does not change the date.',
    )
    assert read("Mar 2O19").due is None


def test_digits_of_other_scripts_are_digits():
    assert read("٣١/٠٣/٢٠١٩").due == read("३१/०३/२०१९").due == date(2019, 3, 31)


# Words that stay beside the reading


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (
            "July-September 2016 and subject to review",
            'The words "subject to review" were kept but do not change the date.',
        ),
        (
            "July- August 2016 in line with HR processes",
            'The words "in line with HR processes" were kept but do not change the date.',
        ),
        ("January 2018Appendix 2", 'The words "Appendix 2" were kept but do not change the date.'),
        ("TBC March 2016", 'The word "TBC" was kept but does not change the date.'),
        ("Complete June 2016", 'The word "Complete" was kept but does not change the date.'),
        ("mid-June 2016", 'The word "mid" was kept but does not change the date.'),
        (
            "Ongoing and in line with training and development",
            'The words "in line with training and development" were kept but do not give a date.',
        ),
        ("31 February 2018", '"31 February 2018" is not a possible date: ask which day is meant.'),
        ("03/25/2018", '"03/25/2018" was read with the month first, as there is no month 25.'),
        ("Febuary 2016", '"Febuary" was read as February.'),
        ("Completed", '"Completed" says how far the action is, not when it is due: ask for a date.'),
        ("As soon as possible", '"As soon as possible" is not a date: ask for one.'),
        (
            "30 September 2016 to 1 March 2016",
            '"30 September 2016 to 1 March 2016" ends before it begins: ask which dates are meant.',
        ),
        (
            "December - March 2016",
            '"December - March 2016" was read as 1 December 2015 to 31 March 2016.',
        ),
        (
            "In line with DSCB forward planner",
            'This depends on something other than a date: "In line with DSCB forward planner".',
        ),
    ],
)
def test_a_doubt_is_a_sentence_a_coordinator_understands(text, doubt):
    assert read(text).doubts == (doubt,)


def test_no_words_are_no_timescale():
    assert read("") == read(None)
    assert read("").doubts == read(" \t\n").doubts == ("No timescale is given: ask for a date.",)


# How a reading is written out


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("September 2016", "by 30 September 2016"),
        ("July-Sep 2016", "1 July 2016 to 30 September 2016"),
        ("From April 2016", "from 1 April 2016"),
        ("Quarterly from April 2019", "every 3 months from 1 April 2019"),
        ("monthly", "every month"),
        ("Ongoing from April 2016, reviewed annually", "ongoing from 1 April 2016, reviewed every 12 months"),
        ("March 2018, reviewed quarterly", "by 31 March 2018, reviewed every 3 months"),
        (
            "Campaign : January 2016 Evaluation : March 2016",
            "Campaign: by 31 January 2016; Evaluation: by 31 March 2016",
        ),
        ("In line with DSCB forward planner", "depends on something else"),
        ("tbc", "no date"),
    ],
)
def test_a_reading_is_written_out_in_plain_words(text, written):
    assert read(text).render() == written


# What holds for any words at all

FRAGMENTS = """January Jan Sept march May may June Dec 2016 2017 1989 1990 2099 2100 9999 0 00 15 16 17 30 31 1st 2nd 29
February 2018-04-30 31/03/19 03/25/2018 2016/17 16/17 2016-2018 Q2 Q4 quarter Easter spring term autumn winter mid early
late end of by from to until - – / , ; : . ( ) and & or between before after during start w/c week ending within 6
weeks 12 months 3 999 days year 2 the this next month financial academic every quarterly annual reviewed review monthly
ongoing onwards asap tbc in line with linked audit calendar completed Phase Draft report revised originally now was
not no longer launched held has been planned
00:00:00 first second half immediate approval six-monthly twice a 2.10 ' " ½ ² İ ß Ⅷ ٣ 二 \u00ad \u00a0 \x00"""

date_like = st.lists(
    st.tuples(st.sampled_from(re.split("[ \n]", FRAGMENTS)), st.sampled_from([" ", " ", " ", ""])).map("".join),
    max_size=14,
).map("".join)
texts = st.one_of(st.text(max_size=200), date_like, st.tuples(date_like, st.text(max_size=20), date_like).map("".join))
hints = st.fixed_dictionaries(
    {
        "year_hint": st.none() | st.integers(2010, 2030) | st.integers(),
        "year_start_month": st.integers(1, 12),
        "anchor": st.none() | st.dates(date(2010, 1, 1), date(2030, 1, 1)) | st.dates(),
    }
)


def meaning(reading):
    return reading.kind, reading.start, reading.due, reading.review_months, reading.milestones


def check_promises(text, hints):
    reading = read(text, **hints)
    assert reading.text == text
    assert reading.kind in KINDS
    for dated in (reading, *reading.milestones):
        assert dated.start is None or dated.due is None or dated.start <= dated.due
        assert all(1990 <= found.year <= 2099 for found in (dated.start, dated.due) if found)
    assert reading.due is not None or reading.kind != BY_DATE
    assert bool(reading.milestones) == (reading.kind == MILESTONES)
    if reading.kind in (NONE, EVENT):
        assert reading.start is reading.due is None
        assert reading.doubts
    for again in (read(reading.render()), read(reading.render(), **hints)):
        assert meaning(again) == meaning(reading)


@given(texts, hints)
@example("JAN00000:2000/10:1QUARTER0LONGER", {"year_start_month": 1})
@settings(max_examples=300, deadline=None)
def test_any_words_are_kept_never_refused_and_read_back_from_their_own_rendering(text, hints):
    check_promises(text, hints)


@pytest.mark.prove
@given(texts, hints)
@settings(max_examples=10_000, deadline=None)
def test_any_words_at_all_keep_the_promises_at_full_count(text, hints):
    check_promises(text, hints)


@given(texts)
@settings(max_examples=300, deadline=None)
def test_words_without_a_number_or_a_hint_never_get_a_date(text):
    digits = set(string.digits)
    plain = {char: unicodedata.normalize("NFKC", char) + str(unicodedata.decimal(char, "")) for char in text}
    wordy = "".join(char for char in text if not digits & set(plain[char]))
    reading = read(wordy)
    assert reading.start is reading.due is None


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_one_day_is_read_alike_however_it_is_written(on):
    spoken = f"{on.day} {on:%B} {on.year}"
    for text in (spoken, on.isoformat(), f"{on:%d/%m/%Y}", f"{on:%d.%m.%Y}", f"{on:%d-%b-%Y}", f"by {on:%A} {spoken}"):
        reading = read(text)
        assert (reading.kind, reading.start, reading.due, reading.doubts) == (BY_DATE, None, on, ())


@given(st.dates(date(1990, 1, 1), date(2099, 11, 30)))
def test_a_month_is_due_on_its_last_day(on):
    due = read(f"{on:%B %Y}").due
    assert (due.year, due.month) == (on.year, on.month)
    assert (due.toordinal() + 1) == date(on.year + on.month // 12, on.month % 12 + 1, 1).toordinal()


@pytest.mark.parametrize(
    "text",
    [
        "March " * 4_000,
        "16/" * 8_000,
        "by " * 8_000,
        "every " * 4_000,
        "within 6 weeks of " * 2_000,
        "1 January to " * 2_000,
        "reviewed on a " * 2_000,
        "Octomber 5 " * 2_000,
        "(" * 20_000,
        "9" * 20_000,
        "x" * 20_000,
        "\u0301" * 20_000,
        "\ufdfa" * 20_000,
        "six - - - - - " * 2_000,
    ],
)
def test_hostile_lengths_are_read_in_bounded_time(text):
    began = time.perf_counter()
    reading = read(text, year_hint=2016)
    assert time.perf_counter() - began < 3
    assert reading.text == text
    assert f"Only the first {LONGEST} characters were read." in reading.doubts


def test_the_rule_knows_nothing_of_django():
    import actions.datewords as words
    import actions.timescales as rule

    for module in (words, rule):
        with open(module.__file__) as source:
            assert not re.search(r"^\s*(from|import) django", source.read(), re.M)
