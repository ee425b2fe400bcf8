"""What is asked about an action: an update, a progress note, an answer to a submission. One form a question.

What an answer owes (a reason, whether the date will hold) is decided in actions.rag when it is recorded; these forms
read, clean and keep what was typed, and put what is owed beside its box.
"""

from django import forms

from actions import rag
from actions.changes import Answer, EvidenceGiven
from actions.deadlines import date_state
from actions.models import Evidence, Status
from actions.steps import meant
from cseplan.forms import LONGEST_NUMBER, Checkboxes, DateField, GovForm, LineField, Radios, TextField
from cseplan.templatetags.cseplan import day

WORDS, REASON, LINE, PLACE = 5000, 2000, 200, 500
"""The most characters of an account, a reason, a line, and of a place (the address of a document can be long)."""

NO_NAMES = "Do not name children, families or suspects."

MAY_PROPOSE = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.PROPOSED_COMPLETE)
MAY_ENTER = (*MAY_PROPOSE, Status.COMPLETE, Status.EMBEDDED)

STATUS_HINTS = {
    Status.PROPOSED_COMPLETE: "Everything promised is done, and the board has still to agree that it is.",
    Status.COMPLETE: "Everything promised is done, and the board has agreed that it is.",
    Status.EMBEDDED: "Complete, and still happening as a matter of course.",
}


