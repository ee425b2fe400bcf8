"""The quarterly update as PDF: seconds, pages, and the share spent outside WeasyPrint."""

import io
from time import perf_counter

import pikepdf

from reports.figures import figures_for
from reports.paper import document
from reports.pdf import pdf_of_html
from tests import builders
from tests.bench.pages import plan_of

SIZES = (20, 60, 200)


def tables():
    rows = []
    for size in SIZES:
        with builders.at(builders.TODAY):
            cast, _ = plan_of(size, "paper")
        given = {"on": builders.TODAY, "known_by": builders.moment(builders.TODAY)}
        started = perf_counter()
        figures = figures_for(cast.board, cast.periods["Q2 2026/27"], **given)
        html = document(figures)
        ours = perf_counter() - started
        paper = pdf_of_html(html)
        whole = perf_counter() - started
        with pikepdf.open(io.BytesIO(paper)) as pdf:
            rows.append((size, len(pdf.pages), whole, ours))
    first = rows[0][2]
    yield (
        "The PDF",
        ("actions", "pages", "seconds", "ratio to 20 actions", "outside WeasyPrint"),
        [
            (size, pages, f"{whole:.2f}", f"{whole / first:.2f}", f"{ours / whole:.0%}")
            for size, pages, whole, ours in rows
        ],
    )
