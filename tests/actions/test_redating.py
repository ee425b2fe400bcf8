"""Words about time, moved by so many months."""

import json
from datetime import date
from pathlib import Path

import pytest

from actions import timescales
from actions.demo.plans import redated
from actions.demo.redating import Shift

FIXTURES = sorted((Path(__file__).resolve().parents[2] / "fixtures").glob("*.json"))


@pytest.mark.parametrize(
    ("months", "before", "after"),
    [
        (120, "July 2016", "July 2026"),
        (122, "July 2016", "September 2026"),
        (120, "Sept2015", "Sept2025"),
        (139, "Sept2015", "Apr2027"),
        (120, "Jan 15", "Jan 25"),
        (123, "Dec 15", "Mar 26"),
        (120, "May 2016", "May 2026"),
        (121, "May 2016", "June 2026"),
        (120, "30 September 2015", "30 September 2025"),
        (123, "30 September 2015", "31 December 2025"),
        (113, "30 September 2015", "28 February 2025"),
        (101, "31 October 2015", "31 March 2024"),
        (123, "1 January 2016", "1 April 2026"),
        (120, "July-Sep 2016", "July-Sep 2026"),
        (122, "July- August 2016 in line with HR", "September- October 2026 in line with HR"),
        (125, "July-September 2016", "December 2026-February 2027"),
        (120, "December 2015 - February 2016", "December 2025 - February 2026"),
        (122, "June – August and upload", "August – October and upload"),
        (120, "Jan 2015 March 2015", "Jan 2025 March 2025"),
        (120, "Campaign : January 2016 Evaluation : March 2016", "Campaign : January 2026 Evaluation : March 2026"),
        (120, "audit calendar 16/17", "audit calendar 26/27"),
        (125, "Action Plan 2016/17", "Action Plan 2026/27"),
        (127, "Action Plan 2016/17", "Action Plan 2027/28"),
        (120, "the CSE Strategy 2015-18", "the CSE Strategy 2025-28"),
        (120, "Action Plan 2017-2019", "Action Plan 2027-2029"),
        (120, "put in place in 2016 to ensure", "put in place in 2026 to ensure"),
        (120, "published in November 2013, put", "published in November 2013, put"),
        (120, "16+ providers may march on the 2.10 route", "16+ providers may march on the 2.10 route"),
        (0, "July-September 2016", "July-September 2016"),
    ],
)
def test_words_about_time_move_and_keep_their_style(months, before, after):
    assert Shift(months, 2016).words(before) == after


@pytest.mark.parametrize(
    ("months", "before", "after"),
    [
        (120, date(2016, 7, 31), date(2026, 7, 31)),
        (3, date(2015, 11, 30), date(2016, 2, 29)),
        (1, date(2015, 1, 30), date(2015, 2, 28)),
        (-1, date(2016, 3, 31), date(2016, 2, 29)),
    ],
)
def test_the_last_day_of_a_month_stays_the_last_day_of_a_month(months, before, after):
    assert Shift(months, 2016).day(before) == after


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
@pytest.mark.parametrize("months", [96, 101, 108, 115, 122, 127, 133, 138])
def test_every_moved_timescale_is_read_as_the_day_it_was_moved_to(path, months):
    plan = json.loads(path.read_text(encoding="utf-8"))["plan"]
    shift, year = Shift(months, plan["first_year"]), plan["first_year"]
    for action in plan["actions"]:
        text = action["timescale"]
        then, now = timescales.read(text, year_hint=year), redated(text, year, shift)
        assert now.kind == then.kind, text
        if "in 2016" not in text:  # a bare year moves by whole years
            assert now.due == (then.due and shift.day(then.due)), (text, now)
