"""What a review, inspection or audit is asked for, and what its recommendations are narrowed by."""

import re

from django import forms
from django.core.exceptions import ValidationError

from actions.models import RecommendationSource
from actions.recommendations import NARROWED
from boards.labels import USUAL
from cseplan.filters import ListFilter, box
from cseplan.forms import DateField, GovForm, LineField, Radios, TextField

MOST, TEXT = 20_000, 2000
"""The most characters of a list of recommendations, and of one of them."""

NUMBERED = re.compile(r"(\d{1,4})\s*[.):]?\s+(.*)")


class RecommendationsFilter(ListFilter):
    """Which recommendations of a source are shown."""

    only = box("Show")

    def __init__(self, data):
        super().__init__(data, only=NARROWED.items())


class SourceForm(GovForm):
    """What a review, inspection or audit is."""

    title = LineField(label="What was it called?", max_length=300, help_text="As it stands on its front page.")
    kind = forms.ChoiceField(label="What was it?", choices=RecommendationSource.Kind.choices, widget=Radios)
    dated = DateField(label="Date on it", required=False)


class MoreForm(GovForm):
    """Recommendations, one on each line.

    Args:
        first: the number of the first of them, where they are not numbered.
    """

    recommendations = TextField(
        max_length=MOST,
        rows=10,
        help_text="One on each line, with its number: “3. Share what is known.” Without numbers they are counted.",
    )

    def __init__(self, *args, labels=USUAL, first=1, **kwargs):
        super().__init__(*args, **kwargs)
        self.first = first
        words = labels.recommendation
        self.fields["recommendations"].label = words.Many
        self.fields["recommendations"].error_messages["required"] = f"Enter at least one {words.one}"

    def clean_recommendations(self):
        """[(number, text)] in order of the numbers."""
        lines = [line.strip() for line in self.cleaned_data["recommendations"].splitlines() if line.strip()]
        read = [NUMBERED.fullmatch(line) for line in lines]
        if any(read) and not all(read):
            bare = next(line for line, found in zip(lines, read, strict=True) if not found)
            raise ValidationError(f"“{bare[:60]}” has no number, and others have. Number each line, or none.")
        given = [
            (int(found[1]) if found else place, found[2] if found else line)
            for place, (line, found) in enumerate(zip(lines, read, strict=True), start=self.first)
        ]
        for number, text in given:
            if len(text) > TEXT:
                raise ValidationError(f"Number {number} must be {TEXT:,} characters or fewer. It is {len(text):,}.")
        return sorted(given)


class NewSourceForm(SourceForm, MoreForm):
    """A source that is not there yet, with its recommendations."""

    field_order = ("title", "kind", "dated", "recommendations")


class WordsForm(GovForm):
    """One recommendation, whose words were written down wrongly. `seen` are those that the writer saw."""

    text = TextField(label="Words", max_length=TEXT, rows=5)
    seen = TextField(required=False, widget=forms.HiddenInput)
