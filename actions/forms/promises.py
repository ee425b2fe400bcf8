"""What an action is asked for: in a draft all of it, in rows and boxes; afterwards what it says anew, or another date.

`said` is what its verb in actions.changes takes.
"""

from dataclasses import replace

from django import forms

from actions import timescales
from actions.changes.definition import MilestoneGiven, RoleGiven, StepGiven, reader_of
from actions.forms.asking import LINE, LISTED, NOTHING, WORDING, MeetingForm, Row, choice_of, rows, speak
from actions.models import Objective, OwnerRole, Recommendation, Section
from boards.models import Owner, StrategicPriority
from cseplan.forms import DateField, GovForm, LineField, ManyField, Radios, TextField

WHY = ("reason", "meeting", "new_meeting", "new_meeting_on")
"""Boxes that ask why an agreed plan changes, and at which meeting that was agreed; they stand last."""


class OwnerRow(Row):
    """An owner and its part."""

    first = "owner"
    owner = choice_of(Owner.objects.none(), label="Owner", empty_label="Choose an owner")
    role = forms.ChoiceField(label="Part", choices=[("", "Choose a part"), *OwnerRole.Role.choices], required=False)
    starts = DateField(label="From", required=False)
    ends = DateField(label="Until", required=False)
    not_optional = ("owner", "role")

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        board, parts = choices
        self.fields["owner"].queryset = board.owner_set.all()
        speak(self, board)
        self.fields["role"].choices = [("", "Choose a part"), *parts]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("owner") and not cleaned.get("role") and "role" not in self.errors:
            self.add_error("role", f"Choose what part {cleaned['owner']} takes")
        if cleaned.get("role") and not cleaned.get("owner") and "owner" not in self.errors:
            self.add_error("owner", "Choose who takes this part, or leave the part empty")
        if cleaned.get("starts") and cleaned.get("ends") and cleaned["ends"] < cleaned["starts"]:
            self.add_error("ends", "“Until” must be on or after “From”.")
        return cleaned

    def given(self):
        return RoleGiven(**{name: self.cleaned_data[name] for name in RoleGiven._fields})


class StepRow(Row):
    """One of the ways in which an action will be done."""

    first = "text"
    text = TextField(label="What", required=False, max_length=WORDING, rows=2)
    lead = choice_of(Owner.objects.none(), label="Who, if not the lead", empty_label="The lead of the action")
    timescale = LineField(label="By when, if the plan says", required=False, max_length=WORDING)
    not_optional = ("text", "lead", "timescale")

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = choices

    def clean(self):
        cleaned = super().clean()
        typed = cleaned.get("lead") or cleaned.get("timescale")
        if typed and not cleaned.get("text") and not self.initial.get("text") and "text" not in self.errors:
            self.add_error("text", "Say what the step is, or empty its other boxes.")
        return cleaned

    def given(self):
        return StepGiven(**{name: self.cleaned_data[name] for name in StepGiven._fields if name in self.fields})


class MilestoneRow(Row):
    """A date on the way."""

    first = "timescale"
    label = LineField(label="What", required=False, max_length=LINE)
    timescale = LineField(label="By when", required=False, max_length=WORDING)
    not_optional = ("label", "timescale")

    def __init__(self, *args, choices=None, **kwargs):
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("label") and not cleaned.get("timescale") and "timescale" not in self.errors:
            self.add_error("timescale", "Say by when, or leave the milestone empty")
        return cleaned

    def given(self):
        return MilestoneGiven(
            **{name: self.cleaned_data[name] for name in MilestoneGiven._fields if name in self.fields}
        )


