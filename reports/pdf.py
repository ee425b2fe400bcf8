"""The quarterly update on paper. The only module that knows WeasyPrint.

Nothing is fetched: the style sheet is read from this package, and whatever a document might point to, on this machine
or elsewhere, is refused. The same figures make the same bytes: the only dates in the file are the figures' own.
"""

import re
import unicodedata

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from reports.contents import Figures
from reports.paper import document, styles

_PICTURES = re.compile(
    "([\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff])"
    "[\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"  # what joins and shades them
)


class Nothing(URLFetcher):
    """Serves what is written into the document itself, and refuses files, the network and everything else."""

    def __init__(self):
        super().__init__(allowed_protocols=("data",), allow_redirects=False)


def pdf_of(figures: Figures) -> bytes:
    """The quarterly update as a tagged PDF (PDF/UA-1), A4, with the plan in full on landscape pages."""
    return pdf_of_html(document(figures))


def pdf_of_html(html: str) -> bytes:
    """A whole document of ours in the styles of a report."""
    fetcher = Nothing()
    sheet = CSS(string=styles(), url_fetcher=fetcher)
    return HTML(string=without_pictures(html), url_fetcher=fetcher).write_pdf(
        stylesheets=[sheet], pdf_variant="pdf/ua-1"
    )


def without_pictures(text: str) -> str:
    """Emoji by their names: no face that every machine has can draw them, and an empty box says nothing."""
    return _PICTURES.sub(lambda found: f"[{unicodedata.name(found[1], 'picture').lower()}]", text)
