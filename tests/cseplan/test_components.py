"""The components, as HTML: what each says for what it is given. `tests/browser` looks at them in a browser."""

import datetime
import re

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory

from tests.cseplan.gallery import GalleryForm


def rendered(source, **context):
    return " ".join(Template(source).render(Context(context)).split())


def words(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


RED = {"word": "Red <off track>", "colour": "red"}


def test_a_rating_says_its_word_and_shows_its_shape():
    html = rendered("{% include 'components/rating_tag.html' with rating=rating only %}", rating=RED)
    assert words(html) == "Red &lt;off track&gt;"
    assert "app-rating--red" in html
    assert "<rect" in html


def test_an_action_never_rated_says_so():
    assert words(rendered("{% include 'components/rating_tag.html' %}", rating=None)) == "Not yet rated"


def test_silence_is_said_before_the_last_rating_and_in_no_colour():
    html = rendered("{% include 'components/rating_tag.html' with no_update=True age='115 days ago' %}", rating=RED)
    assert words(html) == "No update received last Red &lt;off track&gt;, 115 days ago"
    assert "app-rating--red" not in html


def test_silence_about_what_was_never_rated():
    html = rendered("{% include 'components/rating_tag.html' with no_update=True age='never heard' %}", rating=None)
    assert words(html) == "No update received never rated, never heard"


def test_a_bar_is_as_wide_as_its_counts_and_says_them():
    segments = [("Red", "red", 1, "?r=red"), {"word": "Green", "colour": "green", "count": 3}, ("Blue", "blue", 0)]
    html = rendered("{% rating_bar segments label='4 actions' %}", segments=segments)
    assert 'aria-label="4 actions: Red 1, Green 3, Blue 0"' in html
    assert '<svg x="0.000%" width="25.000%"' in html
    assert '<svg x="25.000%" width="75.000%"' in html
    assert 'href="?r=red">1 Red</a>' in html
    assert "0 Blue" in html
    assert "style=" not in html


def test_a_bar_of_nothing_says_none():
    assert 'aria-label="0 actions: none"' in rendered("{% rating_bar segments label='0 actions' %}", segments=[])


def test_a_narrow_segment_is_named_in_the_key_alone():
    html = rendered("{% rating_bar segments %}", segments=[("Red", "red", 1), ("Green", "green", 99)])
    assert re.findall(r"<text[^>]*>(\d+)", html) == ["99"]
    assert "1 Red" in html


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "No date"),
        ({"words": "ongoing"}, "ongoing"),
        ({"empty": "Not agreed"}, "Not agreed"),
        ({"date": datetime.date(2026, 9, 30)}, "30 September 2026"),
        ({"date": datetime.date(2026, 9, 30), "words": "By end of Q2"}, "30 September 2026 By end of Q2"),
        ({"date": datetime.date(2026, 9, 30), "first": datetime.date(2026, 9, 30)}, "30 September 2026"),
        (
            {"date": datetime.date(2026, 9, 30), "first": datetime.date(2026, 3, 31), "moved": 2},
            "30 September 2026 first due 31 March 2026, moved twice",
        ),
        ({"date": datetime.date(2026, 9, 30), "late": "60 days overdue"}, "30 September 2026 60 days overdue"),
    ],
)
def test_a_date_is_written_as_people_write_it(given, said):
    assert words(rendered("{% include 'components/date.html' %}", **given)) == said


def test_the_error_summary_is_silent_when_nothing_is_wrong():
    assert rendered("{% include 'components/error_summary.html' %}", form=GalleryForm()) == ""
    assert rendered("{% include 'components/error_summary.html' %}") == ""


def test_the_error_summary_gathers_several_forms():
    forms = [GalleryForm({}, prefix="a"), GalleryForm({}, prefix="b")]
    html = rendered("{% include 'components/error_summary.html' %}", forms=forms)
    assert "There is a problem" in html
    assert 'href="#id_a-title"' in html
    assert 'href="#id_b-title"' in html


def test_pages_keep_the_filters_of_the_list():
    page = Paginator(range(300), 10).page(12)
    request = RequestFactory().get("/plans", {"rating": "red", "page": "12"})
    html = Template("{% include 'components/pagination.html' %}").render(RequestContext(request, {"page": page}))
    assert "?rating=red&amp;page=13" in html
    assert words(html).startswith("Previous page 1 &ctdot; 10 11 12 13 14 &ctdot; 30")


def test_one_page_needs_no_links():
    page = Paginator(range(3), 10).page(1)
    assert rendered("{% include 'components/pagination.html' %}", page=page) == ""


def test_a_fact_not_given_says_so_and_nought_is_a_fact():
    html = rendered("{% include 'components/summary_list.html' %}", rows=[("Holder", ""), ("Moved", 0)])
    assert words(html) == "Holder Not given Moved 0"


def test_an_empty_list_says_why():
    html = rendered("{% include 'components/empty.html' with sentence='Nothing is overdue.' %}")
    assert words(html) == "Nothing is overdue."


def test_how_often_in_words():
    assert [rendered("{{ n|times }}", n=n) for n in (1, 2, 3)] == ["once", "twice", "3 times"]
