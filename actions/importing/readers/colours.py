"""Fill colours as RRGGBB: what a file names, made lighter or darker, with white as none. Pure."""

import colorsys
import re

_PLAIN = re.compile(r"^#?(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})$")
WHITE = "FFFFFF"
PALETTE = [
    "000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF", "000000", "FFFFFF", "FF0000",
    "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF", "800000", "008000", "000080", "808000", "800080", "008080",
    "C0C0C0", "808080", "9999FF", "993366", "FFFFCC", "CCFFFF", "660066", "FF8080", "0066CC", "CCCCFF", "000080",
    "FF00FF", "FFFF00", "00FFFF", "800080", "800000", "008080", "0000FF", "00CCFF", "CCFFFF", "CCFFCC", "FFFF99",
    "99CCFF", "FF99CC", "CC99FF", "FFCC99", "3366FF", "33CCCC", "99CC00", "FFCC00", "FF9900", "FF6600", "666699",
    "969696", "003366", "339966", "003300", "333300", "993300", "993366", "333399", "333333",
]  # fmt: skip
"""The colours that a workbook names by number, from 0."""


def plain(named: str) -> str:
    """RRGGBB of "#ff0000", "FFFF0000" or "ff0000"; empty for white and for what is no colour."""
    match = _PLAIN.match(named)
    colour = match[1].upper() if match else ""
    return "" if colour == WHITE else colour


def shaded(named: str, tint: float) -> str:
    """A colour, lighter for a tint above nought and darker below, by how light it is as Excel reckons."""
    match = _PLAIN.match(named)
    if not match or not tint or not -1 <= tint <= 1:
        return plain(named)
    red, green, blue = (int(match[1][place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    made = "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))
    return plain(made)
