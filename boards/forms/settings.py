"""The furniture of a board, as its business manager is asked for it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from boards.labels import USUAL, labels_of, owner_kinds
from boards.models import Agency, Board, Holder, Owner, Rating, Seat, StrategicPriority, SubGroup, User
from boards.models.board import in_force
from boards.ratings import GONE_ON, NO_UPDATE, NONE, WITHDRAWN, ratings_of
from cseplan.forms import DateField, GovForm, LineField, ManyField, Radios

A_NAME = {"required": "Enter a name"}

MONTHS = [
    (4, "April, as the financial year does"),
    (1, "January"),
    (7, "July"),
    (9, "September, as the school year does"),
    (10, "October"),
]


class BoardForm(GovForm):
    """What a board is called, and how its papers are marked."""

    name = LineField(label="Name in full", max_length=200)
    short_name = LineField(
        label="Short name", max_length=30, required=False, help_text="What people call it, for example NSCP."
    )
    marking = forms.ChoiceField(
        label="Marking",
        choices=Board._meta.get_field("marking").choices,
        widget=Radios,
        help_text="Stands on every page of a report. A plan of its own marking keeps it.",
    )
    quarter_start_month = forms.TypedChoiceField(
        label="Month in which its year begins", choices=MONTHS, coerce=int, help_text="Quarters are counted from it."
    )

    def __init__(self, *args, board, **kwargs):
        facts = {name: getattr(board, name) for name in self.base_fields}
        super().__init__(*args, initial=facts, **kwargs)
        if board.reportingperiod_set.exists():
            del self.fields["quarter_start_month"]
        elif board.quarter_start_month not in dict(MONTHS):
            self.fields["quarter_start_month"].choices += [(board.quarter_start_month, str(board.quarter_start_month))]


class LabelsForm(GovForm):
    """The board's own words, two boxes for each: for one thing, and for several."""

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        kept = labels_of(board)
        for code, usual in USUAL.items():
            told = getattr(kept, code)
            for box in ("one", "many"):
                word = getattr(usual, box)
                self.fields[f"{code}_{box}"] = LineField(
                    label=f"In place of “{word}”",
                    required=False,
                    initial="" if told == usual else getattr(told, box),
                )
        self.not_optional = tuple(self.fields)

    def clean(self):
        said = super().clean()
        return {
            "labels": {code: (said.get(f"{code}_one", ""), said.get(f"{code}_many", "")) for code, _ in USUAL.items()}
        }


class SecondStepForm(GovForm):
    """Whether a password is enough."""

    required = forms.TypedChoiceField(
        label="Must whoever may write on this board sign in with a second step?",
        choices=[("yes", "Yes"), ("no", "No, a password is enough")],
        coerce=lambda answer: answer == "yes",
        widget=Radios(hints={"yes": "An app for codes or a passkey. It holds from their next click on."}),
    )

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, initial={"required": "yes" if board.second_factor_required else "no"}, **kwargs)


class PriorityForm(GovForm):
    """A strategic priority in the board's words."""

    name = LineField(label="Name", max_length=200, help_text="As the board’s plans print it.", error_messages=A_NAME)
    shared = forms.ChoiceField(
        label="Which of these is it?",
        choices=StrategicPriority.Code.choices,
        widget=Radios,
        help_text="The shared word, by which boards can be compared.",
    )

    def clean(self):
        cleaned = super().clean()
        cleaned["code"] = cleaned.pop("shared", None)
        return cleaned


class PeriodForm(GovForm):
    """A reporting period."""

    label = LineField(label="Name", max_length=60, help_text="For example Q2 2026/27.", error_messages=A_NAME)
    starts = DateField(label="First day")
    ends = DateField(label="Last day")


class SeatForm(GovForm):
    """A place for an agency."""

    agency_name = LineField(
        max_length=200,
        help_text="Its full name. On other boards where it sits too, it is known by the same name.",
    )
    agency_kind = forms.ChoiceField(label="Kind", choices=Agency.Kind.choices)
    name = LineField(
        label="What the board calls it", max_length=200, required=False, help_text="When that is something else."
    )

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        agency, field = labels_of(board).agency, self.fields["agency_name"]
        field.label, field.error_messages["required"] = agency.One, f"Enter the name of the {agency.one}"


