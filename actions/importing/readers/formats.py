"""How a spreadsheet prints a number or a day in a cell, by the cell's number format. Pure.

Of the formats that a board may meet: decimals, thousands, percentages, currencies, leading noughts, words around a
number, exponents, dates and times. Conditions and fractions print as plain numbers.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

GENERAL = "General"
SHORT_DATE = "dd/mm/yyyy"
"""What the format "short date of this computer" (number 14) prints on a British one."""
LATEST_SERIAL = 2_958_465
NUMBERED = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "£#,##0", 6: "£#,##0", 7: "£#,##0.00", 8: "£#,##0.00", 9: "0%",
    10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: SHORT_DATE, 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "hh:mm", 21: "hh:mm:ss", 22: f"{SHORT_DATE} hh:mm", 37: "#,##0",
    38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: '#,##0;-#,##0;"-"', 42: '£#,##0;-£#,##0;"-"',
    43: '#,##0.00;-#,##0.00;"-"', 44: '£#,##0.00;-£#,##0.00;"-"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""The formats that a workbook names by number only, as a British computer prints them."""
MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]  # fmt: skip
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.?)|_(?P<space>.?)|\*(?P<fill>.?)|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<half>AM/PM|am/pm|A/P|a/p)|(?P<general>General)|(?P<exponent>[Ee][+-])"
    r"|(?P<day>y+|m+|d+|h+|s+(?:\.0+)?)|(?P<digit>[0#?])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CURRENCY = re.compile(r"\$([^-]*)")
_ELAPSED = re.compile(r"^(h+|m+|s+)$", re.IGNORECASE)

Token = tuple[str, str]


@dataclass(frozen=True)
class Format:
    """A number format that has been understood."""

    show: Callable[[str], str]
    """What it prints for a number, which is given as the file writes it."""
    is_date: bool = False
    """Whether what it prints is a day or a part of one."""


@lru_cache(maxsize=4_096)
def format_of(code: str) -> Format:
    """The format behind a code such as "0.00%" or "dd mmm yyyy"."""
    sections = _sections(code)
    tokens = [list(_tokens(section)) for section in sections]
    if any(kind == "day" and text[0].lower() in "ymdhs" for kind, text in tokens[0]):
        is_date = any(kind == "day" and text[0].lower() in "yd" for kind, text in tokens[0])
        months = [text for kind, text in tokens[0] if kind == "day" and text[0].lower() == "m"]
        clock = any(kind == "day" and text[0].lower() in "hs" for kind, text in tokens[0])
        return Format(lambda number: _show_moment(number, tokens[0]), is_date or bool(months and not clock))
    if code in {"", "@"} or [kind for kind, _ in tokens[0]] == ["general"]:
        return Format(general)
    return Format(lambda number: _show_number(number, tokens))


def day_of(number: str) -> date | None:
    """The day behind a serial number; nothing for a time of day alone."""
    try:
        serial = float(number)
    except ValueError:
        return None
    moment = _moment(serial) if serial >= 1 else None
    return moment.date() if moment else None


def _moment(serial: float) -> datetime | None:
    """1900 had a 29 February in the first spreadsheets, and so in all since."""
    if not 0 <= serial < LATEST_SERIAL + 1:
        return None
    start = datetime(1899, 12, 31 if serial < 60 else 30)
    try:
        return start + timedelta(days=int(serial), seconds=round((serial - int(serial)) * 86_400))
    except OverflowError:
        return None


def general(number: str) -> str:
    """A number without a format: up to 15 digits, no exponent where it can be helped, no nought after the point."""
    try:
        value = float(number)
    except ValueError:
        return number
    if value != value or value in (float("inf"), float("-inf")):
        return number
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    short = f"{value:.15g}"
    if "e" in short and 1e-9 < abs(value) < 1e15:
        short = f"{Decimal(short):f}"
    return short.upper()


def _sections(code: str) -> list[str]:
    """Formats for positive, negative, nought and text, parted by semicolons outside quotes."""
    parts: list[str] = []
    current: list[str] = []
    for match in _TOKEN.finditer(code):
        if match["other"] == ";":
            parts.append("".join(current))
            current = []
        else:
            current.append(match[0])
    return [*parts, "".join(current)]


def _tokens(section: str) -> list[Token]:
    tokens: list[Token] = []
    for match in _TOKEN.finditer(section):
        kind, text = match.lastgroup or "other", match[match.lastgroup or 0] or ""
        if kind in {"quoted", "escaped"}:
            tokens.append(("literal", text))
        elif kind == "space":
            tokens.append(("literal", " "))
        elif kind == "bracket" and (found := _CURRENCY.match(text)):
            tokens.append(("literal", found[1]))
        elif kind == "bracket" and _ELAPSED.match(text):
            tokens.append(("day", f"[{text}]"[1:2] + "!"))
        elif kind in {"day", "digit", "general", "exponent", "half"}:
            tokens.append((kind, text))
        elif kind == "other":
            tokens.append(("mark" if text in ".,%/@" else "literal", text))
    return tokens


