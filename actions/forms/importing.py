"""What somebody who brings in a file is asked: the file, what kind of plan it is, and what things in it mean."""

from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator

from actions.forms.asking import LINE
from actions.importing.columns import IGNORE, SURE
from actions.importing.matching import NEW
from actions.importing.proposal import KEEP, NONE, SAME, TAKE_OUT, places_of, proposed_meaning
from actions.importing.readings import LIKE, PERSON
from actions.models import Import, PlanColumn
from boards.models import Owner, SubGroup
from boards.models.board import in_force
from cseplan.forms import DateField, GovForm, LineField, Radios
from cseplan.text import clean_line

LARGEST = 10 * 1024 * 1024
"""Bytes of a file. A plan of 200 pages is a tenth of it."""


FIELDS = [*PlanColumn.Field.choices, ("key", "The key of a row of our own export"), (IGNORE, "Nothing: leave it out")]


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


class ColumnsForm(GovForm):
    """Which column of the file is which."""

    bold = forms.BooleanField(
        label="Actions in bold are the plan’s top priorities",
        required=False,
    )

    def __init__(self, *args, proposal, **kwargs):
        super().__init__(*args, initial={"bold": proposal.held.settled.get("bold", False)}, **kwargs)
        self.columns = proposal.columns
        for column in self.columns:
            self.fields[f"column-{column.index}"] = forms.ChoiceField(
                label=column.heading, choices=FIELDS, initial=column.field, help_text=_sample(proposal, column)
            )
        self.order_fields([*(f"column-{column.index}" for column in self.columns), "bold"])

    def clean(self):
        cleaned = super().clean()
        actions = [column for column in self.columns if cleaned.get(f"column-{column.index}") == "action"]
        if not actions:
            self.add_error(None, "Say which column holds the actions.")
        return cleaned

    @property
    def said(self):
        typed = self.cleaned_data
        return {
            "columns": {column.index: typed[f"column-{column.index}"] for column in self.columns},
            "bold": typed["bold"],
        }


def _sample(proposal, column):
    """How sure we are, and what stands in the first cells, so that one need not open the file."""
    texts = (row.read.printed.get(column.heading, "") for row in proposal.rows)
    shown = [Truncator(clean_line(text)).chars(60) for text in texts if text.strip()][:2]
    sure = "We are sure." if column.confidence >= SURE else "We are not sure: please check."
    return " ".join([sure, *(f"“{text}”" for text in shown)] if shown else [sure, "It has no words in it."])


class OwnersForm(GovForm):
    """Who is meant by each name of the file that is no owner of the board for certain."""

    def __init__(self, *args, proposal, **kwargs):
        super().__init__(*args, **kwargs)
        board = proposal.held.board
        choices, places = meanings(board), places_of(board)
        known = {value for _, group in choices if isinstance(group, list) for value, _ in group}
        self.names = list(enumerate(proposal.names))
        for number, asked in self.names:
            # A person's name is given no meaning: whoever confirms it without looking would make a person an owner.
            guessed = "" if asked.read.match == PERSON else proposed_meaning(asked.read, places)
            start = asked.settled or guessed
            self.fields[f"name-{number}"] = forms.ChoiceField(
                label=asked.name,
                choices=choices,
                initial=start if start in known else "",
                help_text=_about(asked),
                error_messages={"required": f"Say who “{asked.name}” is"},
            )

    @property
    def said(self):
        return {asked.name.casefold(): self.cleaned_data[f"name-{number}"] for number, asked in self.names}


def _about(asked):
    where = ", ".join(asked.where[:6]) + (" and others" if len(asked.where) > 6 else "")
    told = f"In {where}."
    if asked.read.match == LIKE:
        return f"{told} It is much like “{asked.read.owner}”."
    if asked.read.match == PERSON:
        return f"{told} It looks like a person’s name. Choose their post: people move on, and the action stays."
    return told


def meanings(board):
    """What a name can be, as choices: an owner there is, or one that would be added."""
    owners = [(f"{SAME}:{owner.pk}", owner.name) for owner in board.owner_set.order_by("name")]
    taken = set(board.owner_set.filter(kind=Owner.Kind.SEAT).values_list("seat", flat=True))
    seats, groups = list(board.seat_set.all()), list(board.subgroup_set.all())
    held = set(board.owner_set.exclude(sub_group=None).values_list("sub_group", flat=True))
    new = [(Owner.Kind.OUTSIDE.value, "New: an outside body"), (Owner.Kind.TO_BE_CONFIRMED.value, "To be confirmed")]
    new += [(f"{Owner.Kind.POST.value}:{seat.pk}", f"New: a post at {seat}") for seat in seats]
    new += [(f"{Owner.Kind.SEAT.value}:{seat.pk}", f"The agency {seat}") for seat in seats if seat.pk not in taken]
    new += [(f"{Owner.Kind.SUB_GROUP.value}:{row.pk}", f"The sub-group {row}") for row in groups if row.pk not in held]
    nobody = [(NONE, "Nobody: keep the words as printed")]
    groups_of = [("The same as", owners), ("New on this board", new), ("Or", nobody)]
    return [("", "Choose"), *(group for group in groups_of if group[1])]


class RowForm(GovForm):
    """What one row of the file is."""

    reference = LineField(label="Reference", max_length=30)
    due = DateField(
        label="The date that its words about time mean",
        required=False,
        help_text="Only if we have read them wrongly, or could not.",
    )
    match = forms.ChoiceField(label="Which action of the plan is it?", required=False)
    leave = forms.BooleanField(
        label="Leave this row out", required=False, help_text="Nothing of it is taken into the plan."
    )
    not_optional = ("match",)

    def __init__(self, *args, proposal, row, **kwargs):
        fix = proposal.held.settled.get("rows", {}).get(row.key, {})
        match = str(row.match.action) if row.match else NEW
        initial = {"reference": row.reference, "match": match, "leave": row.left, "due": fix.get("due")}
        super().__init__(*args, initial=initial, **kwargs)
        if proposal.held.plan:
            actions = proposal.held.plan.actions.select_related("version").order_by("position")
            named = [(str(one.pk), f"{one.reference}: {Truncator(one.version.wording).chars(80)}") for one in actions]
            self.fields["match"].choices = [(NEW, "A new action"), *named]
        else:
            del self.fields["match"]

    @property
    def said(self):
        typed = self.cleaned_data
        said = {"reference": typed["reference"], "leave": typed["leave"], "match": typed.get("match", "")}
        if typed["due"]:
            said["due"] = typed["due"].isoformat()
        return {name: value for name, value in said.items() if value}


class MissingForm(GovForm):
    """What becomes of actions of the plan that the file does not have."""

    def __init__(self, *args, proposal, **kwargs):
        super().__init__(*args, **kwargs)
        draft = proposal.held.plan.state == proposal.held.plan.State.DRAFT
        over = "Take it out of the draft" if draft else "Withdraw it, with its reason and history kept"
        for action in proposal.missing:
            self.fields[f"action-{action.pk}"] = forms.ChoiceField(
                label=f"{action.reference}: {Truncator(action.version.wording).chars(120)}",
                choices=[(KEEP, "It stays as it is"), (TAKE_OUT, over)],
                initial=proposal.fate(action) or KEEP,
                widget=Radios,
            )

    @property
    def said(self):
        return {name.removeprefix("action-"): value for name, value in self.cleaned_data.items()}
