"""What the styles of a Word document make of its words: which are bold, and how a table colours its rows. Pure."""

from dataclasses import dataclass
from typing import Any

from actions.importing.readers.colours import plain

DEEPEST = 20
"""Styles based on one another, of which Word itself allows fewer; a ring of them has no end."""


def child(element: Any, local: str) -> Any:
    """The first child of this local name; None where there is none, or nothing to look in."""
    return None if element is None else element.find(f"{{*}}{local}")


def value(element: Any, local: str, otherwise: str) -> str:
    """An attribute by its local name."""
    if element is not None:
        for key, found in element.attrib.items():
            if key.rpartition("}")[2] == local:
                return str(found)
    return otherwise


def is_on(about: Any, local: str) -> bool:
    """Whether a property such as `<w:b/>` is there and not switched off."""
    element = child(about, local)
    return element is not None and value(element, "val", "1").lower() not in {"0", "false", "off"}


def own(about: Any, local: str) -> bool | None:
    """The same, or None where it isn't mentioned."""
    return is_on(about, local) if child(about, local) is not None else None


@dataclass(frozen=True)
class Bold:
    """What makes the words of a paragraph bold before they say anything themselves."""

    table: bool = False
    style: bool | None = None

    def under(self, style: bool | None) -> "Bold":
        """Within a paragraph of this style."""
        return Bold(self.table, style)

    def of(self, styles: "Styles", about: Any) -> bool:
        """Of words with these properties: their own word counts first, then the styles, then the table."""
        said = own(about, "b")
        if said is not None:
            return said
        named = child(about, "rStyle")
        by_words = styles.bold(value(named, "val", "")) if named is not None else None
        if by_words is not None and self.style is not None:
            return by_words != self.style  # Word switches: bold within bold is plain
        if by_words is not None or self.style is not None:
            return bool(by_words or self.style)
        return self.table


@dataclass(frozen=True)
class Look:
    """How a table's style draws it, as far as this table asks for it."""

    bold: bool = False
    colour: str = ""
    parts: tuple[tuple[str, bool, str], ...] = ()
    """(which cells, bold, colour), of firstRow, lastRow and firstCol."""

    def of(self, *, first_row: bool, last_row: bool, first: bool) -> tuple[Bold, str]:
        """What a cell there has of it."""
        bold, colour = self.bold, self.colour
        for kind, is_bold, shade in self.parts:
            if {"firstCol": first, "lastRow": last_row, "firstRow": first_row}[kind]:
                bold, colour = bold or is_bold, shade or colour
        return Bold(bold), colour


class Styles:
    """The styles of a document by their keys."""

    def __init__(self, root: Any) -> None:
        elements = [] if root is None else root.findall("{*}style")
        self._styles = {value(element, "styleId", ""): element for element in elements}
        self._default = next(
            (
                value(element, "styleId", "")
                for element in elements
                if value(element, "type", "") == "paragraph" and value(element, "default", "0") in {"1", "true"}
            ),
            "",
        )
        self._bold: dict[str, bool | None] = {}

    def lineage(self, key: str) -> list[Any]:
        """A style and what it is based on, nearest first."""
        found: list[Any] = []
        while key in self._styles and len(found) < DEEPEST:
            found.append(self._styles[key])
            key = value(child(found[-1], "basedOn"), "val", "")
        return found

    def paragraph(self, about: Any) -> bool | None:
        """Whether a paragraph's style is bold."""
        return self.bold(self.key(about))

    def key(self, about: Any) -> str:
        """The style of a paragraph with these properties."""
        return value(child(about, "pStyle"), "val", self._default)

    def is_heading(self, about: Any) -> bool:
        """Whether a paragraph with these properties is a heading of the first level."""
        levels = (
            child(each, "outlineLvl") for each in (about, *(child(s, "pPr") for s in self.lineage(self.key(about))))
        )
        return value(next((level for level in levels if level is not None), None), "val", "") == "0"

    def bold(self, key: str) -> bool | None:
        if key not in self._bold:
            said = (own(child(style, "rPr"), "b") for style in self.lineage(key))
            self._bold[key] = next((bold for bold in said if bold is not None), None)
        return self._bold[key]

    def table(self, about: Any) -> Look:
        """What the style of a table does to its cells, with what the table switches on of it."""
        on = _switched_on(child(about, "tblLook"))
        bold, colour = False, ""
        parts: dict[str, tuple[str, bool, str]] = {}
        for style in reversed(self.lineage(value(child(about, "tblStyle"), "val", ""))):
            bold = bold if own(child(style, "rPr"), "b") is None else is_on(child(style, "rPr"), "b")
            colour = _shade(child(style, "tcPr")) or colour
            for part in style.iterfind("{*}tblStylePr"):
                kind = value(part, "type", "")
                if kind in on:
                    parts[kind] = (kind, is_on(child(part, "rPr"), "b"), _shade(child(part, "tcPr")))
                elif kind == "wholeTable":
                    bold, colour = bold or is_on(child(part, "rPr"), "b"), _shade(child(part, "tcPr")) or colour
        return Look(bold, colour, tuple(parts[kind] for kind in ("firstCol", "lastRow", "firstRow") if kind in parts))


def _shade(about: Any) -> str:
    return plain(value(child(about, "shd"), "fill", ""))


def _switched_on(look: Any) -> set[str]:
    """Newer files say it in words, older ones in bits."""
    if look is None:
        return set()
    try:
        bits = int(value(look, "val", "0"), 16)
    except ValueError:
        bits = 0
    named = {"firstRow": ("firstRow", 0x20), "lastRow": ("lastRow", 0x40), "firstCol": ("firstColumn", 0x80)}
    return {
        kind
        for kind, (word, bit) in named.items()
        if value(look, word, "1" if bits & bit else "0") in {"1", "true", "on"}
    }
