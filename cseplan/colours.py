"""The colours of a rating scale's steps: their fill, the ink that is readable on it, and what sets each apart in grey.

One home for what pages, charts and paper paint; `styles/_ratings.scss` repeats the values for the browser and a test
holds the two together, measures the contrast, and looks at them through three kinds of colour blindness.
"""

from dataclasses import dataclass

WHITE = "#ffffff"
INK = "#0b0c0c"


@dataclass(frozen=True)
class Paint:
    """How one colour of a scale is painted."""

    fill: str
    ink: str
    shape: str
    """Named in words, for the key: the mark beside the word that still says it when printed in grey."""


PAINTS = {
    "red": Paint("#b3121d", WHITE, "solid square"),
    "amber": Paint("#ffb000", INK, "triangle"),
    "green": Paint("#00824f", WHITE, "circle"),
    "blue": Paint("#1d4fb8", WHITE, "tick"),
    "purple": Paint("#8a2be2", WHITE, "diamond"),
    "grey": Paint("#3a3d40", WHITE, "two bars"),
    "none": Paint(WHITE, INK, "dash"),
    "silent": Paint(WHITE, INK, "hollow ring"),
}
NOT_RATED = "none"
NO_UPDATE = "silent"


def paint(colour: str | None) -> Paint:
    """The paint of a colour; a step with a colour we do not know is painted as not rated rather than guessed."""
    return PAINTS.get(colour or NOT_RATED, PAINTS[NOT_RATED])
