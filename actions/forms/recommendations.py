"""Writing down what a review, inspection or audit recommended."""

import re

from django import forms
from django.core.exceptions import ValidationError

from actions.models import RecommendationSource
from boards.labels import labels_of
from cseplan.forms import DateField, GovForm, LineField, Radios, TextField

NUMBERED = re.compile(r"\s*(\d{1,4})\s*[.):]?\s+(.*)")
MOST, TEXT = 20_000, 2000


class SourceForm(GovForm):
    """A source with its recommendations, one on each line."""

    title = LineField(label="What was it called?", max_length=300, help_text="As it stands on its front page.")
    kind = forms.ChoiceField(label="What was it?", choices=RecommendationSource.Kind.choices, widget=Radios)
    dated = DateField(label="Date on it", required=False)
    recommendations = TextField(
        max_length=MOST,
        rows=10,
        help_text="One on each line, with its number: “3. Share what is known.” Without numbers they are counted.",
    )

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        self.board = board
        words = labels_of(board).recommendation
        self.fields["recommendations"].label = words.Many
        self.fields["recommendations"].error_messages["required"] = f"Enter at least one {words.one}"

    def clean_title(self):
        title = self.cleaned_data["title"]
        if self.board.recommendationsource_set.filter(title__iexact=title).exists():
            raise ValidationError(f"“{title}” is recorded already. Give this one another title, such as its year.")
        return title

    def clean_recommendations(self):
        """[(number, text)] in order of the numbers."""
        lines = [line.strip() for line in self.cleaned_data["recommendations"].splitlines() if line.strip()]
        read = [NUMBERED.fullmatch(line) for line in lines]
        if any(read) and not all(read):
            bare = next(line for line, found in zip(lines, read, strict=True) if not found)
            raise ValidationError(f"“{bare[:60]}” has no number, and others have. Number each line, or none.")
        given = [
            (int(found[1]) if found else place, found[2].strip() if found else line)
            for place, (line, found) in enumerate(zip(lines, read, strict=True), start=1)
        ]
        for number, text in given:
            if [one for one, _ in given].count(number) > 1:
                raise ValidationError(f"The number {number} stands on two lines. Each needs a number of its own.")
            if len(text) > TEXT:
                raise ValidationError(f"Number {number} must be {TEXT:,} characters or fewer. It is {len(text):,}.")
        return sorted(given)
