"""The quarterly update as a document of its own: its markup and its styles, as a file or for reports.pdf to print."""

from base64 import b64encode
from functools import cache
from pathlib import Path
from urllib.parse import quote

from django.template.loader import render_to_string

from cseplan.colours import PAINTS
from reports.contents import Figures

STYLES = Path(__file__).parent / "styles" / "report.css"


def document(figures: Figures) -> str:
    """The markup alone; whoever prints it brings the styles."""
    return render_to_string("reports/paper.html", {"figures": figures})


def one_file(figures: Figures) -> str:
    """A page that needs no other file: the same document with its styles inside."""
    sheet = b64encode(styles().encode()).decode()
    return render_to_string("reports/paper.html", {"figures": figures, "styles": f"data:text/css;base64,{sheet}"})


@cache
def styles() -> str:
    """The style sheet, and a rule for each colour of a rating: its fill, its ink, and its shape as a background.

    In the background the shape is no figure of its own to those who have the paper read to them.
    """
    rules = [STYLES.read_text(encoding="utf-8")]
    for colour, paint in PAINTS.items():
        shape = render_to_string("components/rating_shape.html", {"colour": colour, "ink": paint.ink})
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16">{shape}</svg>'
        rules.append(
            f".app-rating--{colour} {{ color: {paint.ink}; background-color: {paint.fill};"
            f' background-image: url("data:image/svg+xml,{quote(drawing)}"); }}'
        )
    return "\n".join(rules)
