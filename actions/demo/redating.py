"""Moves a published plan in time: its days, and every word about time that it prints, by the same number of months.

Pure. “July-September 2016” six months on is “January-March 2017”; the style of the words (Sept, 15, 2016/17) is kept.
Bare years and pairs of years move by whole years. What lies more than a year before the plan is history and stays.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

MONTHS = tuple(calendar.month_name[1:])
_SHORT = {name[:3]: number for number, name in enumerate(MONTHS, 1)} | {"Sept": 9}
_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)} | _SHORT
_MONTH = rf"\b({'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_YEAR = r"(20\d\d|[1-3]\d)(?!\d)"
_GAP = r"(\s*[-–]\s*)"
_DATED = re.compile(
    rf"{_MONTH}{_GAP}{_MONTH}(\s*){_YEAR}"  # July-Sep 2016
    rf"|{_MONTH}{_GAP}{_MONTH}\b"  # June - August
    rf"|(?:\b(\d\d?)(\s+))?{_MONTH}(\s*){_YEAR}"  # 30 September 2015, Jan 15, Sept2015
    r"|\b(20\d\d|[1-3]\d)([/–-])(20\d\d|[1-3]\d)(?!\d)"  # 2016/17, 16/17, 2015-2018
    r"|\b(20\d\d)(?!\d)"
)


def months_between(first: date, last: date) -> int:
    """Whole months from the month of one day to that of another."""
    return (last.year - first.year) * 12 + last.month - first.month


@dataclass(frozen=True)
class Shift:
    """So many months on, for a plan whose own first year was `first_year`."""

    months: int
    first_year: int

    @property
    def years(self) -> int:
        """The nearest whole number of years; half a year counts down, so that a year from October keeps its name."""
        return (self.months + 5) // 12

    def day(self, day: date) -> date:
        """The same day so many months on; the last of a month becomes the last of a month."""
        year, month = self._on(day.year, day.month)
        last = calendar.monthrange(year, month)[1]
        ended = day.day == calendar.monthrange(day.year, day.month)[1]
        return date(year, month, last if ended else min(day.day, last))

    def words(self, text: str) -> str:
        """The same words, so many months on."""
        return _DATED.sub(self._moved, text)

    def _on(self, year, month):
        total = year * 12 + month - 1 + self.months
        return total // 12, total % 12 + 1

    def _is_history(self, year):
        return year < self.first_year - 1

    def _moved(self, found):
        first, gap, last, space, year, from_, between, to, day, after, month, room, its_year, one, sign, two, bare = (
            found.groups()
        )
        if first:
            return self._range(found[0], first, gap, last, space, year)
        if from_:
            return (
                self._name(from_, self._on(2000, _NUMBERS[from_])[1])
                + between
                + self._name(to, self._on(2000, _NUMBERS[to])[1])
            )
        if month:
            return self._one(found[0], day, after, month, room, its_year)
        if bare:
            return found[0] if self._is_history(int(bare)) else str(int(bare) + self.years)
        if self._is_history(_whole(one)):
            return found[0]
        return _like(one, _whole(one) + self.years) + sign + _like(two, _whole(two) + self.years)

    def _range(self, text, first, gap, last, space, year):
        ends = _whole(year)
        if self._is_history(ends):
            return text
        begins = ends - (_NUMBERS[first] > _NUMBERS[last])
        start_year, start = self._on(begins, _NUMBERS[first])
        end_year, end = self._on(ends, _NUMBERS[last])
        said = "" if start_year == end_year else space + _like(year, start_year)
        return self._name(first, start) + said + gap + self._name(last, end) + space + _like(year, end_year)

    def _one(self, text, day, after, month, room, year):
        if self._is_history(_whole(year)):
            return text
        if day:
            moved = self.day(date(_whole(year), _NUMBERS[month], int(day)))
            return f"{moved.day}{after}{self._name(month, moved.month)}{room}{_like(year, moved.year)}"
        on_year, number = self._on(_whole(year), _NUMBERS[month])
        return self._name(month, number) + room + _like(year, on_year)

    @staticmethod
    def _name(written, number):
        """The name of a month, as short as the one it stands in for."""
        name = MONTHS[number - 1]
        if written in MONTHS:  # May is as long as it is short
            return name
        return "Sept" if number == 9 and len(written) == 4 else name[:3]


def _whole(year):
    return int(year) if len(year) == 4 else 2000 + int(year)


def _like(written, year):
    return str(year) if len(written) == 4 else f"{year % 100:02}"
