"""The colours of ratings: readable, told apart by every kind of eye, and the same on page and paper."""

import itertools
import math
import re
from pathlib import Path

import pytest

from cseplan.colours import INK, NOT_RATED, PAINTS, WHITE, paint

STYLES = Path(__file__).resolve().parents[2] / "cseplan" / "styles" / "_ratings.scss"
SHAPES = Path(__file__).resolve().parents[2] / "templates" / "components" / "rating_shape.html"

# Machado, Oliveira and Fernandes (2009): what is left of linear RGB when one kind of cone is missing.
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
FILLED = [name for name, painted in PAINTS.items() if painted.fill != WHITE]


def linear(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one, other):
    dark, light = sorted(
        sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True)) for c in (one, other)
    )
    return (light + 0.05) / (dark + 0.05)


def lab(rgb):
    red, green, blue = (min(1, max(0, part)) for part in rgb)
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen_by(eye, colour):
    rgb = linear(colour)
    return lab([sum(weight * part for weight, part in zip(row, rgb, strict=True)) for row in EYES[eye]])


@pytest.mark.parametrize("name", PAINTS)
def test_the_word_is_readable_on_its_colour(name):
    assert contrast(PAINTS[name].fill, PAINTS[name].ink) >= 4.5


@pytest.mark.parametrize("name", PAINTS)
def test_the_edge_of_every_tag_can_be_seen_on_white(name):
    edge = PAINTS[name].fill if contrast(PAINTS[name].fill, WHITE) >= 3 else INK
    assert contrast(edge, WHITE) >= 3


@pytest.mark.parametrize("eye", EYES)
def test_every_eye_can_tell_the_usual_ratings_apart(eye):
    for one, other in itertools.combinations(["red", "amber", "green", "blue"], 2):
        assert math.dist(seen_by(eye, PAINTS[one].fill), seen_by(eye, PAINTS[other].fill)) >= 20, (one, other)


@pytest.mark.parametrize("eye", EYES)
def test_no_eye_takes_one_colour_of_a_scale_for_another(eye):
    for one, other in itertools.combinations(FILLED, 2):
        assert math.dist(seen_by(eye, PAINTS[one].fill), seen_by(eye, PAINTS[other].fill)) >= 12, (one, other)


def test_in_grey_the_shapes_tell_them_apart():
    assert len({painted.shape for painted in PAINTS.values()}) == len(PAINTS)
    drawn = re.findall(r'colour == "(\w+)"', SHAPES.read_text(encoding="utf-8"))
    assert set(drawn) == set(PAINTS) - {NOT_RATED}


def test_the_browser_paints_what_the_paper_paints():
    text = STYLES.read_text(encoding="utf-8")
    fills, inks = (
        dict(re.findall(r'"(\w+)": (#\w+)', text[text.index(start) : text.index(");", text.index(start))]))
        for start in ("$fills", "$inks")
    )
    assert fills == {name: painted.fill for name, painted in PAINTS.items()}
    assert inks == {name: painted.ink for name, painted in PAINTS.items()}


@pytest.mark.parametrize("colour", [None, "", "puce"])
def test_a_colour_nobody_knows_is_painted_as_not_rated(colour):
    assert paint(colour) == PAINTS[NOT_RATED]
