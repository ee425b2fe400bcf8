"""What somebody who brings in a file is asked: the file, what kind of plan it is, and what things in it mean."""

from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError

from actions.forms.asking import LINE
from actions.models import Import
from boards.models import SubGroup
from boards.models.board import in_force
from cseplan.forms import DateField, GovForm, LineField, Radios
from cseplan.text import clean_line

LARGEST = 10 * 1024 * 1024
"""Bytes of a file. A plan of 200 pages is a tenth of it."""


class FileForm(GovForm):
    """The file with the plan."""

    file = forms.FileField(
        label="The file with the plan",
        help_text="An Excel, Word, OpenDocument or CSV file of up to 10 MB. It is read and not kept.",
        error_messages={"empty": "The file is empty. Choose the one with the plan in it."},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError("The file is larger than 10 MB. Take pictures out of it, or save the plan by itself.")
        file.name = clean_line(PurePath(file.name).name)[:LINE] or "file"
        return file


class NewImportForm(FileForm):
    """A file that begins a plan."""

    title = LineField(label="Title of the plan", max_length=LINE, help_text="As it stands on its front page.")
    overseen_by = forms.ModelChoiceField(
        SubGroup.objects.none(), label="Overseen by", help_text="The sub-group whose chair decides on its actions."
    )
    starts = DateField(
        label="First day of the plan",
        required=False,
        help_text="Dates without a year, such as “June”, are read as of the plan’s own years.",
    )
    life = forms.ChoiceField(
        label="What is it?",
        choices=Import.Life.choices,
        initial=Import.Life.DRAFT,
        widget=Radios(
            hints={
                "draft": "It can be changed freely until the board agrees it. A draft takes no updates yet: progress "
                "and ratings in the file are kept as printed.",
                "agreed": "It is in use from now on. Progress, status and ratings in the file become updates that are "
                "marked as imported and unchecked.",
                "record": "It is kept to be read. Nothing in it is overdue, and nobody is asked about it.",
            }
        ),
    )
    agreed_on = DateField(label="On which day did the board agree it?", required=False)
    as_at = DateField(label="As at which day does it stand?", required=False)
    field_order = ("file", "title", "overseen_by", "starts", "life", "agreed_on", "as_at")
    shown_when = {"agreed_on": ("life", ["agreed"]), "as_at": ("life", ["record"])}

    def __init__(self, *args, board, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["overseen_by"].queryset = board.subgroup_set.filter(in_force(on))

    def clean(self):
        cleaned = super().clean()
        agreed_on, as_at = cleaned.pop("agreed_on", None), cleaned.pop("as_at", None)
        name, day = {"agreed": ("agreed_on", agreed_on), "record": ("as_at", as_at)}.get(
            cleaned.get("life"), ("", None)
        )
        if name and day is None and name not in self.errors:
            question = "On which day did the board agree it?" if name == "agreed_on" else "As at which day is it?"
            self.add_error(name, f"{question} Give the day.")
        if day and day > self.on:
            self.add_error(name, "The day must be today or in the past.")
        cleaned["day"] = day
        return cleaned
