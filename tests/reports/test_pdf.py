"""The quarterly update on paper: what a reader of the file finds, and what a program that reads it aloud finds."""

import io
import socket
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pdfplumber
import pikepdf
import pytest
from django.db import transaction

from reports.pdf import pdf_of, pdf_of_html, without_pictures
from tests.builders import make_board, make_plan, say
from tests.reports.small_board import Q2, figures

LONG = "Two of three workshops were held and the third is booked. " * 6


@pytest.fixture(scope="module")
def found(django_db_setup, django_db_blocker):
    """The figures of 24 actions with long words, each between two marks that no other text holds."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_board()
        plan = make_plan(cast, actions=24, title="CSE Action Plan 2026-28: prevention & “pursuit” <first>")
        for number, action in enumerate(plan.actions.all(), start=1):
            if number % 6:
                words = f"START{number:02} {LONG} END{number:02}"
                say(
                    cast,
                    action,
                    ("green", "amber", "red")[number % 3],
                    on=date(2026, 9, 20),
                    period=Q2,
                    words=words,
                    reason="A reason.",
                )
        made = figures(cast)
        transaction.set_rollback(True)
    return made


@pytest.fixture(scope="module")
def paper(found):
    return pdf_of(found)


@pytest.fixture(scope="module")
def pages(paper):
    with pdfplumber.open(io.BytesIO(paper)) as opened:
        return [(page, page.extract_text()) for page in opened.pages]


@pytest.fixture(scope="module")
def structure(paper):
    """(tag, alternative text) of every element of the structure tree, in reading order."""
    with pikepdf.open(io.BytesIO(paper)) as opened:
        return list(_walk(opened.Root.StructTreeRoot.K))


def _walk(node):
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _walk(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S).lstrip("/"), str(node.get("/Alt", ""))
        if "/K" in node:
            yield from _walk(node.K)


def test_every_page_carries_the_marking_on_top_and_at_the_foot(pages):
    for page, text in pages:
        marks = [word for word in page.extract_words() if word["text"] == "OFFICIAL"]
        assert min(word["bottom"] for word in marks) < 60, text
        assert max(word["top"] for word in marks) > page.height - 60, text


def test_every_page_says_which_of_how_many_it_is_and_what_it_belongs_to(pages):
    for number, (page, text) in enumerate(pages, start=1):
        assert f"page {number} of {len(pages)}" in text
        corner = page.crop((0, page.height - 62, page.width * 0.43, page.height))
        foot = " ".join(corner.extract_text().split())
        assert foot == (
            "Elmshire Safeguarding Children Partnership. Quarterly update, Q2 2026/27. Draft, as at 28 September 2026"
        )


def test_the_first_page_answers_the_question(pages, found):
    first = " ".join(pages[0][1].split())
    for words in (
        "Elmshire Safeguarding Children Partnership",
        "Quarterly update, Q2 2026/27",
        "As at 28 September 2026",
        "Purpose To note",
        "On track At risk Off track No update received",
        found.overdue_sentence,
        "Contents",
    ):
        assert words in first


def test_the_contents_name_the_page_each_part_is_on(pages):
    listed = {line.rsplit(" ", 1)[0]: line.rsplit(" ", 1)[1] for line in pages[0][1].splitlines() if " " in line}
    for heading in ("By strategic priority", "By lead", "The plan in full", "Glossary"):
        page = int(listed[heading])
        assert any(line == heading for line in pages[page - 1][1].splitlines())


def test_the_plan_lies_across_and_the_rest_upright(pages):
    first = next(number for number, (_, text) in enumerate(pages) if number and "The plan in full" in text)
    assert all(page.width < page.height for page, _ in pages[:first])
    assert all(page.width > page.height for page, _ in pages[first:])


def test_the_heading_row_of_a_table_is_repeated_on_every_page_it_runs_over(pages):
    across = [text for page, text in pages if page.width > page.height]
    assert len(across) > 2
    for text in across[:-1]:
        assert "No. Action Lead Due Rating This quarter" in text


def test_no_row_is_torn_over_two_pages(pages):
    said = 0
    for _, text in pages:
        flat = text.replace("\n", " ")
        for number in range(1, 25):
            assert flat.count(f"START{number:02}") == flat.count(f"END{number:02}")
            said += flat.count(f"START{number:02}")
    assert said == 20


def test_no_page_ends_with_a_heading(pages):
    headings = {
        "By strategic priority",
        "Overdue",
        "Completed this quarter",
        "By lead",
        "Changes to the plan",
        "Glossary",
    }
    for _, text in pages[1:]:
        foot = [line for line in text.splitlines() if line not in headings][-4:]
        assert len(foot) == 4
        body = [line for line in text.splitlines() if "page " not in line and "OFFICIAL" not in line]
        assert body[-1] not in headings


def test_the_file_says_what_it_is_and_in_which_language(paper):
    with pikepdf.open(io.BytesIO(paper)) as opened:
        root = opened.Root
        assert str(root.Lang) == "en-GB"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(opened.docinfo["/Title"]).startswith("Quarterly update, Q2 2026/27")
        assert str(opened.docinfo["/Author"]) == "Elmshire Safeguarding Children Partnership"
        with opened.open_metadata() as about:
            assert about.get("pdfuaid:part") == "1"
        assert next(str(item.title) for item in opened.open_outline().root).startswith("Quarterly update")


def test_headings_tables_and_charts_are_tagged(structure):
    tags = [tag for tag, _ in structure]
    assert tags.count("H1") == 1
    assert tags.count("H2") >= 10
    assert tags.index("H1") < tags.index("H2") < tags.index("Table")
    for tag in ("H3", "Table", "THead", "TBody", "TR", "TH", "TD", "L", "LI", "Link", "Figure"):
        assert tag in tags


def test_every_chart_has_its_words_and_nothing_else_is_a_figure(structure, found):
    drawn = [words for tag, words in structure if tag == "Figure"]
    assert len(drawn) == len(found.strands)
    assert drawn[0].startswith("Prevent: ")
    assert all("Green" in words or "Red" in words for words in drawn)


def test_heading_levels_do_not_jump(structure):
    levels = [int(tag[1]) for tag, _ in structure if tag[0] == "H" and tag[1:].isdigit()]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_same_figures_make_the_same_bytes(paper, found):
    assert pdf_of(found) == paper


def test_neither_files_nor_the_network_are_reached(tmp_path, monkeypatch):
    """A document that points to a file and to an address gets neither; only what is written into it is shown."""
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><text y="20">SECRET</text></svg>')
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/picture.svg"
        inside = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"
        made = pdf_of_html(
            f'<html lang="en-GB"><title>T</title><p>Words</p><img alt="a" src="{secret.as_uri()}">'
            f'<img alt="b" src="{address}"><link rel="attachment" href="{secret.as_uri()}">'
            f'<img alt="c" src="{inside}"></html>'
        )
        with pytest.raises(TimeoutError):
            server.accept()
    with pdfplumber.open(io.BytesIO(made)) as opened:
        text = opened.pages[0].extract_text()
    assert "Words" in text
    assert "SECRET" not in text
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert not opened.attachments


def test_odd_characters_are_harmless(found):
    odd = replace(
        found.plan_pages[0].groups[0].lines[0],
        promise="Plan \U0001f600 for العربية and naïve \U0001f468\u200d\U0001f469\u200d\U0001f467 words",
        words="<script>alert(1)</script>\n{{ figures.board }}",
    )
    group = replace(found.plan_pages[0].groups[0], lines=(odd,))
    made = pdf_of(replace(found, plan_pages=(replace(found.plan_pages[0], groups=(group,)),), overdue=(), due_next=()))
    with pdfplumber.open(io.BytesIO(made)) as opened:
        text = " ".join(page.extract_text() for page in opened.pages).replace("\n", " ")
    assert "[grinning face]" in text
    assert "<script>alert(1)</script>" in text
    assert "{{ figures.board }}" in text


@pytest.mark.django_db
def test_text_that_asked_to_read_backwards_reads_forwards():
    cast = make_board(name="Elm\u202eshire \x07Partnership")
    with pdfplumber.open(io.BytesIO(pdf_of(figures(cast)))) as opened:
        assert opened.pages[0].extract_text().splitlines()[1] == "Elmshire Partnership"


def test_emoji_are_written_as_their_names():
    assert (
        without_pictures("Done \U0001f44d\U0001f3fd and \u2705") == "Done [thumbs up sign] and [white heavy check mark]"
    )
    assert without_pictures("ਪੰਜਾਬੀ, naïve, Zürich – £5 ✱"[:-1]) == "ਪੰਜਾਬੀ, naïve, Zürich – £5 "


@pytest.mark.django_db
def test_a_board_without_a_plan_still_gets_its_paper():
    cast = make_board()
    made = pdf_of(figures(cast))
    with pdfplumber.open(io.BytesIO(made)) as opened:
        text = " ".join(page.extract_text() for page in opened.pages)
    assert "No plan was in use in this quarter." in text