def _show_moment(number: str, tokens: list[Token]) -> str:
    try:
        serial = float(number)
    except ValueError:
        return number
    moment = _moment(serial)
    if moment is None:
        return general(number)
    half = any(kind == "half" for kind, _ in tokens)
    shown = []
    for place, (kind, text) in enumerate(tokens):
        if kind == "day":
            shown.append(_part_of_moment(moment, serial, text, _is_minutes(tokens, place), half))
        elif kind == "half":
            shown.append("AM" if moment.hour < 12 else "PM")
        elif kind != "mark" or text != "@":
            shown.append(text)
    return "".join(shown).strip()


def _is_minutes(tokens: list[Token], place: int) -> bool:
    """An m is minutes right after hours, or right before seconds."""
    before = [text[0].lower() for kind, text in tokens[:place] if kind == "day"]
    after = [text[0].lower() for kind, text in tokens[place + 1 :] if kind == "day"]
    return before[-1:] == ["h"] or after[:1] == ["s"]


def _part_of_moment(moment: datetime, serial: float, text: str, minutes: bool, half: bool) -> str:
    letter, length = text[0].lower(), len(text)
    if text.endswith("!"):
        return str({"h": int(serial * 24), "m": int(serial * 1_440), "s": int(serial * 86_400)}[letter])
    if letter == "y":
        return f"{moment.year:04d}" if length > 2 else f"{moment.year % 100:02d}"
    if letter == "m" and not minutes:
        month = MONTHS[moment.month - 1]
        return {1: str(moment.month), 2: f"{moment.month:02d}", 3: month[:3], 4: month, 5: month[0]}.get(length, month)
    if letter == "d" and length > 2:
        weekday = WEEKDAYS[moment.weekday()]
        return weekday[:3] if length == 3 else weekday
    hour = (moment.hour % 12 or 12) if half else moment.hour
    number = {"d": moment.day, "h": hour, "m": moment.minute, "s": moment.second}[letter]
    return f"{number:02d}" if length > 1 else str(number)


def _show_number(number: str, sections: list[list[Token]]) -> str:
    try:
        value = Decimal(repr(float(number)))
    except (ValueError, InvalidOperation):
        return number
    if not value.is_finite():
        return number
    tokens = sections[0]
    if value < 0 and len(sections) > 1:
        tokens, value = sections[1], -value
    elif value == 0 and len(sections) > 2:
        tokens = sections[2]
    if not tokens or any(kind in {"general", "exponent"} or (kind, text) == ("mark", "/") for kind, text in tokens):
        return general(str(value))
    shown = _lay_out(abs(value), tokens)
    return f"-{shown}" if value < 0 and any(letter in "123456789" for letter in shown) else shown


def _lay_out(value: Decimal, tokens: list[Token]) -> str:
    """Digits from the right into the places of the whole part, from the left into those after the point."""
    value *= Decimal(100) ** sum(token == ("mark", "%") for token in tokens)
    point = next((place for place, token in enumerate(tokens) if token == ("mark", ".")), len(tokens))
    digits = [place for place, (kind, _) in enumerate(tokens) if kind == "digit"]
    whole_places = [place for place in digits if place < point]
    decimal_places = [place for place in digits if place > point]
    commas = [place for place, token in enumerate(tokens) if token == ("mark", ",")]
    last = max(whole_places, default=-1)
    value /= Decimal(1_000) ** sum(last < place < point or place > max(digits, default=-1) for place in commas)
    grouped = any(place < last for place in commas)
    try:
        rounded = value.quantize(Decimal(1).scaleb(-len(decimal_places)), rounding=ROUND_HALF_UP)
    except InvalidOperation:
        return general(str(value))
    whole, _, decimals = f"{rounded:f}".partition(".")
    placed = _place_whole("" if whole == "0" else whole, whole_places, tokens, grouped)
    placed |= _place_decimals(decimals, decimal_places, tokens)
    shown = []
    for place, (kind, text) in enumerate(tokens):
        if kind == "digit":
            shown.append(placed[place])
        elif _is_shown(kind, text):
            shown.append(text if place != point or decimals else "")
    return "".join(shown).strip()


def _is_shown(kind: str, text: str) -> bool:
    return kind == "literal" or (kind == "mark" and text in ".%")


def _place_whole(whole: str, places: list[int], tokens: list[Token], grouped: bool) -> dict[int, str]:
    needed = len(places)
    least = next((needed - order for order, place in enumerate(places) if tokens[place][1] == "0"), 0)
    whole = whole.rjust(least, "0")
    placed = {}
    for order, place in enumerate(reversed(places)):
        end = len(whole) - order
        piece = (whole[:end] if order == needed - 1 else whole[end - 1 : end]) if end > 0 else ""
        placed[place] = _grouped(piece, order) if grouped else piece
    return placed


def _grouped(piece: str, right: int) -> str:
    """Digits of a number with `right` more digits to the right of them, a comma after each third from the right."""
    shown = ""
    for order, digit in enumerate(reversed(piece)):
        place = right + order
        shown = digit + ("," if place and place % 3 == 0 else "") + shown
    return shown


def _place_decimals(decimals: str, places: list[int], tokens: list[Token]) -> dict[int, str]:
    kept = len(decimals)
    while kept and decimals[kept - 1] == "0" and tokens[places[kept - 1]][1] != "0":
        kept -= 1
    return {place: decimals[order] if order < kept else "" for order, place in enumerate(places)}
