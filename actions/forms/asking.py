"""What the forms about plans share: boxes called by the board's own words, choices, rows, at which meeting."""

from datetime import date

from django import forms

from boards.changes import MeetingGiven
from boards.labels import labels_of
from boards.models import Meeting
from cseplan.forms import DateField, GovForm, LineField

WORDING, LINE, LISTED = 5000, 200, 10_000
"""The most characters of a promise, of a line, and of a list with one thing on each line."""

NOTHING = "Nothing"

EMPTY_ROWS, MOST_ROWS = 3, 60
"""Empty rows that a list of rows offers beside those there are, and the most it takes."""


def choice_of(choices, **more):
    return forms.ModelChoiceField(
        choices, required=False, error_messages={"invalid_choice": "Choose one of this list."}, **more
    )


def speak(form, board):
    """Call the boxes of a form by the board's own words."""
    words = labels_of(board)
    named = {
        "section": words.section.One,
        "objective": words.objective.One,
        "priority": words.priority.One,
        "priorities": words.priority.Many,
        "recommendations": f"{words.recommendation.Many} it answers",
        "owner": words.owner.One,
    }
    for name in form.fields.keys() & named.keys():
        form.fields[name].label = named[name]


class SeenForm(GovForm):
    """Questions about something that may be there already, with the mark of what was shown of it (actions.seen)."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args, seen, **kwargs):
        super().__init__(*args, **kwargs)
        if seen is None:
            del self.fields["seen"]
        self.initial["seen"] = seen

    def newer(self):
        """What it is now where that is not what was typed, [(label, in words)], once somebody else has changed it
        since this form was opened; else None. Sent again, what was typed is taken."""
        if not self.is_bound or self.data.get("seen", "") in ("", self.initial["seen"]):
            return None
        self.data = self.data.copy()
        self.data["seen"] = self.initial["seen"]
        changed = [name for name in self.changed_data if name != "seen"]
        return [(self.fields[name].label, self._in_words(name)) for name in changed]

    def _in_words(self, name):
        value, choices = self.initial.get(name), getattr(self.fields[name], "choices", None)
        if choices is not None and not hasattr(value, "pk"):
            wanted = {str(one) for one in (value if isinstance(value, list) else [value])}
            return ", ".join(str(label) for key, label in choices if str(key) in wanted) or NOTHING
        if isinstance(value, date):
            return f"{value:%-d %B %Y}"
        return str(value or NOTHING)


class MeetingForm(GovForm):
    """Where something was agreed: a meeting that the board knows, or another."""

    meeting = choice_of(Meeting.objects.none(), label="At which meeting?", empty_label="At none, or another")
    new_meeting = LineField(label="Another meeting: its name", required=False, max_length=LINE)
    new_meeting_on = DateField(label="Another meeting: its day", required=False)
    not_optional = ("meeting",)

    def __init__(self, *args, board, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["meeting"].queryset = board.meeting_set.all()
        self.fields["meeting"].label_from_instance = lambda row: f"{row}, {row.held_on:%-d %B %Y}"
        if not board.meeting_set.exists():
            del self.fields["meeting"]
            self.fields["new_meeting"].label = "At which meeting?"
            self.fields["new_meeting_on"].label = "On which day was it?"

    def clean(self):
        cleaned = super().clean()
        name, held_on = cleaned.pop("new_meeting", ""), cleaned.pop("new_meeting_on", None)
        if name and not held_on and "new_meeting_on" not in self.errors:
            self.add_error("new_meeting_on", "Say on which day the meeting was.")
        if held_on and not name and "new_meeting" not in self.errors:
            self.add_error("new_meeting", "Say what the meeting was.")
        if held_on and held_on > self.on:
            self.add_error("new_meeting_on", "The meeting must be today or in the past.")
        if name and held_on:
            cleaned["meeting"] = MeetingGiven(name, held_on)
        return cleaned


# Rows: a list of things of which any number may be there


class Rows(forms.BaseFormSet):
    """Rows in their order; one left empty is left out."""

    def given(self):
        return [form.given() for form in self.forms if form.is_filled()]


class Row(GovForm):
    """One row. `first` is the box without which the row is empty."""

    first = ""

    def is_filled(self):
        return bool(self.cleaned_data.get(self.first))


def rows(row, name, data, initial, choices, places=EMPTY_ROWS):
    """A formset of rows, with some empty ones; `data` asks for more by `more`."""
    made = forms.formset_factory(
        row, formset=Rows, extra=places, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )
    if data is not None and "more" in data:
        total = f"{name}-TOTAL_FORMS"
        data = data.copy()
        data[total] = str(min(MOST_ROWS, _number(data.get(total)) + EMPTY_ROWS))
    if data is not None and f"{name}-TOTAL_FORMS" not in data:
        data = None
    return made(data, initial=initial, prefix=name, form_kwargs={"choices": choices})


def _number(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else 0
