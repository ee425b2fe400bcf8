"""What a quarter is: its days, its label, which one a day falls in. Quarters are financial unless the board says so."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone


class Quarter(NamedTuple):
    """A quarter of a board's year: the year is the one its first quarter starts in."""

    year: int
    number: int
    starts: date
    ends: date

    @property
    def label(self) -> str:
        """As boards write it: "Q2 2026/27", or "Q2 2026" where the board's year is the calendar's."""
        if self.starts.month == 3 * self.number - 2:
            return f"Q{self.number} {self.year}"
        return f"Q{self.number} {self.year}/{(self.year + 1) % 100:02}"


def quarter(year: int, number: int, start_month: int = 4) -> Quarter:
    """Quarter `number` (1 to 4) of the board's year that starts in `year`."""
    starts = _months_on(date(year, start_month, 1), 3 * (number - 1))
    return Quarter(year, number, starts, _months_on(starts, 3) - timedelta(days=1))


def quarter_of(on: date, start_month: int = 4) -> Quarter:
    """The quarter that a day falls in."""
    months_in = (on.month - start_month) % 12
    year = on.year if on.month >= start_month else on.year - 1
    return quarter(year, months_in // 3 + 1, start_month)


def before(this: Quarter, start_month: int = 4) -> Quarter:
    """The quarter before."""
    return quarter_of(this.starts - timedelta(days=1), start_month)


def after(this: Quarter, start_month: int = 4) -> Quarter:
    """The quarter after."""
    return quarter_of(this.ends + timedelta(days=1), start_month)


def next_to_add(board, on: date) -> Quarter:
    """The quarter after the board's last reporting period; the one of today where there is none yet."""
    start_month = board.quarter_start_month
    last = board.reportingperiod_set.order_by("ends").last()
    return after(quarter_of(last.ends, start_month), start_month) if last else quarter_of(on, start_month)


def last_ended(board, on: date):
    """The board's last reporting period that is over on a day; None where there is none."""
    return board.reportingperiod_set.filter(ends__lt=on).order_by("ends").last()


def first_moment(day: date) -> datetime:
    """The moment a London day begins."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def last_moment(day: date) -> datetime:
    """The last moment of a London day."""
    return first_moment(day + timedelta(days=1)) - timedelta(microseconds=1)


def _months_on(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, day.day)