class Refusable(GovForm):
    """A form that shows what a verb refused beside the boxes it concerns."""

    def refuse(self, owed: dict[str, str]) -> None:
        for name, words in owed.items():
            self.add_error(name if name in self.fields else None, words)

    def renew(self, seen: int) -> None:
        """Keep what was typed and count what somebody else saved meanwhile as seen: sent again, it is taken."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = str(seen)


class StepsField(forms.MultipleChoiceField):
    """Some of the steps of an `action`; one that is led or dated otherwise since the page was opened is still meant.

    Args:
        strict: one that is gone, or worded otherwise, is refused rather than left out.
    """

    action = None

    def __init__(self, *, strict=True, **kwargs):
        super().__init__(**kwargs)
        self.strict = strict

    def to_python(self, value):
        sent = super().to_python(value)
        ids = {int(one) for one in sent if one.isascii() and one.isdigit() and len(one) <= LONGEST_NUMBER}
        now = {str(one): str(step) for one, step in meant(self.action, ids).items()}
        return list(dict.fromkeys(now.get(one, one) for one in sent if self.strict or one in now))


class UpdateForm(Refusable):
    """The questions about an action. The answers to those on paper stay the same whoever writes them down."""

    not_optional = (
        "words",
        "rating",
        "date_answer",
        "steps_done",
        "evidence_shows",
        "evidence_kind",
        "evidence_dated",
        "evidence_where",
    )

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    words = TextField(label="What has happened?", required=False, max_length=WORDS, rows=8)
    no_change = forms.BooleanField(
        label="Nothing has changed", required=False, help_text="Tick this instead of writing the same words again."
    )
    rating = forms.ChoiceField(label="How is it going?", required=False)
    reason = TextField(label="Why this rating?", required=False, max_length=REASON, rows=4)
    date_answer = forms.ChoiceField(required=False, widget=Radios)
    next_steps = TextField(label="What will happen next?", required=False, max_length=WORDS, rows=4)
    status = forms.ChoiceField(label="Where does the work stand?", widget=Radios(hints=STATUS_HINTS))
    steps_done = StepsField(
        label="Which steps are done?",
        required=False,
        widget=Checkboxes,
        error_messages={"invalid_choice": "The steps have been changed since you ticked one. Tick again what is done."},
    )
    steps_shown = StepsField(required=False, widget=forms.MultipleHiddenInput, strict=False)
    evidence_shows = TextField(
        label="What does it show?",
        required=False,
        max_length=REASON,
        rows=2,
        help_text=f"For example: 142 of 150 licensed drivers have been trained. {NO_NAMES}",
    )
    evidence_kind = forms.ChoiceField(
        label="What kind of evidence is it?", required=False, choices=[("", "Choose"), *Evidence.Kind.choices]
    )
    evidence_dated = DateField(
        label="Date of the evidence", required=False, help_text="As written on it, for example 27 3 2026."
    )
    evidence_where = LineField(
        label="Where is it held?",
        required=False,
        max_length=PLACE,
        help_text="A link, or the place where somebody else can find it. The file itself stays where it is.",
    )

    def __init__(self, *args, action, key, steps, on, **kwargs):
        """
        Args:
            key: the steps of the board's rating scale.
            steps: the steps of the action.
            on: today.
        """
        super().__init__(*args, **kwargs)
        self.on = on
        self._ask_about_rating(action, key, on)
        self._ask_about_date(action, key, on)
        if steps:
            self.fields["steps_done"].choices = [(str(step.pk), step.text) for step in steps]
            self.fields["steps_done"].widget.hints = {str(step.pk): _about_step(step) for step in steps}
            self.fields["steps_shown"].choices = self.fields["steps_done"].choices
            for name in ("steps_done", "steps_shown"):
                self.fields[name].action = action
                self.initial.setdefault(name, [step.pk for step in steps if step.done_on])
        else:
            del self.fields["steps_done"], self.fields["steps_shown"]
        self.fields["status"].choices = [(status.value, status.label) for status in self.statuses(action)]
        self.initial.setdefault("status", action.status)

    def statuses(self, action):
        """The statuses this writer may give."""
        raise NotImplementedError

    def _ask_about_rating(self, action, key, on):
        owing = [rating for rating in key if rating.needs_reason]
        state = date_state(action.next_due, action.status, on)
        late = [rating for rating in key if rag.is_good(rating)] if state.is_overdue else []
        self.key = {str(rating.pk): rating for rating in key}
        field = self.fields["rating"]
        field.widget = Radios(
            hints={rating.pk: rating.meaning for rating in key}, colours={rating.pk: rating.colour for rating in key}
        )
        field.choices = [(str(rating.pk), rating.word) for rating in key]
        if not owing and not late:
            del self.fields["reason"]
            return
        needed = f"Needed when it is {_either(owing)}." if owing else ""
        if late:
            needed += f" The action is {state.words}, so {_either(late)} needs a reason, too."
        self.fields["reason"].help_text = needed.strip()
        self.shown_when = {"reason": ("rating", [rating.pk for rating in (*owing, *late)])}

    def _ask_about_date(self, action, key, on):
        if not action.next_due:
            del self.fields["date_answer"]
            return
        field = self.fields["date_answer"]
        date = day(action.next_due) if action.next_due == action.due else f"{day(action.next_due)} for the next step"
        if action.next_due < on:
            field.label = f"The date, {date}, has passed. Is another one needed?"
            field.choices = [("holds", "No"), ("will_move", "Yes")]
        else:
            field.label = f"Will the date hold: {date}?"
            field.choices = [("holds", "Yes"), ("will_move", "No, another date is needed")]
        worst = [rating for rating in key if rating.severity == max(other.severity for other in key)]
        field.help_text = (
            f"Needed when the rating is {_either(worst)}. Saying so does not move the date: "
            "the chair or the coordinator decides that."
        )

    def clean_evidence_dated(self):
        dated = self.cleaned_data["evidence_dated"]
        if dated and dated > self.on:
            raise forms.ValidationError("The date of the evidence must not be in the future.")
        return dated

    def clean(self):
        said = super().clean()
        shows, where = said.get("evidence_shows"), said.get("evidence_where")
        rest = shows or where or said.get("evidence_kind") or said.get("evidence_dated")
        if rest and not shows and "evidence_shows" not in self.errors:
            self.add_error("evidence_shows", "Say what the evidence shows, or leave all boxes about evidence empty.")
        if rest and not where and "evidence_where" not in self.errors:
            self.add_error("evidence_where", "Say where the evidence is held, or leave all boxes about it empty.")
        return said

    def answer(self) -> Answer:
        """What was said, for a verb to record."""
        said = self.cleaned_data
        evidence = None
        if said["evidence_shows"]:
            evidence = EvidenceGiven(
                shows=said["evidence_shows"],
                kind=said["evidence_kind"] or Evidence.Kind.OTHER,
                where=said["evidence_where"],
                dated=said["evidence_dated"],
            )
        return Answer(
            status=said["status"],
            rating=self.key.get(said["rating"]),
            reason=said.get("reason", ""),
            words=said["words"],
            next_steps=said["next_steps"],
            date_answer=said.get("date_answer", ""),
            no_change=said["no_change"],
            steps_done=frozenset(int(step) for step in said.get("steps_done", ())),
            steps_shown=frozenset(int(step) for step in said.get("steps_shown", ())),
            evidence=evidence,
        )


class EnterUpdateForm(UpdateForm):
    """An update as a coordinator puts it on the record, for the lead or a joint lead."""

    field_order = ("seen", "owner", "entered_for")

    owner = forms.ChoiceField(label="Whose update is this?", widget=Radios)
    entered_for = LineField(
        label="How did you hear of it?",
        required=False,
        max_length=LINE,
        help_text="For example: told by telephone; minutes of a meeting.",
    )

    def __init__(self, *args, action, parts, **kwargs):
        """
        Args:
            parts: the owners who are asked about the action, from permissions.owners_asked.
        """
        super().__init__(*args, action=action, **kwargs)
        self.owners = {str(part.owner_id): part.owner for part in parts}
        self.fields["owner"].choices = [
            (str(part.owner_id), f"{part.owner} ({part.get_role_display().lower()})") for part in parts
        ]
        if len(parts) == 1:
            self.fields["owner"].widget = forms.HiddenInput()
        self.initial.setdefault("owner", next(iter(self.owners), None))

    @property
    def whose(self):
        """The owner chosen."""
        return self.owners[self.cleaned_data["owner"]]

    def statuses(self, action):
        return MAY_ENTER if action.status in MAY_ENTER else (*MAY_ENTER, Status(action.status))


class SubmitUpdateForm(UpdateForm):
    """A quarterly update as an owner's people write it. They may propose that the action is complete."""

    def statuses(self, action):
        return MAY_PROPOSE


class NoteForm(Refusable):
    """A progress note between rounds."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    words = TextField(
        label="Add a progress note",
        max_length=WORDS,
        rows=3,
        help_text=f"A few words between quarterly updates; the next update starts from them. {NO_NAMES}",
        error_messages={"required": "Write the note before you add it."},
    )
    internal = forms.BooleanField(
        label="Internal",
        required=False,
        help_text="Only the coordinator and the business manager see it. It is never reported.",
    )

    def __init__(self, *args, keeps, **kwargs):
        super().__init__(*args, **kwargs)
        if not keeps:
            del self.fields["internal"]


class ReviewForm(Refusable):
    """The coordinator's answer to a submitted update."""

    not_optional = ("comment",)

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    comment = TextField(
        label="What is missing?",
        required=False,
        max_length=REASON,
        rows=4,
        help_text="Only for sending back. They read your words on top of their update.",
    )


def _either(ratings):
    words = [rating.word for rating in ratings]
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _about_step(step):
    """The owner and date of a step that has them of its own."""
    due = f"due {day(step.due)}" if step.due else (step.timescale.text if step.timescale else "")
    return ", ".join(filter(None, [step.lead.name if step.lead else "", due]))
