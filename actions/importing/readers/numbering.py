"""The bullets and numbers that Word draws before paragraphs of lists: no text holds them, so they are counted. Pure."""

from dataclasses import dataclass, field, replace
from typing import Any

from actions.importing.readers.wordstyles import Styles, child, is_on, value

LEVELS = 9
BULLET = "•"
_ROMAN = [
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
]  # fmt: skip


@dataclass(frozen=True)
class Level:
    """One depth of a list: what its numbers look like."""

    kind: str = "decimal"
    text: str = ""
    start: int = 1
    decimal_only: bool = False
    restarts: bool = True


@dataclass
class _List:
    """One counting, shared by all that are drawn from the same definition."""

    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts on through a document: each paragraph is asked about once, in order."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._numbers: dict[str, tuple[str, dict[int, Level]]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._define(root)

    def _define(self, root: Any) -> None:
        abstract = {value(element, "abstractNumId", ""): element for element in root.iterfind("{*}abstractNum")}
        named = {
            value(child(element, "styleLink"), "val", ""): key
            for key, element in abstract.items()
            if child(element, "styleLink") is not None
        }
        for key, element in abstract.items():
            link = value(child(element, "numStyleLink"), "val", "")
            source = abstract[named[link]] if link in named else element
            self._lists[key] = _List({_depth(level): _level(level) for level in source.iterfind("{*}lvl")})
        for number in root.iterfind("{*}num"):
            own: dict[int, Level] = {}
            key = value(child(number, "abstractNumId"), "val", "")
            for override in number.iterfind("{*}lvlOverride"):
                depth, start = _depth(override), child(override, "startOverride")
                level = child(override, "lvl")
                defined = self._lists[key].levels.get(depth, Level()) if key in self._lists else Level()
                made = defined if level is None else _level(level)
                own[depth] = made if start is None else replace(made, start=_whole(value(start, "val", "1")))
            self._numbers[value(number, "numId", "")] = (key, own)

    def mark(self, about: Any) -> str:
        """What is drawn before a paragraph with these properties: "•", "2.1", or nothing."""
        number, depth = self._place(about)
        if number not in self._numbers:
            return ""
        key, own = self._numbers[number]
        listed = self._lists.get(key)
        if listed is None:
            return ""
        level = own.get(depth) or listed.levels.get(depth)
        if level is None or level.kind == "none":
            return ""
        if level.kind == "bullet":
            return BULLET
        self._count(number, listed, own, depth, level)
        return self._drawn(listed, own, level)

    def _count(self, number: str, listed: _List, own: dict[int, Level], depth: int, level: Level) -> None:
        begins = depth in own and (number, depth) not in self._begun
        self._begun.add((number, depth))
        listed.counts[depth] = level.start if begins or depth not in listed.counts else listed.counts[depth] + 1
        for deeper in [key for key in listed.counts if key > depth]:
            if listed.levels.get(deeper, Level()).restarts:
                del listed.counts[deeper]

    def _drawn(self, listed: _List, own: dict[int, Level], level: Level) -> str:
        text = level.text
        for depth in range(LEVELS):
            if f"%{depth + 1}" in text:
                other = own.get(depth) or listed.levels.get(depth, Level())
                count = listed.counts.setdefault(depth, other.start)
                text = text.replace(f"%{depth + 1}", _written(count, "decimal" if level.decimal_only else other.kind))
        return text.strip()

    def _place(self, about: Any) -> tuple[str, int]:
        """The list and depth of a paragraph: its own word, or its style's."""
        own = child(about, "numPr")
        sources = [own] if own is not None else []
        sources += [child(child(style, "pPr"), "numPr") for style in self._styles.lineage(self._styles.key(about))]
        number = depth = ""
        for source in sources:
            number = number or value(child(source, "numId"), "val", "")
            depth = depth or value(child(source, "ilvl"), "val", "")
        return number, min(_whole(depth or "0"), LEVELS - 1)


def _level(element: Any) -> Level:
    return Level(
        value(child(element, "numFmt"), "val", "decimal"),
        value(child(element, "lvlText"), "val", ""),
        _whole(value(child(element, "start"), "val", "1")),
        is_on(element, "isLgl"),
        value(child(element, "lvlRestart"), "val", "") != "0",
    )


def _depth(element: Any) -> int:
    return _whole(value(element, "ilvl", "0"))


def _whole(text: str) -> int:
    try:
        return min(max(int(text), 0), 1_000_000)
    except ValueError:
        return 0


def _written(count: int, kind: str) -> str:
    if kind in {"lowerLetter", "upperLetter"}:
        letters = chr(97 + (count - 1) % 26) * min((count - 1) // 26 + 1, 20) if count > 0 else ""
        return letters.upper() if kind == "upperLetter" else letters
    if kind in {"lowerRoman", "upperRoman"}:
        return _roman(count).upper() if kind == "upperRoman" else _roman(count)
    if kind == "decimalZero":
        return f"{count:02d}"
    return str(count)


def _roman(count: int) -> str:
    if count > 5_000:
        return str(count)
    written = ""
    for amount, letters in _ROMAN:
        times, count = divmod(count, amount)
        written += letters * times
    return written
