"""Which words name a day or a stretch of time, and which days they are: "Sept2015", "end of Q2 2016/17".

`Words` cuts a text into tokens, each method of `Grammar` reads one kind of phrase at one place, and `find` walks
the text once. Which year an unfinished date belongs to, and what the days promise, is decided in timescales.py.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import Enum
from typing import Generic, Literal, NamedTuple, TypeVar

Days = tuple[date, date]
T = TypeVar("T")

YEARS = range(1990, 2100)


class Lead(Enum):
    """How the words before a date use it."""

    PLAIN = """in, on, at, for, of, the, this, next, coming, expected, planned, scheduled, date, monday, mon, tuesday,
        tue, tues, wednesday, wed, weds, thursday, thu, thur, thurs, friday, fri, saturday, sat, sunday, sun"""
    UNTIL = "until, till, to, up to"
    BY = """by, no later than, not later than, not after, latest, due, due date, deadline, target,
        target date, end date, finish, finishes, finishing, to be completed by, completed by, complete by, completion,
        completion date, ends, ending"""
    FROM = """from, since, start, start date, starts, starting, commence, commences, commencing, begin, begins,
        beginning, effective, with effect from, wef, not before, no earlier than, not earlier than, not until"""
    BEFORE = "before, prior to, ahead of, in advance of"
    AFTER = "after, following"
    DURING = "during, throughout, over, across, within, in the course of"
    BETWEEN = "between"
    END = "end, end of, close of, last day of"
    START = "start of, beginning of, first day of"
    VAGUE = "early, mid, middle of, late, around, about, approximately, approx, circa, towards"


class Cue(Enum):
    """Words about time that are no date."""

    ONGOING = """ongoing, on going, continuous, continuously, continual, continually, continuing, rolling, always,
        permanent, permanently, regularly, indefinitely, business as usual, bau, throughout, onwards"""
    SOON = """as soon as possible, as soon as practicable, asap, urgent, urgently, straight away, without delay,
        promptly, short term, medium term, long term"""
    UNKNOWN = """tbc, tba, tbd, to be confirmed, to be agreed, to be determined, to be decided, to be set, not set,
        to be advised, not yet agreed, not yet known, not known, unknown, date to follow, no date, n a, not applicable,
        none, nil"""
    STATUS = """complete, completed, done, achieved, in place, closed, finished, delivered, in progress, underway,
        under way, on track, started, not started, embedded, overdue, withdrawn, implemented, actioned, signed off"""
    # An event that owns the years after it: the year in "linked to audit calendar 16/17" is the calendar's.
    POINTS = """in line with, linked to, links to, link to, in accordance with, according to, as per, aligned to,
        aligned with, in conjunction with, to coincide with, coincides with, alongside, dependent on, depending on,
        depends on, subject to, waiting for, awaiting, pending, see, refer to, as set out in, following, after,
        before, prior to, ahead of, until, upon, on completion of, in time for, as and when, as required, as needed,
        as necessary, ad hoc"""
    OPENS = "by, at, when, once, next, on, end of"  # an event too, but only where a clause opens with it


def phrases(listed: str) -> list[str]:
    """The phrases of a list with a comma between them, over as many lines as it takes."""
    return " ".join(listed.split()).split(", ")


class Phrases(Generic[T]):
    """What each phrase means, and every beginning of one, so that a reader knows when to stop."""

    def __init__(self, meanings: Mapping[str, T]) -> None:
        self.meanings = meanings
        self.openings = {phrase[: len(phrase) - i] for phrase in meanings for i in range(len(phrase))}


class Named(NamedTuple):
    """A stretch of some months within a year; `turn` is the month in which a year such as 2016/17 begins."""

    month: int
    length: int
    turn: Literal["board", "school"] = "board"
    from_turn: bool = False  # counted from the turn of the year and not from January
    why: str = ""


MONTHS = phrases("January, February, March, April, May, June, July, August, September, October, November, December")
LEADS = Phrases({phrase: lead for lead in Lead for phrase in phrases(lead.value)})
_CUES = Phrases({phrase: cue for cue in Cue for phrase in phrases(cue.value)})
_MONTHS = {form: n for n, name in enumerate(MONTHS, 1) for form in (name.casefold(), name[:3].casefold())}
_MONTHS["sept"] = 9
_LONG_MONTHS = [name.casefold() for name in MONTHS if len(name) > 5]
_COUNTS = {word: n for n, word in enumerate(phrases("one, two, three, four, five, six, seven, eight, nine, ten"), 1)}
_COUNTS |= {"eleven": 11, "twelve": 12, "eighteen": 18, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90}
_IN_MONTHS = {"month": 1, "quarter": 3, "term": 4, "year": 12}
_IN_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_SHORT_UNITS = {"wk": "week", "wks": "week", "mth": "month", "mths": "month", "yr": "year", "yrs": "year"}
_UNITS = Phrases(
    {form: unit for unit in _IN_MONTHS | _IN_DAYS for form in (unit, f"{unit}s", f"calendar {unit}s")}
    | {**_SHORT_UNITS, "annum": "year"}
)
_ADVERBS = {f"{unit}ly": unit for unit in _UNITS.meanings.values()}
_ADVERBS |= {"daily": "day", "annually": "year", "annual": "year"}
_ODD_INTERVALS = Phrases({"half termly": 2, "half yearly": 6, "biennial": 24, "biennially": 24})
_TWO_MEANINGS = Phrases(
    {"bimonthly": 2, "bi monthly": 2, "biannual": 6, "biannually": 6, "bi annual": 6, "bi annually": 6}
)
_INSTANT = Phrases({"immediate": 0, "immediately": 0, "with immediate effect": 0})
_WEEKS = Phrases({"w c": 0, "wc": 0, "w b": 0, "week commencing": 0, "week beginning": 0, "w e": -6, "week ending": -6})
_FEASTS = {"easter": "Easter Sunday", "christmas": "Christmas Day", "xmas": "Christmas Day"}
_YEAR_KINDS = {"financial": "board", "fiscal": "board", "fy": "board", "academic": "school", "school": "school"}
_YEAR_KINDS["calendar"] = ""
_JOINTS = ("-", "to", "until", "till", "through", "thru", "or")

_VARIES = "School term dates vary from place to place"
_SEASON = "A season has no exact dates"
_ROUGH = "This is not exact"
_RANKS = (("first", "st"), ("second", "nd"), ("third", "rd"), ("fourth", "th"), ("last", ""), ("final", ""))
_NAMED = Phrases(
    {
        form: Named(3 * min(n, 4) - 2, 3, from_turn=True)
        for n, (rank, nth) in enumerate(_RANKS, 1)
        for form in (f"q {n}", f"qtr {n}", f"quarter {n}", f"{n} {nth} quarter", f"{rank} quarter")[4 * (n > 4) :]
    }
    | {
        "first half": Named(1, 6),
        "second half": Named(7, 6),
        "h 1": Named(1, 6),
        "h 2": Named(7, 6),
        "spring term": Named(1, 3, "school", why=_VARIES),
        "summer term": Named(4, 4, "school", why=_VARIES),
        "autumn term": Named(9, 4, "school", why=_VARIES),
        "spring": Named(3, 3, why=_SEASON),
        "summer": Named(6, 3, why=_SEASON),
        "autumn": Named(9, 3, why=_SEASON),
        "winter": Named(12, 3, why=_SEASON),
        "early": Named(1, 4, why=_ROUGH),
        "mid": Named(5, 4, why=_ROUGH),
        "middle of": Named(5, 4, why=_ROUGH),
        "late": Named(9, 4, why=_ROUGH),
    }
)

_IGNORED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_TOKEN = re.compile(rf"[0-9]+|[^\W\d_](?:[{_IGNORED}]*[^\W\d_])*|[^\s\w]")
_ALIKE = str.maketrans({**dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys("‘’ʼ`", "'")})


def _fold(text: str) -> str:
    """The same text with look-alike characters and digits of other scripts made plain, each still in its own place."""
    digits = (str(unicodedata.decimal(char, char)) for char in text.translate(_ALIKE))
    plain = (unicodedata.normalize("NFKC", char) for char in digits)
    return "".join(new if len(new) == 1 else old for new, old in zip(plain, text, strict=True))


class Words:
    """A text as lower-case tokens: runs of letters, runs of digits, signs. Past either end they are empty."""

    def __init__(self, text: str) -> None:
        found = list(_TOKEN.finditer(_fold(text)))
        self._text = text
        self._spans = [match.span() for match in found]
        self._words = [re.sub(f"[{_IGNORED}]", "", match[0]).casefold() for match in found]

    def __len__(self) -> int:
        return len(self._words)

    def __getitem__(self, at: int) -> str:
        return self._words[at] if 0 <= at < len(self._words) else ""

    def number(self, at: int) -> int | None:
        """The number of up to four digits at this place."""
        word = self[at]
        return int(word) if len(word) <= 4 and word.isascii() and word.isdigit() else None

    def tight(self, at: int) -> bool:
        """Whether this token touches the one before it."""
        return 0 < at < len(self) and self._spans[at - 1][1] == self._spans[at][0]

    def joins(self, at: int) -> bool:
        """Whether this is a sign inside a date, as in 15-Jan-16."""
        return self[at] in ("-", "/", ".") and self.tight(at) and self.tight(at + 1)

    def quote(self, at: int, end: int) -> str:
        """The words as written, on one line."""
        if at >= end:
            return ""
        raw = re.sub(f"[{_IGNORED}]", "", self._text[self._spans[at][0] : self._spans[end - 1][1]])
        return " ".join("".join(char if char.isprintable() else " " for char in raw).split())

    def phrase(self, at: int, phrases: Phrases[T]) -> tuple[T, int] | None:
        """What the longest phrase that starts here means, and where it ends. "on-going" is "on going"."""
        best, said, i = None, self[at], at + 1
        while said in phrases.openings:
            if said in phrases.meanings:
                best = phrases.meanings[said], i
            i += self[i] in ("-", "/")
            said, i = f"{said} {self[i]}", i + 1
        return best


class Hints(NamedTuple):
    """What the caller knows beside the words."""

    year: int | None = None
    start_month: int = 4
    anchor: date | None = None


class Year(NamedTuple):
    """A year as written: 2016, 2016/17 (`split` over two calendar years), or a run of years such as 2016-2018."""

    end: int
    first: int
    last: int
    split: bool = False


class Part(NamedTuple):
    """A day or stretch of time as named. `days` turns a year into first and last day, or raises ValueError."""

    end: int
    days: Callable[[int], Days]
    year: int | None = None
    point: bool = False  # a day or month: due by its end, where a longer stretch is a window
    doubts: tuple[str, ...] = ()
    sort: Literal["dated", "year", "counted", "after an event"] = "dated"
    waits: str = ""  # what has to be known before the days can be

    @property
    def relative(self) -> bool:
        return self.sort in ("counted", "after an event")


class Leading(NamedTuple):
    """The words before a date, taken together."""

    role: Lead
    edge: Lead | None
    vague: str
    end: int


class Stretch(NamedTuple):
    """One date phrase: a part, or a range from one part to another."""

    at: int
    end: int
    lead: Leading
    first: Part
    last: Part | None = None
    last_lead: Leading | None = None
    onwards: bool = False

    @property
    def parts(self) -> tuple[Part, ...]:
        return (self.first, self.last) if self.last else (self.first,)

    @property
    def sort(self) -> str:
        return "dated" if any(part.sort == "dated" for part in self.parts) else self.first.sort

    @property
    def year(self) -> int | None:
        return next((part.year for part in reversed(self.parts) if part.year is not None), None)


class Interval(NamedTuple):
    """How often something happens, in whole months; `review` when the words say it is a review."""

    at: int
    end: int
    months: int
    review: bool
    doubts: tuple[str, ...]


class Finding(NamedTuple):
    """Everything about time in a text, in the order of the words."""

    words: Words
    stretches: list[Stretch]
    intervals: list[Interval]
    cues: list[tuple[Cue, int, int]]


def in_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def in_months(months: int) -> str:
    return "month" if months == 1 else f"{months} months"


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    next_month = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (next_month - timedelta(days=1)).day))


def _months(year: int, month: int, length: int) -> Days:
    first = add_months(date(year, 1, 1), month - 1)
    return first, add_months(first, length) - timedelta(days=1)


def _easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return date(year, month, day + 1)


def _never(year: int) -> Days:
    raise ValueError("there is no date to count from")


class Grammar:
    """Reads one kind of phrase at one place; None where the words are something else."""

    def __init__(self, words: Words, hints: Hints) -> None:
        self.words, self.hints = words, hints
        self.pointing = False  # in a clause that points to another document

    # Numbers, months and years

    def small_number(self, at: int) -> int:
        word = self.words[at]
        return _COUNTS.get(word) or (self.words.number(at) or 0 if len(word) < 4 else 0)

    def count(self, at: int) -> tuple[int, int] | None:
        """A quantity, or the larger of two ("6-8"), and where it ends."""
        first, second = self.small_number(at), self.small_number(at + 2)
        if not first:
            return None
        larger = self.words[at + 1] in ("-", "/", "to", "or") and second > first
        return (second, at + 3) if larger else (first, at + 1)

    def ordinal(self, at: int) -> bool:
        return self.words[at] in ("st", "nd", "rd", "th") and self.words.tight(at)

    def month(self, at: int) -> int | None:
        """The month named here, also by a slip of the pen before a number: "Febuary 2016"."""
        word = self.words[at]
        if word not in _MONTHS and 5 < len(word) < 12 and self.words.number(at + 1):
            word = next(iter(difflib.get_close_matches(word, _LONG_MONTHS, 1, 0.85)), "")
        return _MONTHS.get(word)

    def year(self, at: int, short: bool = False, alone: bool = False) -> Year | None:
        """A year; `short` allows two digits, as after a month, and `alone` reads no pair such as 2016/17."""
        words = self.words
        i = at + (words[at] == "'")
        number, size = words.number(i), len(words[i])
        if number is None or size not in (2, 4):
            return None
        first = number if size == 4 else number + (2000 if number < YEARS[0] % 100 else 1900)
        other, other_size = words.number(i + 2), len(words[i + 2])
        paired = words[i + 1] in ("/", "-") and other_size in (2, 4) and not self.day_then_month(i + 2)
        if other and paired and not alone:
            last = other if other_size == 4 else first // 100 * 100 + other
            successive = last - first in (1, -99) and (other_size == 2 or words[i + 1] == "/")
            if successive and (size == 4 or short or number > 12):
                return Year(i + 3, first, first + 1, split=True)
            if size == 4 and first < last <= first + 20 and (other_size == 4 or other > 12):
                return Year(i + 3, first, last)
        clock = words[i + 1] == ":" and words.tight(i + 2) and words.number(i + 2) is not None
        return Year(i + 1, first, first) if size == 4 or (short and not clock) else None

    def given_year(self, at: int) -> tuple[Year | None, int]:
        """The year after a quarter, term or season, as in "of 2016" or "FY 2016/17", and where it ends."""
        i = at
        while self.words[i] in (",", "of", "in", "the", "(", "-", "year") or self.words[i] in _YEAR_KINDS:
            i += 1
        found = self.year(i, short=i == at or self.words[i - 1] in _YEAR_KINDS)
        return (found, found.end) if found and (found.split or found.first == found.last) else (None, at)

    # The parts of a date

    def part(self, at: int) -> Part | None:
        readers = [self.numeric, self.day_then_month, self.month_then_day, self.week, self.named, self.feast]
        readers += [self.whole_month, self.plan_year, self.whole_year, self.current, self.duration]
        return next((part for read in readers if (part := read(at))), None)

    def a_day(self, end: int, day: int, month: int, year: int | None, *doubts: str) -> Part:
        return Part(self.past_clock(end), lambda of: (date(of, month, day),) * 2, year, True, doubts)

    def a_month(self, end: int, month: int, year: Year | None, *doubts: str) -> Part:
        later = 12 * bool(year and year.split and month < self.hints.start_month)
        return Part(end, lambda of: _months(of, month + later, 1), year.first if year else None, True, doubts)

    def past_clock(self, at: int) -> int:
        """Past a time of day: "00:00:00", "T09:30Z"."""
        words = self.words
        i = at + (words[at] == "t")
        if words.number(i) is None or words[i + 1] != ":" or words.number(i + 2) is None:
            return at
        i += 3
        while words.tight(i) and (words[i] in (":", ".", "z", "+") or words[i].isdigit()):
            i += 1
        return i

    def numeric(self, at: int) -> Part | None:
        """2019-03-31, 31/03/19 (British: the day first), 09/2015, 2015-09."""
        words, sign = self.words, self.words[at + 1]
        a, b, c = (words.number(at + k) for k in (0, 2, 4))
        size_a, size_b = len(words[at]), len(words[at + 2])
        if a is None or b is None or not (sign == "/" or words.joins(at + 1)):
            return None
        if c is None or words[at + 3] != sign:
            if (size_a, size_b) == (4, 2) and (year := self.year(at)) and year.first == year.last:
                a, b, size_b = b, a, 4
            return self.a_month(at + 3, a, Year(at + 3, b, b)) if size_b == 4 and 1 <= a <= 12 else None
        if size_a == 4:
            return self.a_day(at + 5, c, b, a)
        year = self.year(at + 4, short=True)
        if year is None or max(size_a, size_b) > 2:
            return None
        if b > 12 >= a:
            doubt = f'"{words.quote(at, at + 5)}" was read with the month first, as there is no month {b}.'
            return self.a_day(at + 5, b, a, year.first, doubt)
        return self.a_day(at + 5, a, b, year.first)

    def day_then_month(self, at: int) -> Part | None:
        """1st April 2018, 15-Jan-16, 30 June."""
        words, number = self.words, self.words.number(at)
        if number is None or len(words[at]) > 2:
            return None
        i = at + 1 + self.ordinal(at + 1)
        i += words[i] == "of" or words.joins(i)
        month = self.month(i)
        if month is None:
            return None
        i += 1
        year = self.year(i + (words.joins(i) or words[i] == ","), short=words[i] != ",", alone=True)
        if year is None or (len(words[year.end - 1]) == 2 and self.month(year.end)):
            return self.a_day(i, number, month, None)
        return self.a_day(year.end, number, month, year.first)

    def month_then_day(self, at: int) -> Part | None:
        """March 31st 2016, Jan 15, 2016. "Jan 15" is January 2015, unless that is far from the years of the plan."""
        words, month, number = self.words, self.month(at), self.words.number(at + 1)
        if month is None or number is None or len(words[at + 1]) > 2:
            return None
        i = at + 2 + self.ordinal(at + 2)
        if words[i].isalpha() and words.tight(i):
            return None  # "Mar 2O19", with a letter for a nought
        year = self.year(i + (words[i] == ","), alone=True)
        if year:
            return self.a_day(year.end, number, month, year.first)
        far = self.hints.year is not None and abs(2000 + number - self.hints.year) > 5 and 1 <= number <= 31
        return self.a_day(i, number, month, None) if far or i > at + 2 else None

    def whole_month(self, at: int) -> Part | None:
        """Sept2015, Jan 15, Mar-19, March 2016/17, June."""
        words, month = self.words, self.month(at)
        if month is None:
            return None
        i = at + 1 + (words[at + 1] == "." and words.tight(at + 1))
        spoken = words[i] in (",", "of", "in")
        i += spoken or words.joins(i)
        year = self.year(i, short=not spoken)
        if year and year.last > year.first and not year.split:
            year = self.year(i, alone=True)
        if year is None and not self.is_month_not_verb(at):
            return None
        end = year.end if year else at + 1
        doubts = []
        if words[at] not in _MONTHS:
            doubts.append(f'"{words.quote(at, at + 1)}" was read as {MONTHS[month - 1]}.')
        if year and year.split:
            doubts.append(f'"{words.quote(at, end)}" was read as {MONTHS[month - 1]} in that financial year.')
        return self.a_month(end, month, year, *doubts)

    def is_month_not_verb(self, at: int) -> bool:
        """Whether "may" or "march" without a year is the month: in "May need more staff" it is not."""
        before, word, after = (self.words[at + k] for k in (-1, 0, 1))
        if word not in ("may", "mar", "march") or before in ("-", "/", "to"):
            return True
        capital = self.words.quote(at, at + 1)[0].isupper()
        return after in (*_JOINTS, "/", "and", "&") or (capital and not after.isalpha())

    def week(self, at: int) -> Part | None:
        """w/c 3 June 2019, week ending 7 June 2019."""
        offset, i = self.words.phrase(at, _WEEKS) or (0, at)
        i += i > at and self.words[i] in (":", "the")
        day = (self.numeric(i) or self.day_then_month(i)) if i > at else None
        if day is None:
            return None
        on = day.days

        def days(of: int) -> Days:
            first = on(of)[0] + timedelta(days=offset)
            return first, first + timedelta(days=6)

        return day._replace(days=days, point=offset < 0)

    def named(self, at: int) -> Part | None:
        """Q2 2016/17, 2016/17 Q2, first half of 2018, spring term 2018, winter 2018/19, mid-2018."""
        words, year = self.words, self.year(at)
        i = year.end + (words[year.end] in (",", "-", ":")) if year else at
        found = words.phrase(i, _NAMED)
        if found is None or (year and not found[0].from_turn):
            return None
        named, end = found
        if words[end] == "/" and words.number(end + 1) == named.month // 3 + 2 <= 4 and named.from_turn:
            named, end = named._replace(length=6), end + 2
        year, end = (year, end) if year else self.given_year(end)
        if year is None and not named.from_turn and named.why in ("", _ROUGH):
            return None  # "early", or the first half of something else
        turn = 9 if named.turn == "school" else self.hints.start_month
        month = named.month
        if named.from_turn or (year and year.split and named.why in ("", _ROUGH)):
            month += turn - 1
        elif year and year.split and month < turn:
            month += 12
        first, last = MONTHS[(month - 1) % 12], MONTHS[(month + named.length - 2) % 12]
        doubts: tuple[str, ...] = ()
        if named.why:
            doubts = (f'{named.why}: "{words.quote(at, end)}" was taken as {first} to {last}.',)
        elif named.from_turn and year and not year.split and turn != 1:
            which = f"{year.first}/{(year.first + 1) % 100:02}"
            doubts = (f'"{words.quote(at, end)}" was read as that quarter of the year {which}.',)
        return Part(end, lambda of: _months(of, month, named.length), year and year.first, doubts=doubts)

    def feast(self, at: int) -> Part | None:
        """Easter 2017, Christmas 2016."""
        name = _FEASTS.get(self.words[at])
        if name is None:
            return None
        year, end = self.given_year(at + 1)

        def days(of: int) -> Days:
            return (_easter(of) if name == "Easter Sunday" else date(of, 12, 25),) * 2

        doubt = f'"{self.words.quote(at, end)}" was taken as {name}.'
        return Part(end, days, year.first if year else None, point=True, doubts=(doubt,))

    def whole_year(self, at: int) -> Part | None:
        """2016, 2016/17, academic year 2017/18, 2016-2018."""
        words, i, turn = self.words, at, None
        if words[i] == "fy" or (words[i] in _YEAR_KINDS and words[i + 1] == "year"):
            turn, i = _YEAR_KINDS[words[i]], i + 1
        i += words[i] == "year"
        year = self.year(i, short=words[at] == "fy")
        if year is None:
            return None
        end = year.end
        if turn is None and words[end] in _YEAR_KINDS and words[end + 1] == "year":
            turn, end = _YEAR_KINDS[words[end]], end + 2
        turn = turn or ("board" if year.split else "")
        month = {"board": self.hints.start_month, "school": 9, "": 1}[turn]
        length = 12 if year.split else 12 * (year.last - year.first + 1)
        doubts: tuple[str, ...] = ()
        if not year.split or turn == "school":
            last = year.first + (month + length - 2) // 12
            span = f"{MONTHS[month - 1]} {year.first} to {MONTHS[month - 2]} {last}"
            doubts = (f'"{words.quote(at, end)}" gives no month: it was taken as {span}.',)
        sort: Literal["dated", "year"] = "year" if i == at else "dated"
        return Part(end, lambda of: _months(of, month, length), year.first, doubts=doubts, sort=sort)

    # Dates that are counted from another

    def plan_year(self, at: int) -> Part | None:
        """Year 2 of the plan; from Year 6 on it is more likely a class in a school."""
        number, hints = self.small_number(at + 1), self.hints
        if self.words[at] not in ("year", "yr") or not 1 <= number <= 5:
            return None
        said = self.words.quote(at, at + 2)
        first = date(hints.year, hints.start_month, 1) if hints.year else hints.anchor
        if first is None:
            return Part(at + 2, _never, sort="counted", waits=f'"{said}" waits for the date on which the plan began.')

        def days(of: int) -> Days:
            begins = add_months(first, 12 * (number - 1))
            return begins, add_months(begins, 12) - timedelta(days=1)

        doubt = f'"{said}" was counted from {in_words(first)}.'
        return Part(at + 2, days, first.year, doubts=(doubt,), sort="counted")

    def current(self, at: int) -> Part | None:
        """The month, quarter or year we are in, or the next one: "end of the month", "year end", "next quarter"."""
        words = self.words
        i = at + (words[at] in _YEAR_KINDS)
        unit, end = words[i], i + 1
        if unit not in ("month", "quarter", "year") or (i > at and unit != "year") or words[end] == "of":
            return None
        at_end = words[end + (words[end] == "-")] == "end"
        if at_end:
            end += 1 + (words[end] == "-")
        elif words[at - 1] not in ("the", "this", "next", "coming", "of", "end"):
            return None
        turn = "board" if unit == "quarter" else _YEAR_KINDS.get(words[at], "")
        opens = {"board": self.hints.start_month, "school": 9, "": 1}[turn]
        today = self.hints.anchor
        if today is None and unit == "year" and self.hints.year:
            today = date(self.hints.year, opens, 1)
        if today is None:
            return Part(end, _never, sort="counted", waits=f"The words do not say which {unit} is meant.")
        ahead, length = "next" in (words[at - 1], words[at - 2]), _IN_MONTHS[unit]
        first = today.replace(day=1)

        def days(of: int) -> Days:
            begins = add_months(first, ahead * length - (first.month - opens) % length)
            return begins, add_months(begins, length) - timedelta(days=1)

        which = "the one after that of" if ahead else "that of"
        doubt = f"The {unit} was taken as {which} {in_words(today)}, which is not in the words."
        point = at_end or unit == "month"
        return Part(end, days, today.year, point=point, doubts=(doubt,), sort="counted")

    def duration(self, at: int) -> Part | None:
        """12 months, six weeks of approval, immediately: counted from the anchor, or from a date they name."""
        words, begins, whence, event = self.words, self.hints.anchor, "which is not in the words", ""
        number, i = (1, at + 1) if words[at] in ("a", "an") else self.count(at) or (0, at)
        unit, end = (number and words.phrase(i + (words[i] == "-"), _UNITS)) or ("", at)
        if instant := words.phrase(at, _INSTANT):
            number, unit, end = 0, "day", instant[1]
        if not unit:
            return None
        said, whole_month = words.quote(at, end), False
        if number and words[end] in ("of", "from", "after", "following", "post", "since"):
            tail = end + 1 + (words[end + 1] == "the")
            day = self.numeric(tail) or self.day_then_month(tail) or self.whole_month(tail)
            end = day.end if day else self.clause_end(tail)
            event = words.quote(tail, end)
            whence = f'which was taken for "{event}"'
            if day and day.year:
                try:
                    first, begins = day.days(day.year)
                    whole_month, whence = first < begins, "the date in the words"
                except ValueError:
                    return day
        if begins is None and event:
            return Part(end, _never, sort="after an event", waits=f'"{said}" waits for the date of "{event}".')
        if begins is None:
            return Part(end, _never, sort="counted", waits=f'"{said}" waits for a date to count from.')

        def days(of: int) -> Days:
            if unit in _IN_MONTHS:
                later = add_months(begins, number * _IN_MONTHS[unit])
                return (_months(later.year, later.month, 1)[1] if whole_month else later,) * 2
            return (begins + timedelta(days=number * _IN_DAYS[unit]),) * 2

        doubts = [f'"{said}" was counted from {in_words(begins)}, {whence}.']
        if number and i == at + 3:
            doubts.append(f'"{said}" gives two lengths of time: the longer was taken.')
        return Part(end, days, begins.year, point=True, doubts=tuple(doubts), sort="counted")

    def clause_end(self, at: int) -> int:
        while at < len(self.words) and self.words[at] not in (",", ";", ".", "(", ")", "-", ":"):
            at += 1
        return at

    # Whole phrases

    def leading(self, at: int) -> Leading:
        role, edge, vague, i = Lead.PLAIN, None, "", at
        for _ in range(6):
            found = None if self.named(i) else self.words.phrase(i, LEADS)
            if found is None:
                break
            lead, end = found
            if lead in (Lead.END, Lead.START):
                edge = lead
            elif lead is Lead.VAGUE:
                vague = self.words.quote(i, end)
            elif lead is not Lead.PLAIN:
                role = lead
            i = end + (self.words[end] in (":", "-"))
        return Leading(role, edge, vague, i)

    def stretch(self, at: int) -> Stretch | None:
        """A date and the words that lead to it: "by the end of March 2016", "from July to September 2016"."""
        words, lead = self.words, self.leading(at)
        if words.number(at) is not None and words.joins(at - 1):
            return None  # the 10 of "2.10 March 2016"
        first = self.part(lead.end)
        listed = None if first else self.day_before_day(lead.end)
        first = first or listed
        if first is None or (lead.end == at and self.is_aside(first, at)):
            return None
        joint, last, last_lead, end = words[first.end], None, None, first.end
        both = joint in ("and", "&") and (listed is not None or lead.role is Lead.BETWEEN)
        if both or joint in _JOINTS or (joint == "/" and (listed or first.year is None)):
            last_lead = self.leading(first.end + 1)
            last = self.part(last_lead.end)
            if last and (last.relative or first.relative):
                last = None
            end = last.end if last else end
        after = end + (words[end] == "and")
        onwards = words[after] in ("onward", "onwards", "forward", "forwards")
        return Stretch(at, after + 1 if onwards else end, lead, first, last, last_lead, onwards)

    def day_before_day(self, at: int) -> Part | None:
        """The 1 of "1-30 June 2016"."""
        number, i = self.words.number(at), at + 1 + self.ordinal(at + 1)
        if number is None or len(self.words[at]) > 2 or self.words[i] not in (*_JOINTS, "/", "&", "and"):
            return None
        later = self.day_then_month(i + 1)
        return Part(i, lambda of: (later.days(of)[0].replace(day=number),) * 2, point=True) if later else None

    def is_aside(self, part: Part, at: int) -> bool:
        """Whether what looks like a date, with no word to lead to it, belongs to the sentence around it."""
        before = self.words[at - 1]
        if part.relative:
            return self.words[at] in ("a", "an") or (before.isalnum() and before not in ("and", "then"))
        return part.sort == "year" and self.pointing

    def interval(self, at: int) -> Interval | None:
        """Quarterly, reviewed every six months, twice a year."""
        words, i, review = self.words, at, self.words[at].startswith("review")
        i += review
        while review and words[i] in ("on", "a", "at", "least", "to", "take", "place", "be", "held"):
            i += 1
        found = self.frequency(i)
        if found is None:
            return None
        months, end, doubts = found
        while words[end] in ("basis", "interval", "intervals"):
            end += 1
        after = words[end].startswith("review")
        return Interval(at, end + after, months, review or after, doubts)

    def frequency(self, at: int) -> tuple[int, int, tuple[str, ...]] | None:
        words = self.words
        if plain := words.phrase(at, _ODD_INTERVALS):
            return *plain, ()
        if double := words.phrase(at, _TWO_MEANINGS):
            doubt = f'"{words.quote(at, double[1])}" has two meanings: it was taken as every {in_months(double[0])}.'
            return *double, (doubt,)
        if words[at] in ("every", "each", "per"):
            if self.month(at + 1):
                return 12, at + 1, ()
            number, i = (2, at + 2) if words[at + 1] == "other" else self.count(at + 1) or (1, at + 1)
            unit = words.phrase(i, _UNITS)
            return self.every(number, unit[0], at, unit[1]) if unit else None
        number, i = self.count(at) or (1, at)
        dash = i + (words[i] == "-")
        if words[dash] in _ADVERBS:
            return self.every(number, _ADVERBS[words[dash]], at, dash + 1)
        if words[at] in ("once", "twice"):
            times, i = 1 + (words[at] == "twice"), at + 1
        elif i > at and words[i] == "times":
            times, i = number, i + 1
        else:
            return None
        named, end = words.phrase(i + (words[i] in ("a", "per", "each", "every")), _UNITS) or ("", i + 1)
        months = _IN_MONTHS.get(named or _ADVERBS.get(words[i], ""), 0)
        return (months // times, end, ()) if months >= times else None

    def every(self, number: int, unit: str, at: int, end: int) -> tuple[int, int, tuple[str, ...]] | None:
        months = number * _IN_MONTHS.get(unit, 0) or max(1, round(number * _IN_DAYS.get(unit, 0) / 30.4))
        if months > 120:
            return None
        exact = unit in _IN_MONTHS and unit != "term"
        return months, end, () if exact else (f'"{self.words.quote(at, end)}" was taken as every {in_months(months)}.',)


def find(text: str, hints: Hints) -> Finding:
    """Walk the words once and say what they hold about time."""
    words = Words(text)
    grammar = Grammar(words, hints)
    found = Finding(words, [], [], [])
    at = 0
    while at < len(words):
        if interval := grammar.interval(at):
            found.intervals.append(interval)
            at = interval.end
        elif stretch := grammar.stretch(at):
            found.stretches.append(stretch)
            at = stretch.end
        else:
            cue, end = words.phrase(at, _CUES) or (None, at + 1)
            if cue:
                found.cues.append((cue, at, end))
            if cue is Cue.POINTS or words[at] in (",", ";", ".", "(", ")"):
                grammar.pointing = cue is Cue.POINTS
            at = end
    return found
