"""What is asked before an action goes on elsewhere or is withdrawn, and before a plan is closed or gone on with.

`given` is what a form asked, as its verb in actions.changes takes it; what cannot be is refused by the verb.
"""

from django import forms

from actions.changes import Placing
from actions.changes.definition import RoleGiven, roles_of
from actions.changes.succession import free_reference
from actions.changes.writing import free_slug
from actions.forms.asking import MeetingForm
from actions.models import OwnerRole
from boards.models import Owner
from cseplan.forms import Checkboxes, DateField, GovForm, LineField, ManyField, Radios, TextField, asked

REASON, WORDING, LINE = 2000, 5000, 200
PARTS = 4
"""Into how many an action can be split on one page."""

WHEN = "In the board’s words, for example “by June 2027”. A later date than now counts as one more move."


class WhyForm(MeetingForm):
    """Why, and where it was agreed; every form here asks it last."""

    reason = TextField(label="Why?", max_length=REASON, rows=3, help_text="It stands in the history for good.")

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, board=board, **kwargs)
        self.board = board
        self.why_last()

    def why_last(self):
        last = ("reason", "meeting", "new_meeting", "new_meeting_on")
        self.order_fields([name for name in self.fields if name not in last] + list(last))

    def refuse(self, refused):
        """Put what a verb refused beside the box it concerns."""
        told = refused.message_dict if hasattr(refused, "error_dict") else {None: refused.messages}
        for name, said in told.items():
            self.add_error(name if name in self.fields else None, said)

    def why(self):
        return {"reason": self.cleaned_data["reason"], "meeting": self.cleaned_data.get("meeting")}

    def given(self):
        return self.why()


class BecomeForm(WhyForm):
    """Of one action. `plans` and `actions` are those it may go on in."""

    def __init__(self, *args, action, plans, actions, **kwargs):
        super().__init__(*args, board=action.board, **kwargs)
        self.action = action
        self.offer(plans, actions)

    def offer(self, plans, actions):
        """Say what there is to choose from."""


class WithdrawForm(BecomeForm):
    """Only why."""


class CarryForm(BecomeForm):
    """Into which plan, and when it is due there."""

    plan = forms.ModelChoiceField(None, label="Plan it is carried over into", empty_label="Choose a plan")
    timescale = LineField(label="Another date there", required=False, max_length=LINE, help_text=WHEN)

    def offer(self, plans, actions):
        self.fields["plan"].queryset = plans.exclude(pk=self.action.plan_id)

    def given(self):
        return self.why() | {"plan": self.cleaned_data["plan"]} | _if_said(self.cleaned_data, "timescale")


class ReplaceForm(BecomeForm):
    """What the action that takes its place says."""

    wording = TextField(label="What the new action says", max_length=WORDING, rows=4)
    reference = LineField(label="Its reference", max_length=30)
    timescale = LineField(label="Another date", required=False, max_length=LINE, help_text=WHEN)

    def offer(self, plans, actions):
        self.initial |= {
            "wording": self.action.version.wording,
            "reference": free_reference(self.action.plan, self.action.reference),
        }

    def given(self):
        return self.why() | _if_said(self.cleaned_data, "wording", "reference", "timescale")


class SplitForm(BecomeForm):
    """What each of the new actions says; the first two are owed."""

    def offer(self, plans, actions):
        owners = Owner.objects.filter(board=self.action.board)
        lead = self.action.owner_roles.filter(role=OwnerRole.Role.LEAD, until__isnull=True).last()
        for number, letter in zip(range(1, PARTS + 1), "abcd", strict=True):
            owed = number <= 2
            self.fields[f"wording_{number}"] = TextField(
                label=f"What action {number} says", max_length=WORDING, rows=3, required=owed
            )
            self.fields[f"reference_{number}"] = LineField(
                label=f"Reference of action {number}", max_length=30, required=owed
            )
            self.fields[f"lead_{number}"] = forms.ModelChoiceField(
                owners, label=f"Lead of action {number}", required=False, empty_label="The same as now"
            )
            self.fields[f"timescale_{number}"] = LineField(
                label=f"Another date for action {number}", required=False, max_length=LINE
            )
            for name in (f"wording_{number}", f"reference_{number}"):
                self.fields[name].error_messages["required"] = asked(self.fields[name])
            self.initial |= {f"reference_{number}": f"{self.action.reference[:24]}{letter}"} if owed else {}
            self.initial |= {f"lead_{number}": lead and lead.owner_id}
        self.why_last()

    def given(self):
        said = self.cleaned_data
        into = []
        for number in range(1, PARTS + 1):
            if said.get(f"wording_{number}"):
                names = {name: said[f"{name}_{number}"] for name in ("wording", "reference", "timescale")}
                one = _if_said(names, *names)
                if owner := said.get(f"lead_{number}"):
                    one["roles"] = _led_by(self.action, owner)
                into.append(one)
        return self.why() | {"into": into}


