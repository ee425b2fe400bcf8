"""What a quarter is."""

from datetime import date, timedelta

import pytest

from boards import periods
from tests.builders import make_board


@pytest.mark.parametrize(
    ("on", "start_month", "label", "starts", "ends"),
    [
        (date(2016, 1, 1), 4, "Q4 2015/16", date(2016, 1, 1), date(2016, 3, 31)),
        (date(2016, 3, 31), 4, "Q4 2015/16", date(2016, 1, 1), date(2016, 3, 31)),
        (date(2016, 4, 1), 4, "Q1 2016/17", date(2016, 4, 1), date(2016, 6, 30)),
        (date(2026, 9, 30), 4, "Q2 2026/27", date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 11, 22), 4, "Q3 2026/27", date(2026, 10, 1), date(2026, 12, 31)),
        (date(2099, 12, 31), 4, "Q3 2099/00", date(2099, 10, 1), date(2099, 12, 31)),
        (date(2026, 1, 1), 1, "Q1 2026", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2028, 2, 29), 12, "Q1 2027/28", date(2027, 12, 1), date(2028, 2, 29)),
        (date(2026, 8, 31), 9, "Q4 2025/26", date(2026, 6, 1), date(2026, 8, 31)),
    ],
)
def test_a_day_falls_in_its_quarter(on, start_month, label, starts, ends):
    found = periods.quarter_of(on, start_month)
    assert (found.label, found.starts, found.ends) == (label, starts, ends)


@pytest.mark.parametrize("start_month", range(1, 13))
def test_quarters_follow_one_another_without_gap_or_overlap(start_month):
    this = periods.quarter_of(date(2025, 6, 15), start_month)
    for _ in range(12):
        following = periods.after(this, start_month)
        assert following.starts == this.ends + timedelta(days=1)
        assert periods.before(following, start_month) == this
        assert periods.quarter(following.year, following.number, start_month) == following
        this = following


@pytest.mark.django_db
def test_the_last_period_that_is_over_is_not_the_one_that_ends_today():
    board = make_board().board
    assert periods.last_ended(board, date(2026, 6, 30)).label == "Q4 2025/26"
    assert periods.last_ended(board, date(2026, 7, 1)).label == "Q1 2026/27"
    assert periods.last_ended(board, date(2026, 1, 1)) is None
