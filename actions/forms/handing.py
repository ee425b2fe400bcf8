"""Handing an action over: to whom and why; and the answer."""

from django import forms

from actions.forms.asking import MeetingForm
from actions.forms.updates import LINE, REASON
from actions.models import OwnerRole
from boards.models import Owner
from boards.models.board import in_force
from cseplan.forms import GovForm, LineField, Radios, TextField

NO_CHOICE = {"invalid_choice": "Choose one of this list. What was sent is not on it."}


class OfferForm(MeetingForm):
    """To whom an owner's part is offered, and why. Whose part is asked where there are several; at which meeting that
    was agreed, only of those who keep the plan."""

    from_owner = forms.ModelChoiceField(
        Owner.objects.none(),
        label="Whose part is handed over?",
        empty_label=None,
        widget=Radios,
        error_messages=NO_CHOICE,
    )
    to_owner = forms.ModelChoiceField(
        Owner.objects.none(), label="To whom?", empty_label="Choose an owner", error_messages=NO_CHOICE
    )
    reason = TextField(
        label="Why?",
        max_length=REASON,
        rows=4,
        help_text="They read it before they answer, and it stays in the history of the action.",
    )
    field_order = ("from_owner", "to_owner", "reason", "meeting", "new_meeting", "new_meeting_on")

    def __init__(self, *args, board, parts, owners, keeps, on, **kwargs):
        """
        Args:
            parts: OwnerRoles that this person may hand over.
            owners: whom this person may know of.
            keeps: whether this person keeps the plan.
        """
        super().__init__(*args, board=board, on=on, **kwargs)
        self.parts = {part.owner_id: part for part in parts}
        takers = owners.filter(in_force(on, "seat__"), in_force(on, "sub_group__"))
        self.fields["to_owner"].queryset = takers.exclude(kind=Owner.Kind.TO_BE_CONFIRMED)
        if len(self.parts) > 1:
            self.fields["from_owner"].queryset = Owner.objects.filter(pk__in=self.parts)
            self.fields["from_owner"].widget.hints = {
                str(pk): OwnerRole.Role(part.role).label for pk, part in self.parts.items()
            }
        else:
            del self.fields["from_owner"]
        if not keeps:
            for name in ("meeting", "new_meeting", "new_meeting_on"):
                self.fields.pop(name, None)

    def clean(self):
        cleaned = super().clean()
        cleaned.setdefault("from_owner", next(iter(self.parts.values())).owner if len(self.parts) == 1 else None)
        return cleaned


class AnswerForm(GovForm):
    """Why somebody does not take an action over."""

    answer = TextField(
        label="Why not?",
        required=False,
        max_length=REASON,
        rows=3,
        help_text="Only if you refuse. It stays in the history of the action.",
    )
    not_optional = ("answer",)


class RecordForm(GovForm):
    """Who agreed to take an action over, and how, where they cannot say so here."""

    agreed_by = LineField(label="Who agreed?", max_length=LINE, help_text="A post is enough: their service manager.")
    answer = TextField(
        label="How was it agreed?",
        max_length=REASON,
        rows=3,
        help_text="For example: by telephone on 27 March, confirmed by mail.",
    )


class FollowForm(GovForm):
    """Which owner takes the open actions of an ended seat or sub-group over."""

    to_owner = forms.ModelChoiceField(
        Owner.objects.none(),
        label="Which owner takes the actions over?",
        empty_label=None,
        widget=Radios,
        error_messages=NO_CHOICE,
    )

    def __init__(self, *args, owners, **kwargs):
        owners = list(owners)
        super().__init__(*args, initial={"to_owner": owners[0].pk} if len(owners) == 1 else {}, **kwargs)
        self.fields["to_owner"].queryset = Owner.objects.filter(pk__in=[owner.pk for owner in owners])
