"""What a plan is asked for: begun, its details, its headings, its sections and objectives, its agreement."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from actions import seen
from actions.changes.writing import HeadingGiven
from actions.forms.asking import LINE, NOTHING, WORDING, MeetingForm, Row, SeenForm, choice_of, rows, speak
from actions.models import Plan, PlanColumn, Section
from boards.labels import labels_of
from boards.models import Board, StrategicPriority, SubGroup
from boards.models.board import in_force
from cseplan.forms import DateField, GovForm, LineField, ManyField, TextField


class PlanForm(GovForm):
    """What a plan is."""

    title = LineField(label="Title", max_length=LINE, help_text="As it stands on its front page.")
    starts = DateField(
        label="First day",
        required=False,
        help_text="Dates without a year, such as “June”, are read as of the plan’s own years.",
    )
    ends = DateField(label="Last day", required=False)
    overseen_by = forms.ModelChoiceField(
        SubGroup.objects.none(), label="Overseen by", help_text="The sub-group whose chair decides on its actions."
    )

    def __init__(self, *args, board, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["overseen_by"].queryset = board.subgroup_set.filter(in_force(on))

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "The last day must be on or after the first day.")
        return cleaned


class NewPlanForm(PlanForm):
    """A plan that does not exist yet: from nothing, or with the words of another."""

    copied = choice_of(
        Plan.objects.none(),
        label="Begin with the words of",
        empty_label="No other plan",
        help_text="A copy takes the headings and the words of the actions. Dates and updates stay with the other plan.",
    )
    not_optional = ("copied",)

    def __init__(self, *args, board, plans, **kwargs):
        super().__init__(*args, board=board, **kwargs)
        self.fields["copied"].queryset = plans


class PlanDetailsForm(SeenForm, PlanForm):
    """A draft as it is, with its marking and the boards that will receive it."""

    marking = forms.ChoiceField(label="Marking", choices=Plan._meta.get_field("marking").choices)
    note = TextField(
        label="Note", required=False, max_length=WORDING, rows=3, help_text="Stands below the plan for everybody."
    )
    receiving_boards = ManyField(
        Board.objects.none(),
        label="Boards that receive it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="They read the plan once it is agreed, and report it. They never change it.",
    )

    def __init__(self, *args, plan, boards, on, **kwargs):
        names = ("title", "starts", "ends", "overseen_by", "marking", "note")
        initial = {name: getattr(plan, name) for name in names}
        received = list(plan.receivers.values_list("receiving_board", flat=True))
        initial |= {"receiving_boards": received}
        super().__init__(*args, board=plan.board, on=on, initial=initial, seen=seen.details(plan), **kwargs)
        # Boards that receive it already stay to be seen and kept, whoever's they are.
        offered = Board.objects.filter(Q(pk__in=boards.values("pk")) | Q(pk__in=received)).order_by("name")
        self.fields["receiving_boards"].queryset = offered
        if not offered.exists():
            del self.fields["receiving_boards"]


def _facts(form, row):
    return {name: getattr(row, name) for name in form.base_fields if name != "seen"} if row else {}


class SectionForm(SeenForm):
    """A section of a plan."""

    number = LineField(label="Number", max_length=30, required=False, help_text="As the plan prints it, such as 2.0.")
    title = LineField(label="Title", max_length=300)
    aim = TextField(label="Aim", required=False, max_length=WORDING, rows=3)
    priority = choice_of(StrategicPriority.objects.none(), label="Strategic priority", empty_label=NOTHING)
    overseen_by = choice_of(SubGroup.objects.none(), label="Overseen by", empty_label="The sub-group of the plan")
    not_optional = ("priority", "overseen_by")

    def __init__(self, *args, plan, on, section=None, **kwargs):
        facts = _facts(self, section)
        super().__init__(*args, initial=facts, seen=section and seen.heading(section), **kwargs)
        self.fields["priority"].queryset = plan.board.strategicpriority_set.all()
        self.fields["overseen_by"].queryset = plan.board.subgroup_set.filter(in_force(on))
        speak(self, plan.board)


class ObjectiveForm(SeenForm):
    """What several actions are for."""

    number = LineField(label="Number", max_length=30, required=False, help_text="As the plan prints it, such as 2.1.")
    title = TextField(label="Objective", max_length=WORDING, rows=3)
    section = choice_of(Section.objects.none(), label="Section", empty_label=NOTHING)
    not_optional = ("section",)

    def __init__(self, *args, plan, objective=None, **kwargs):
        facts = _facts(self, objective)
        super().__init__(*args, initial=facts, seen=objective and seen.heading(objective), **kwargs)
        self.fields["section"].queryset = plan.sections.all()
        self.fields["title"].label = labels_of(plan.board).objective.One
        speak(self, plan.board)


class HeadingRow(Row):
    """A column of the plan."""

    first = "heading"
    heading = LineField(label="Heading", required=False, max_length=LINE)
    field = forms.ChoiceField(label="What stands under it", required=False)
    column = forms.IntegerField(widget=forms.HiddenInput, required=False)
    not_optional = ("heading", "field")

    def __init__(self, *args, choices=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", "Choose"), *PlanColumn.Field.choices]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("heading") and not cleaned.get("field") and "field" not in self.errors:
            self.add_error("field", f"Say what stands under “{cleaned['heading']}”")
        return cleaned

    def given(self):
        typed = self.cleaned_data
        return HeadingGiven(typed["heading"], typed["field"], typed["column"])


def heading_rows(data, plan):
    initial = [{"heading": row.heading, "field": row.field, "column": row.pk} for row in plan.columns.all()]
    return rows(HeadingRow, "heading", data, initial, None)


class AgreeForm(MeetingForm):
    """The board's agreement of a plan."""

    agreed_on = DateField(label="On which day did the board agree the plan?")
    reason = TextField(
        label="Why is it agreed with actions that are not complete?", required=False, max_length=WORDING, rows=3
    )
    field_order = ("agreed_on", "meeting", "new_meeting", "new_meeting_on", "reason")
    not_optional = ("meeting", "reason")

    def __init__(self, *args, lacking, **kwargs):
        super().__init__(*args, **kwargs)
        if not lacking:
            del self.fields["reason"]

    def clean_agreed_on(self):
        agreed_on = self.cleaned_data["agreed_on"]
        if agreed_on and agreed_on > self.on:
            raise ValidationError("The day of agreement must be today or in the past.")
        return agreed_on
