"""Who may do what on a board: the boxes above the list, and the questions about a role."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from boards.accounts.forms import EmailField, NewPasswordField
from boards.labels import USUAL
from boards.models import User
from boards.models.board import in_force
from boards.people import UNSEEN_DAYS
from boards.permissions import ROLES, what_may, word_of
from cseplan.filters import ListFilter, box
from cseplan.forms import Checkboxes, DateField, GovForm, LineField, ManyField, Radios

UNSEEN, NEVER = "unseen", "never"
"""In the box about visits."""


def role_words(labels=USUAL):
    """[(role, its word, what it may do)], as a board names them."""
    return [(role, word_of(role), what_may(role, labels)) for role in ROLES]


class PeopleFilter(ListFilter):
    """Narrows the people of a board. Works on Members, not on a queryset."""

    q = LineField(label="Name or e-mail", required=False, max_length=200)
    role = box("Role")
    came = forms.ChoiceField(
        label="Last came",
        required=False,
        choices=[("", "Whenever"), (UNSEEN, f"Not for {UNSEEN_DAYS} days"), (NEVER, "Not yet")],
    )

    def matching(self, found, on):
        """Those of the members that match everything chosen."""
        q, role, came = (self.chosen(name) for name in ("q", "role", "came"))
        words = q.casefold()
        return [
            member
            for member in found
            if (not q or words in member.person.name.casefold() or words in member.person.email)
            and (not role or any(held.row.permission.codename == role for held in member.standing))
            and (came != UNSEEN or member.unseen(on))
            and (came != NEVER or member.came is None)
        ]


class RoleQuestion(forms.ChoiceField):
    """Which role, and on what: the board, one of its seats or of its sub-groups. Gives (role, what it is on)."""

    def __init__(self, **kwargs):
        super().__init__(label="Role", **kwargs)
        self.error_messages["required"] = "Choose a role"
        self.error_messages["invalid_choice"] = "Choose a role of this board. The one that was sent is not one of them."
        self.given = {}

    def offer(self, board, on):
        """Fill in what can be chosen."""
        groups = [("The board", board, board._meta.permissions)]
        for rows in (board.seat_set, board.subgroup_set):
            groups += [(row.name, row, row._meta.permissions) for row in rows.filter(in_force(on))]
        self.choices = [("", "Choose a role")]
        for name, place, roles in groups:
            offered = []
            for role, word in roles:
                value = f"{place._meta.model_name}-{place.pk}-{role}"
                self.given[value] = (role, place)
                offered.append((value, word if place is board else f"{word} of {name}"))
            self.choices += [(name, offered)]

    def clean(self, value):
        return self.given[super().clean(value)]


class DaysForm(GovForm):
    """A first and a last day, from today on, in this order."""

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and starts < self.on:
            self.add_error("starts", "The first day must be today or later.")
        elif ends and ends < (starts or self.on):
            self.add_error("ends", "The last day must be the same as or after the first day.")
        return cleaned


class GiveForm(DaysForm):
    """Another role for a person of the board."""

    role = RoleQuestion()
    starts = DateField(label="First day", required=False, help_text="Today, when you leave it empty.")
    ends = DateField(
        label="Last day", required=False, help_text="For good, when you leave it empty. For example 31 3 2027."
    )

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].offer(board, self.on)


class InviteForm(GiveForm):
    """A role for somebody who is not on the board yet."""

    name = LineField(
        label="Name",
        max_length=200,
        help_text="As their colleagues know them.",
        error_messages={"required": "Enter their name"},
    )
    email = EmailField(help_text="Their own address at work: the invitation opens for whoever reads this mailbox.")
    field_order = ("name", "email", "role", "starts", "ends")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages |= {"required": "Enter their e-mail address"}
        self.fields["email"].validators.append(EmailValidator("Enter an e-mail address in full, like name@example.org"))
        self.fields["email"].widget.attrs["autocomplete"] = "off"


class CoverForm(DaysForm):
    """Who does for some days what somebody holds."""

    person = forms.ModelChoiceField(
        User.objects.none(),
        label="Who covers",
        empty_label="Choose a person",
        help_text="Somebody of this board. Invite them first if they are not on it.",
    )
    starts = DateField(label="First day")
    ends = DateField(label="Last day")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


AT_ONCE, ON_A_DAY, FOR_GOOD = "now", "day", "never"


class EndForm(GovForm):
    """When a role ends."""

    when = forms.ChoiceField(label="When does this role end?", widget=Radios)
    ends = DateField(label="Last day", required=False, help_text="For example 31 3 2027.")
    shown_when = {"ends": ("when", [ON_A_DAY])}

    def __init__(self, *args, held, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        choices = [(AT_ONCE, "At once"), (ON_A_DAY, "On a day")]
        if held.ends and not held.covering:
            choices.append((FOR_GOOD, "It goes on without a last day"))
        self.fields["when"].choices = choices

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("when") in (AT_ONCE, FOR_GOOD):
            self.errors.pop("ends", None)  # a box that is not asked for
            cleaned["ends"] = None
        elif cleaned.get("when") == ON_A_DAY and "ends" not in self.errors:
            if not cleaned.get("ends"):
                raise ValidationError({"ends": "Enter the last day"})
            if cleaned["ends"] < self.on:
                raise ValidationError({"ends": "The last day must be today or later."})
        return cleaned


class ReviewForm(GovForm):
    """Whose roles end, of those who have not come for long."""

    people = ManyField(User.objects.none(), required=False, widget=Checkboxes, label="Whose roles end?")
    not_optional = ("people",)

    def __init__(self, *args, found, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = User.objects.filter(pk__in=[member.person.pk for member in found])
        self.fields["people"].widget.hints = {str(member.person.pk): member.in_short for member in found}


class JoinForm(GovForm):
    """The account of somebody who was invited and has none."""

    name = LineField(
        label="Your name", max_length=200, help_text="As the board knows you. It stands beside all you do."
    )
    password = NewPasswordField("Password")

    def __init__(self, *args, email, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def _clean_fields(self):
        self.fields["password"].user = User(email=self.email, name=self.data.get("name", ""))
        super()._clean_fields()