def _led_by(action, owner):
    others = [role for role in roles_of(action) if role.role != OwnerRole.Role.LEAD and role.owner != owner]
    return [RoleGiven(owner, OwnerRole.Role.LEAD), *others]


class MergeForm(BecomeForm):
    """With which others, and into which: one that is there, or a new one."""

    others = ManyField(None, label="Merge it together with", required=False, widget=Checkboxes)
    into = forms.ModelChoiceField(None, label="Into", required=False, empty_label="A new action of this plan")
    wording = TextField(
        label="What the new action says", required=False, max_length=WORDING, rows=4,
        help_text="Only for a new action.",
    )  # fmt: skip
    not_optional = (*WhyForm.not_optional, "into", "wording")

    def offer(self, plans, actions):
        actions = actions.exclude(pk=self.action.pk).filter(limited=self.action.limited)
        actions = actions.select_related("plan", "version")
        self.fields["others"].queryset = actions.filter(plan=self.action.plan)
        self.fields["into"].queryset = actions
        for name in ("others", "into"):
            self.fields[name].label_from_instance = self._called

    def _called(self, action):
        words = " ".join(action.version.wording.split())
        plan = "" if action.plan_id == self.action.plan_id else f"{action.plan}: "
        return f"{plan}{action.reference} {words[:80]}{'…' if len(words) > 80 else ''}"

    def clean(self):
        said = super().clean()
        if not said.get("into") and not said.get("wording") and "into" not in self.errors:
            self.add_error("wording", "Say what the new action says, or choose an action that is there.")
        return said

    def given(self):
        said = self.cleaned_data
        others = [other for other in said["others"] if other != said["into"]]
        new = {} if said["into"] else {"wording": said["wording"]}
        return self.why() | {"actions": [self.action, *others], "into": said["into"], **new}


def _if_said(said, *names):
    return {name: said[name] for name in names if said[name]}


class NextPlanForm(WhyForm):
    """What next year's plan is called and when it runs."""

    title = LineField(label="Title of the next plan", max_length=200)
    starts = DateField(label="First day", required=False)
    ends = DateField(label="Last day", required=False)

    def given(self):
        said = self.cleaned_data
        return self.why() | {
            "title": said["title"],
            "slug": free_slug(self.board, said["title"]),
            "starts": said["starts"],
            "ends": said["ends"],
        }


class CloseForm(WhyForm):
    """On which day a plan ended."""

    closed_on = DateField(label="Last day of the plan")

    def given(self):
        return self.why() | {"closed_on": self.cleaned_data["closed_on"]}


class PlacingForm(GovForm):
    """What becomes of one unfinished action of a plan that is closed."""

    how = forms.ChoiceField(
        label="What becomes of it?",
        choices=[("carried", "Carried over"), ("merged", "Merged"), ("withdrawn", "Withdrawn")],
        widget=Radios,
    )
    plan = forms.ModelChoiceField(None, label="Into which plan?", required=False, empty_label="Choose a plan")
    into = LineField(label="Into which action?", required=False, max_length=30, help_text="Its reference in this plan.")
    why = LineField(label="Why, if not as for the plan", required=False, max_length=REASON)
    shown_when = {"plan": ("how", ["carried"]), "into": ("how", ["merged"])}

    def __init__(self, *args, action, plans, choices, actions, **kwargs):
        super().__init__(*args, prefix=f"a{action.pk}", **kwargs)
        self.action, self.actions = action, actions
        self.fields["plan"].queryset = plans
        self.fields["plan"].choices = choices

    def clean(self):
        said = super().clean()
        if said.get("how") == "carried" and not said.get("plan"):
            self.add_error("plan", f"Choose the plan that action {self.action} is carried over into.")
        if said.get("how") == "merged":
            said["found"] = next((row for row in self.actions if row.reference == said.get("into")), None)
            if said["found"] is None:
                self.add_error("into", "Write the reference of an action of this plan that is still to be done.")
        return said

    def placing(self, reason):
        said = self.cleaned_data
        to = {"carried": said["plan"], "merged": said.get("found")}.get(said["how"])
        return Placing(self.action, said["how"], said["why"] or reason, to)
