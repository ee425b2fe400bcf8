"""Form fields in the GOV.UK pattern: what is typed is understood or refused in words, and kept."""

import datetime

import pytest
from django import forms
from django.http import QueryDict

from cseplan.forms import DateField, GovForm, LineField, Radios, TextField


class UpdateForm(GovForm):
    title = LineField(max_length=10, required=False)
    words = TextField(label="What has happened?", max_length=20, help_text="In <b>your</b> words.")
    rating = forms.ChoiceField(
        choices=[("red", "Red"), ("green", "Green")],
        widget=Radios(hints={"red": "Off track"}, colours={"red": "red"}),
    )
    reason = TextField(required=False)
    due = DateField(label="New date", required=False)
    agreed = forms.BooleanField(required=False)

    shown_when = {"reason": ("rating", ["red", "amber"])}


def filled(text="", **answers):
    return UpdateForm(QueryDict(text) if text else {"words": "Done", "rating": "green", **answers})


def errors(form, name):
    form.full_clean()
    return list(form.errors.get(name, []))


def test_text_is_cleaned_on_its_way_in():
    form = filled(words=" a\x00\u202eb\r\nc ", title=" one\n line ")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["words"] == "ab\nc"
    assert form.cleaned_data["title"] == "one line"


def test_what_is_only_space_is_empty():
    assert errors(filled(words=" \u200b\n"), "words") == ["Answer “What has happened?”"]


def test_text_that_is_too_long_is_refused_with_both_numbers_and_kept():
    form = filled(words="x" * 1021)
    assert errors(form, "words") == ["“What has happened?” must be 20 characters or fewer. It is 1,021."]
    assert "x" * 1021 in form["words"].as_field_group()
    assert errors(filled(words="x" * 20), "words") == []


def test_a_required_answer_is_asked_for_in_words():
    form = filled(rating="")
    assert errors(form, "rating") == ["Choose rating"]


@pytest.mark.parametrize(
    ("day", "month", "year", "read"),
    [
        ("27", "3", "2026", datetime.date(2026, 3, 27)),
        ("07", "03", "2026", datetime.date(2026, 3, 7)),
        (" 7 ", "March", "2026", datetime.date(2026, 3, 7)),
        ("1", "sept", "2026", datetime.date(2026, 9, 1)),
        ("29", "feb", "2028", datetime.date(2028, 2, 29)),
        ("", "", "", None),
    ],
)
def test_a_date_is_read_as_people_write_it(day, month, year, read):
    form = filled(due_day=day, due_month=month, due_year=year)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["due"] == read


@pytest.mark.parametrize(
    ("day", "month", "year", "said"),
    [
        ("27", "", "2026", "New date must include a month."),
        ("27", "", "", "New date must include a month and a year."),
        ("29", "2", "2026", "New date must be a real date."),
        ("31", "4", "2026", "New date must be a real date."),
        ("0", "1", "2026", "New date must be a real date."),
        ("1", "Marsh", "2026", "New date must be in numbers, for example 27 3 2026."),
        ("٢٧", "3", "2026", "New date must be in numbers, for example 27 3 2026."),
        ("1", "1", "26", "New date must have a year of four digits, from 1990 to 2100."),
        ("1", "1", "0026", "New date must have a year of four digits, from 1990 to 2100."),
        ("1", "1", "9" * 5000, "New date must have a year of four digits, from 1990 to 2100."),
        ("9" * 5000, "1", "2026", "New date must be a real date."),
    ],
)
def test_a_date_that_cannot_be_one_says_why_and_is_kept(day, month, year, said):
    form = filled(due_day=day, due_month=month, due_year=year)
    assert errors(form, "due") == [said]
    assert f'value="{day}"' in form["due"].as_field_group() or not day


def test_a_date_changes_only_when_it_does():
    first = {"due": datetime.date(2026, 3, 27)}
    same = {"words": "x", "rating": "red", "due_day": "27", "due_month": "3", "due_year": "2026"}
    assert "due" not in UpdateForm(same, initial=first).changed_data
    assert "due" in UpdateForm({**same, "due_day": "28"}, initial=first).changed_data
    assert "due" in UpdateForm({**same, "due_day": "x"}, initial=first).changed_data


def test_the_group_ties_label_hint_and_error_to_the_box():
    form = filled(words="")
    html = form["words"].as_field_group()
    assert 'for="id_words"' in html
    assert "In &lt;b&gt;your&lt;/b&gt; words." in html
    assert 'aria-describedby="id_words-info id_words_helptext id_words_error"' in html
    for target in ("id_words-info", "id_words_helptext", "id_words_error"):
        assert html.count(f'id="{target}"') == 1
    assert '<span class="govuk-visually-hidden">Error:</span> Answer “What has happened?”' in html
    assert "govuk-textarea--error" in html


def test_optional_questions_say_so_and_questions_that_depend_on_an_answer_do_not():
    form = UpdateForm()
    assert "Title (optional)" in form["title"].as_field_group()
    assert "(optional)" not in form["words"].as_field_group()
    assert "(optional)" not in form["reason"].as_field_group()
    assert "(optional)" not in form["agreed"].as_field_group()


def test_a_question_knows_which_answers_bring_it_up_under_any_prefix():
    html = UpdateForm(prefix="a7")["reason"].as_field_group()
    assert 'data-shown-by="a7-rating" data-shown-for="red amber"' in html


def test_choices_carry_their_hint_and_their_mark():
    html = UpdateForm()["rating"].as_field_group()
    assert "Off track" in html
    assert html.count("app-rating--red") == 1
    assert "app-rating--green" not in html


def test_the_summary_leads_to_the_first_box_of_each_answer():
    form = filled(words="", rating="", due_day="1")
    assert [id for id, _ in form.summary()] == ["id_words", "id_rating_0", "id_due_0"]
    form.add_error(None, "Somebody saved since.")
    assert ("", "Somebody saved since.") in form.summary()


def test_a_model_form_is_in_the_pattern_too():
    from django.contrib.contenttypes.models import ContentType

    class KindForm(GovForm, forms.ModelForm):
        class Meta:
            model = ContentType
            fields = ["model"]

    assert "govuk-input" in KindForm()["model"].as_field_group()


def test_a_whole_form_is_its_groups_in_order():
    html = str(UpdateForm(initial={"title": "x"}))
    assert html.index('id="id_title"') < html.index('id="id_words"') < html.index('id="id_agreed"')
    assert html.count("govuk-form-group") == 6