class AgreedStepRow(StepRow):
    """A step of an agreed action: it stays the same step, and its date is told of."""

    was = forms.IntegerField(widget=forms.HiddenInput, required=False)
    misread = forms.BooleanField(
        label="The other date is no move",
        required=False,
        help_text="Only if you say more clearly by when, and the board always meant that date.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.initial.get("timescale"):
            del self.fields["misread"]


class AgreedMilestoneRow(MilestoneRow):
    """A milestone of an agreed action."""

    was = forms.IntegerField(widget=forms.HiddenInput, required=False)


class Promise(GovForm):
    """What an action says, in a draft and afterwards alike."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    wording = TextField(
        label="Action", max_length=WORDING, rows=4, help_text="What will be done. Do not name children or families."
    )
    outcome = TextField(
        label="Outcome", required=False, max_length=WORDING, rows=3, help_text="What will be better for it."
    )
    section = choice_of(Section.objects.none(), label="Section", empty_label=NOTHING)
    objective = choice_of(Objective.objects.none(), label="Objective", empty_label=NOTHING)
    priorities = ManyField(
        StrategicPriority.objects.none(),
        label="Strategic priorities",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    top_priority = forms.BooleanField(label="Top priority of the plan", required=False)
    measures = TextField(
        label="Measures",
        required=False,
        max_length=LISTED,
        rows=3,
        help_text="How the board will know. Begin a new line for each.",
    )
    recommendations = ManyField(
        Recommendation.objects.none(),
        label="Recommendations it answers",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    not_optional = ("section", "objective", "priorities", "recommendations", "outcome", "measures")

    def __init__(self, *args, plan, action=None, **kwargs):
        facts = _facts(action) if action else {}
        super().__init__(*args, initial=facts | kwargs.pop("initial", {}), **kwargs)
        self.plan, self.action = plan, action
        self.fields["section"].queryset = plan.sections.all()
        self.fields["objective"].queryset = plan.objectives.all()
        self.fields["priorities"].queryset = plan.board.strategicpriority_set.all()
        answers = Recommendation.objects.filter(board=plan.board).select_related("source")
        self.fields["recommendations"].queryset = answers
        several = answers.values("source").distinct().count() > 1
        self.fields["recommendations"].label_from_instance = lambda row: f"{row.source}: {row}" if several else str(row)
        for name, found in (
            ("section", plan.sections),
            ("objective", plan.objectives),
            ("priorities", plan.board.strategicpriority_set),
            ("recommendations", answers),
        ):
            if not found.exists():
                del self.fields[name]
        speak(self, plan.board)

    def clean_measures(self):
        return [line.strip() for line in self.cleaned_data["measures"].splitlines() if line.strip()]

    def clean(self):
        cleaned = super().clean()
        objective = cleaned.get("objective")
        if objective and objective.section_id and "section" in self.fields:
            if cleaned.get("section") is None and "section" not in self.errors:
                cleaned["section"] = objective.section
            elif cleaned.get("section") != objective.section:
                self.add_error("objective", f"“{objective}” stands in {objective.section}. Choose that section, or "
                               "another objective.")  # fmt: skip
        return cleaned

    def see(self, number):
        """Keep what was typed, and count what somebody else wrote meanwhile as seen: sent again, it is taken."""
        self.data = self.data.copy()
        self.data["seen"] = str(number)

    @property
    def said(self):
        """What the verb takes."""
        given = dict(self.cleaned_data)
        for name in ("priorities", "recommendations"):
            if name in given:
                given[name] = list(given[name])
        return given


def _facts(action):
    standing = {"until__isnull": True}
    return {
        "seen": action.version.number,
        "reference": action.reference,
        "wording": action.version.wording,
        "outcome": action.version.outcome,
        "section": action.section,
        "objective": action.objective,
        "top_priority": action.top_priority,
        "limited": action.limited,
        "timescale": action.timescale.text if action.timescale else "",
        "priorities": list(action.action_priorities.filter(**standing).values_list("priority", flat=True)),
        "measures": "\n".join(action.measures.filter(**standing).values_list("text", flat=True)),
        "recommendations": list(
            action.action_recommendations.filter(**standing).values_list("recommendation", flat=True)
        ),
        "related": "; ".join(link.text for link in action.cross_references.all()),
    }


class DraftActionForm(Promise):
    """An action of a draft."""

    reference = LineField(label="Reference", max_length=30, help_text="As the plan prints it, such as 2.1.")
    timescale = LineField(
        label="By when",
        required=False,
        max_length=WORDING,
        help_text="In the board’s own words: “June 2027”, “quarterly”, “by end of Q2”, “ongoing, reviewed every year”.",
    )
    due = DateField(
        label="The date that these words mean", required=False, help_text="Only if we have read them wrongly."
    )
    related = LineField(
        label="Related actions", required=False, max_length=1000, help_text="Their references: 1.2; 3.1"
    )
    limited = forms.BooleanField(
        label="Limited circulation",
        required=False,
        help_text="Only its owners’ people, the chair who oversees it and who keeps the plan will see it.",
    )
    field_order = (
        "seen", "reference", "wording", "outcome", "section", "objective", "priorities", "top_priority", "timescale",
        "due", "measures", "recommendations", "related", "limited",
    )  # fmt: skip
    not_optional = (*Promise.not_optional, "timescale")

    def clean_related(self):
        return [part.strip() for part in self.cleaned_data["related"].split(";") if part.strip()]

    @property
    def said(self):
        given = super().said
        due = given.pop("due")
        if due:
            read = reader_of(self.plan)(given["timescale"])
            given["reading"] = replace(read, kind=timescales.BY_DATE, start=None, due=due, doubts=())
        return given


class RewordForm(Promise, MeetingForm):
    """What an agreed action says from now on, with why. Neither its lead nor its own date is asked here."""

    reason = TextField(label="Why does it change?", max_length=WORDING, rows=3)
    field_order = (
        "seen", "wording", "outcome", "section", "objective", "priorities", "top_priority", "measures",
        "recommendations", *WHY,
    )  # fmt: skip
    not_optional = (*Promise.not_optional, "meeting")


class JoiningForm(DraftActionForm, MeetingForm):
    """An action that comes into a plan after the board has agreed it, with why."""

    reason = TextField(label="Why is it added?", max_length=WORDING, rows=3)
    field_order = (*DraftActionForm.field_order, *WHY)
    not_optional = (*DraftActionForm.not_optional, "meeting")


class DateForm(MeetingForm):
    """A due date of an agreed action: it moves, or had been misread."""

    MOVES, MISREAD = "moves", "misread"
    seen = forms.DateField(widget=forms.HiddenInput, required=False)
    what = forms.ChoiceField(label="What has happened?", widget=Radios)
    to_due = DateField(label="The date from now on")
    why = TextField(label="Why?", max_length=WORDING, rows=3)
    asked_by = LineField(label="Who asked for it?", required=False, max_length=LINE)
    field_order = ("what", "to_due", "why", "asked_by", "meeting", "new_meeting", "new_meeting_on")
    not_optional = ("meeting",)

    def __init__(self, *args, action, **kwargs):
        super().__init__(*args, initial={"seen": action.due}, **kwargs)
        words = action.timescale.text if action.timescale else ""
        moves = (
            "The board promises another date. The first one stays beside it, and it counts as moved."
            if action.due
            else "The board promises a date for the first time."
        )
        choices = [(self.MOVES, "The date moves" if action.due else "There is a date now")]
        hints = {self.MOVES: moves}
        if words:
            choices.append((self.MISREAD, "We had read the board’s words wrongly"))
            hints[self.MISREAD] = f"The plan says “{words}”, and means another date than the one shown. Not a move."
        self.fields["what"].choices, self.fields["what"].widget.hints = choices, hints

    def see(self, due):
        """Keep what was typed, and count the date as it is now as seen: sent again, it is taken."""
        self.data = self.data.copy()
        self.data["seen"] = due.isoformat() if due else ""


class DateDecision(MeetingForm):
    """Whether an action is due on the day that was asked for; at which meeting that was agreed, only of those who keep
    the plan.

    Args:
        due: the date as it is now.
        agrees: whether that was chosen; otherwise the date stays.
    """

    seen = forms.DateField(widget=forms.HiddenInput, required=False)
    answer = TextField(
        label="Why does the date stay?",
        required=False,
        max_length=WORDING,
        rows=3,
        help_text="Only if you keep it. Whoever asked reads it, and it stays in the history of the action.",
    )
    not_optional = ("meeting", "answer")

    def __init__(self, *args, due, names_meeting, agrees=False, **kwargs):
        super().__init__(*args, initial={"seen": due}, **kwargs)
        self.agrees = agrees
        if not names_meeting:
            for name in ("meeting", "new_meeting", "new_meeting_on"):
                self.fields.pop(name, None)

    def clean(self):
        cleaned = super().clean()
        if self.agrees and cleaned.get("answer"):
            self.add_error("answer", "You say why the date stays. Take these words out to agree, or keep the date.")
        return cleaned

    def see(self, due):
        """Keep what was typed, and count the date as it is now as seen: sent again, it is taken."""
        self.data = self.data.copy()
        self.data["seen"] = due.isoformat() if due else ""


class Writing:
    """Everything that is asked of an action of a draft: one form, and rows of owners, steps and milestones."""

    last: tuple[str, ...] = ()

    def __init__(self, data, *, plan, on, action=None, start=None):
        """
        Args:
            start: where a new action is to stand, {section, objective}.
        """
        owners = plan.board.owner_set.all()
        self.form = self.ask(data, plan=plan, action=action, initial=start or {}, on=on)
        parts = _parts(action) if action else {"owners": [], "steps": [], "milestones": []}
        self.owners = rows(OwnerRow, "owner", data, parts["owners"], (plan.board, OwnerRole.Role.choices))
        self.steps = rows(StepRow, "step", data, parts["steps"], owners)
        self.milestones = rows(MilestoneRow, "milestone", data, parts["milestones"], None, places=2)

    def ask(self, data, *, on, **more):
        return DraftActionForm(data, **more)

    @property
    def forms(self):
        return [self.form, self.owners, self.steps, self.milestones]

    def is_valid(self):
        return all(part.is_valid() for part in self.forms)

    @property
    def said(self):
        return self.form.said | {
            "roles": self.owners.given(),
            "steps": self.steps.given(),
            "milestones": self.milestones.given(),
        }


class Joining(Writing):
    """The same of an action that comes into an agreed plan; why, and at which meeting, is asked `last`."""

    last = WHY

    def ask(self, data, *, on, plan, **more):
        return JoiningForm(data, plan=plan, board=plan.board, on=on, **more)


class Rewording:
    """What is asked of an agreed action that is to say something else; its lead is not among the rows, nor its date.
    Those of steps and milestones are: they are what it says. Why, and at which meeting, is asked `last`."""

    last = WHY

    def __init__(self, data, *, action, on):
        plan = action.plan
        self.form = RewordForm(data, plan=plan, action=action, board=plan.board, on=on)
        parts = [choice for choice in OwnerRole.Role.choices if choice[0] != OwnerRole.Role.LEAD]
        stands, owners = _parts(action), plan.board.owner_set.all()
        initial = [row for row in stands["owners"] if row["role"] != OwnerRole.Role.LEAD]
        self.leads = [row for row in _standing(action) if row.role == OwnerRole.Role.LEAD]
        self.owners = rows(OwnerRow, "owner", data, initial, (plan.board, parts))
        self.steps = rows(AgreedStepRow, "step", data, stands["steps"], owners)
        self.milestones = rows(AgreedMilestoneRow, "milestone", data, stands["milestones"], None, places=2)

    @property
    def forms(self):
        return [self.form, self.owners, self.steps, self.milestones]

    def is_valid(self):
        return all(part.is_valid() for part in self.forms)

    @property
    def said(self):
        leads = [RoleGiven(row.owner, row.role, row.starts, row.ends) for row in self.leads]
        return self.form.said | {
            "roles": leads + self.owners.given(),
            "steps": self.steps.given(),
            "milestones": self.milestones.given(),
        }


def _standing(action):
    return action.owner_roles.filter(until__isnull=True).select_related("owner").order_by("id")


def _parts(action):
    standing = {"until__isnull": True}
    return {
        "owners": [
            {"owner": row.owner_id, "role": row.role, "starts": row.starts, "ends": row.ends}
            for row in _standing(action)
        ],
        "steps": [
            {
                "text": row.text,
                "lead": row.lead_id,
                "timescale": row.timescale.text if row.timescale else "",
                "was": row.pk,
            }
            for row in action.steps.filter(**standing).select_related("timescale").order_by("position")
        ],
        "milestones": [
            {"label": row.label, "timescale": row.timescale.text, "was": row.pk}
            for row in action.milestones.filter(**standing).select_related("timescale").order_by("position")
        ],
    }