class SeatNameForm(GovForm):
    """What a board calls an agency's place."""

    name = LineField(label="What the board calls it", max_length=200)


class GroupForm(GovForm):
    """A sub-group, and the group it reports to."""

    name = LineField(label="Name", max_length=200, error_messages=A_NAME)
    short_name = LineField(label="Short name", max_length=60, required=False, help_text="For example CMOG.")
    reports_to = forms.ModelChoiceField(
        SubGroup.objects.none(), label="Reports to", required=False, empty_label="The board itself"
    )
    not_optional = ("reports_to",)

    def __init__(self, *args, board, on, group=None, **kwargs):
        facts = {name: getattr(group, name) for name in self.base_fields} if group else {}
        super().__init__(*args, initial=facts, **kwargs)
        others = board.subgroup_set.filter(in_force(on))
        self.fields["reports_to"].queryset = others.exclude(pk=group.pk) if group else others


class EndForm(GovForm):
    """When a seat or a sub-group ends, and what follows it."""

    ends = DateField(label="Last day", help_text="Whoever holds a role there holds it no longer than that.")
    successor = forms.ModelChoiceField(
        Seat.objects.none(),
        label="What follows it",
        required=False,
        empty_label="Nothing",
        help_text="Roles do not move: give them anew there. Once it has ended, its actions move in one go.",
    )

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = others


OTHER = {"invalid_choice": "Choose one of this list. What was sent is not on it."}


class OwnerForm(GovForm):
    """A name to give actions to. Of one that is there, everything but who is in a group may become otherwise."""

    name = LineField(label="Name", max_length=200, help_text="As the board’s plans print it.", error_messages=A_NAME)
    kind = forms.ChoiceField(
        label="What is it?",
        choices=Owner.Kind.choices,
        widget=Radios,
    )
    seat = forms.ModelChoiceField(Seat.objects.none(), required=False, empty_label="Choose one", error_messages=OTHER)
    sub_group = forms.ModelChoiceField(
        SubGroup.objects.none(), required=False, empty_label="Choose one", error_messages=OTHER
    )
    members = ManyField(Owner.objects.none(), required=False, widget=forms.CheckboxSelectMultiple)
    shown_when = {
        "seat": ("kind", [Owner.Kind.SEAT, Owner.Kind.POST]),
        "sub_group": ("kind", [Owner.Kind.SUB_GROUP]),
        "members": ("kind", [Owner.Kind.GROUP]),
    }

    def __init__(self, *args, board, on, owner=None, **kwargs):
        names = ("name", "kind", "seat", "sub_group")
        super().__init__(*args, initial={name: getattr(owner, name) for name in names} if owner else {}, **kwargs)
        self._speak(labels_of(board))
        self.fields["seat"].queryset = board.seat_set.filter(in_force(on))
        self.fields["sub_group"].queryset = board.subgroup_set.filter(in_force(on))
        self.fields["members"].queryset = board.owner_set.exclude(kind=Owner.Kind.GROUP)
        if owner:
            del self.fields["members"]
            groups = owner.kind == Owner.Kind.GROUP
            self.fields["kind"].choices = [
                (value, word) for value, word in self.kinds.items() if (value == Owner.Kind.GROUP) == groups
            ]

    def _speak(self, labels):
        """In the board's own words."""
        agency, group, owners = labels.agency, labels.sub_group, labels.owner.many
        self.kinds = owner_kinds(labels, Owner.Kind)
        self.fields["kind"].choices = list(self.kinds.items())
        self.fields["kind"].widget.hints = {
            Owner.Kind.SEAT: f"The {agency.one} as a whole. Its contacts are asked for updates.",
            Owner.Kind.POST: f"Whoever holds the post. The contacts of its {agency.one} are asked for updates.",
            Owner.Kind.SUB_GROUP: f"One of the board’s {group.many}. Its chair is asked for updates.",
            Owner.Kind.GROUP: f"Several {owners} that a plan prints as one: “Police, YOS and Probation”.",
            Owner.Kind.OUTSIDE: "Nobody of this board. The coordinator enters its updates.",
            Owner.Kind.TO_BE_CONFIRMED: "The plan does not say yet.",
        }
        self.fields["seat"].label, self.fields["sub_group"].label = agency.One, group.One
        self.fields["members"].label = f"Which {owners} are in it?"
        self.missing = {
            "seat": f"Choose the {agency.one}",
            "sub_group": f"Choose the {group.one}",
            "members": f"Choose which {owners} are in it",
        }

    def clean(self):
        """What the kind asks for is there, and nothing else is taken from the boxes."""
        cleaned = super().clean()
        kind = cleaned.get("kind")
        for name, (_, kinds) in self.shown_when.items():
            if name not in self.fields:
                continue
            if kind not in kinds:
                cleaned[name] = [] if name == "members" else None
            elif kind and name not in self.errors and not cleaned.get(name):
                self.add_error(name, self.missing[name])
        return cleaned


