"""When things happen in the demo: three quarters with a round each that has closed, and one whose round is open.

Everything is counted from the day of loading, so that it holds whatever that day is; no clock is asked.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from boards.periods import Quarter, before, quarter_of

CLOSED = 3


def moment(day: date, hour=9, minute=0) -> datetime:
    """A recorded moment, London time."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def working(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


@dataclass(frozen=True)
class Asking:
    """The dates of one round."""

    opens: date
    due: date
    grace_ends: date
    closes: date


@dataclass(frozen=True)
class Calendar:
    """The demo's own calendar on the day it is loaded."""

    on: date
    start_month: int = 4

    @property
    def quarters(self) -> list[Quarter]:
        """The three that have closed and the one the day is in, oldest first."""
        found = [quarter_of(self.on, self.start_month)]
        for _ in range(CLOSED):
            found.append(before(found[-1], self.start_month))
        return found[::-1]

    @property
    def set_up(self) -> date:
        """When the board was entered."""
        return working(self.quarters[0].starts - timedelta(days=40))

    @property
    def agreed(self) -> date:
        """When the board agreed the plan: before the first quarter it is reported for."""
        return working(self.quarters[0].starts - timedelta(days=12))

    def meeting(self, number: int) -> date:
        """The sub-group's meeting in the middle of a closed quarter."""
        return working(self.quarters[number].starts + timedelta(days=44))

    def asking(self, number: int) -> Asking:
        """The round of a quarter. The open one opened a week ago, unless its quarter is younger than that."""
        quarter = self.quarters[number]
        if number < CLOSED:
            ends = quarter.ends
            return Asking(*(ends - timedelta(days=days) for days in (20, 7, 3, 0)))
        opens = max(quarter.starts, self.on - timedelta(days=7))
        due = self.on + timedelta(days=14)
        return Asking(opens, due, due + timedelta(days=7), due + timedelta(days=10))

    def said(self, number: int, part: float) -> datetime:
        """A moment in a closed round, `part` of the way from its opening to its due day."""
        asking = self.asking(number)
        minutes = int(((asking.due - asking.opens).days - 2) * part * 24 * 60)
        day = working(asking.opens + timedelta(days=2 + minutes // (24 * 60)))
        return moment(day, 9 + minutes % 8, minutes % 60)

    def said_now(self, part: float) -> datetime:
        """A moment in the open round that is past at the time of loading, whatever the hour."""
        opens = self.asking(CLOSED).opens
        days = (self.on - opens).days
        minutes = int(part * 480)
        if days < 1:
            return moment(self.on, 0, 1) + timedelta(minutes=minutes // 60)
        day = opens + timedelta(days=int(part * days))
        return moment(day, 9 + minutes // 60 % 8, minutes % 60)
