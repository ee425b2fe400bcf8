"""The stacked bar of a strand: how wide each part is, and which parts have room for their words. Pure.

The bar is drawn by templates/reports/parts/bar.html, in per cent of whatever width it is given, on the page and on
paper alike. Each part has its word, its shape and a pattern beside its colour, so that it says the same in grey.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cseplan.colours import Paint, paint
from reports.contents import Segment

WIDE, NARROW = 440.0, 250.0
"""Pixels that a bar can count on: on a screen or on paper, and on a phone."""

A_LETTER, AROUND_WORDS, AROUND_COUNT = 7.0, 34.0, 14.0
"""Pixels: of a bold letter, and of the shape and the space beside words or beside a bare count."""


@dataclass(frozen=True)
class Part:
    """One part of the bar. `label` is what fits into it; where even a count does not fit, it is empty."""

    word: str
    colour: str
    count: int
    x: str
    width: str
    paint: Paint
    label: str
    plate: int
    shape: bool
    fits_a_phone: bool


@dataclass(frozen=True)
class Bar:
    title: str
    words: str
    parts: tuple[Part, ...]


def stacked(name: str, segments: Sequence[Segment]) -> Bar:
    """A bar of these segments; its title says to a screen reader what the drawing shows."""
    total = sum(segment.count for segment in segments)
    words = ", ".join(f"{segment.count} {segment.word}" for segment in segments)
    parts, x = [], 0.0
    for segment in segments:
        width = 100 * segment.count / total
        parts.append(_part(segment, x, width))
        x += width
    return Bar(title=f"{name}: {words}", words=words, parts=tuple(parts))


def _part(segment, x, width):
    full, count = f"{segment.count} {segment.word}", str(segment.count)
    fits = [(full, AROUND_WORDS), (count, AROUND_WORDS), (count, AROUND_COUNT), ("", 0.0)]
    label, around = next((text, room) for text, room in fits if _room(text, room) <= width * WIDE / 100)
    return Part(
        word=segment.word,
        colour=segment.colour,
        count=segment.count,
        x=f"{x:.3f}",
        width=f"{width:.3f}",
        paint=paint(segment.colour),
        label=label,
        plate=round(_room(label, around)) - 8,
        shape=around == AROUND_WORDS,
        fits_a_phone=_room(label, around) <= width * NARROW / 100,
    )


def _room(text, around):
    return len(text) * A_LETTER + around