class AliasForm(GovForm):
    """Another spelling of an owner."""

    name = LineField(label="Another spelling", max_length=200, help_text="As a plan prints it.")


class HolderForm(GovForm):
    """Who answers for an owner."""

    person = forms.ModelChoiceField(
        User.objects.none(),
        label="Who",
        empty_label="Choose a person",
        help_text="Somebody of this board. Invite them first if they are not on it.",
    )
    part = forms.ChoiceField(label="As", choices=Holder.Part.choices, widget=Radios, initial=Holder.Part.HOLDER)
    starts = DateField(label="First day", help_text="Whoever was before ends the day before.")
    ends = DateField(label="Last day", required=False, help_text="For good, when you leave it empty.")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class HolderEndForm(GovForm):
    """When somebody stops answering for an owner."""

    ends = DateField(label="Last day")


class StepForm(GovForm):
    """One step of a rating key; a step without a word is left out."""

    word = LineField(label="Word", max_length=40, required=False)
    meaning = LineField(label="What it means", max_length=300, required=False)
    colour = forms.ChoiceField(
        label="Colour", choices=[("", "Choose a colour"), *Rating.Colour.choices], required=False
    )
    needs_reason = forms.BooleanField(label="Whoever gives it says why", required=False)
    requires_completion = forms.BooleanField(label="Only for an action that is complete", required=False)
    not_optional = ("word", "meaning", "colour")

    def clean(self):
        cleaned = super().clean()
        for name in ("meaning", "colour"):
            if cleaned.get("word") and not cleaned.get(name):
                self.add_error(name, f"Say what {cleaned['word']} means" if name == "meaning" else "Choose a colour")
        return cleaned


class Steps(forms.BaseFormSet):
    """A whole rating key, worst first."""

    def clean(self):
        if not any(self.errors):
            words = [form.cleaned_data["word"].casefold() for form in self.forms if form.cleaned_data.get("word")]
            if len(words) < 2:
                raise ValidationError("A rating key needs two steps or more.")
            if len(set(words)) < len(words):
                raise ValidationError("Two steps have the same word. Give each a word of its own.")

    def steps(self, board):
        """The fields of each Rating, worst first. A step keeps its code as long as it keeps its word: whatever was
        rated before is counted by it."""
        given = [dict(form.cleaned_data) for form in self.forms if form.cleaned_data.get("word")]
        codes = {rating.word.casefold(): rating.code for rating in ratings_of(board).current}
        taken = {NONE, NO_UPDATE, WITHDRAWN, GONE_ON, *board.rating_set.values_list("code", flat=True)}
        for severity, step in zip(range(len(given) - 1, -1, -1), given, strict=True):
            step["severity"] = severity
            step["code"] = codes.get(step["word"].casefold()) or _free(slugify(step["word"])[:25] or "step", taken)
        return given


def _free(code, taken):
    """The code, with a number after it where it was used before; from now on it is taken."""
    found, number = code, 1
    while found in taken:
        number += 1
        found = f"{code}-{number}"
    taken.add(found)
    return found


STEPS = 6
"""Steps a key may have; no board was seen with more than five."""

ScaleForm = forms.formset_factory(StepForm, formset=Steps, extra=0, min_num=STEPS, max_num=STEPS, absolute_max=STEPS)


def scale_form(data, ratings):
    """The formset of a board's key as it is, with empty places for more steps."""
    names = ("word", "meaning", "colour", "needs_reason", "requires_completion")
    initial = [{name: getattr(rating, name) for name in names} for rating in ratings]
    return ScaleForm(data, initial=initial, prefix="step")
