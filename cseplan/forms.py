"""Form fields and widgets in the GOV.UK pattern. A form inherits `GovForm`; `templates/django/forms/field.html` is the
one door through which a field reaches a page: `{{ form.name.as_field_group }}`.

    class ProgressForm(GovForm):
        words = TextField(label="What has happened?", max_length=4000)
        rating = ChoiceField(label="How is it going?", choices=..., widget=Radios(hints={...}, colours={...}))
        reason = TextField(label="Why?", required=False)
        shown_when = {"reason": ("rating", ["red", "amber"])}
"""

import datetime
from collections.abc import Mapping, Sequence

from django import forms
from django.core.exceptions import ValidationError

from . import text

EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
LONGEST_NUMBER = 18
"""Digits of the id of a row, at the most."""

MONTHS = {
    name: number
    for number in range(1, 13)
    for name in (
        datetime.date(2000, number, 1).strftime("%B").lower(),
        datetime.date(2000, number, 1).strftime("%b").lower(),
    )
} | {"sept": 9}


# Widgets


class _Choices(forms.widgets.ChoiceWidget):
    """Choices with a hint, a rating mark, or both beside each: keyed by the choice's value as text."""

    def __init__(self, *args, hints: Mapping | None = None, colours: Mapping | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.hints = {str(value): hint for value, hint in (hints or {}).items()}
        self.colours = {str(value): colour for value, colour in (colours or {}).items()}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(str(value), "")
        option["colour"] = self.colours.get(str(value), "")
        return option


class Radios(_Choices, forms.RadioSelect):
    """Radio buttons; `hints` and `colours` map a choice's value to the words and the rating mark beside it."""


class Checkboxes(_Choices, forms.CheckboxSelectMultiple):
    """Checkboxes, of which any number may be ticked; `hints` and `colours` as for `Radios`."""


class DateInput(forms.MultiWidget):
    """Day, month and year in three boxes, posted as `name_day`, `name_month` and `name_year`."""

    use_fieldset = True
    template_name = "components/date_input.html"
    parts = ("day", "month", "year")

    def __init__(self, attrs=None):
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput({"inputmode": "numeric"}) for part in self.parts
        }
        super().__init__(boxes, attrs)

    def decompress(self, value):
        if isinstance(value, datetime.date):
            return [value.day, value.month, value.year]
        return [None, None, None]

    def use_required_attribute(self, initial):
        return False


# Fields


def named(field: forms.Field) -> str:
    """A field as an error speaks of it: by its label, in quotation marks when that is a question."""
    label = str(field.label or "This")
    return f"“{label}”" if label.endswith("?") else label


def asked(field: forms.Field) -> str:
    """What a required field that was left empty says."""
    name = named(field)
    if name.startswith("“"):
        return f"Answer {name}"
    small = name if name[:2].isupper() else name[0].lower() + name[1:]
    chosen = isinstance(field.widget, (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple))
    return f"Choose {small}" if chosen else f"Enter {small}"


class TextField(forms.CharField):
    """Words of several lines, cleaned by `cseplan.text`; too many are refused in words and kept on the page."""

    widget: type[forms.Widget] = forms.Textarea
    clean_words = staticmethod(text.clean_text)

    def __init__(self, *, max_length=None, rows=5, **kwargs):
        self.limit = max_length
        super().__init__(strip=False, **kwargs)
        if isinstance(self.widget, forms.Textarea):
            self.widget.attrs["rows"] = rows

    def to_python(self, value):
        # NULs are cleaned away before CharField's own validator would refuse them.
        return self.clean_words(super().to_python(value) or "")

    def validate(self, value):
        super().validate(value)
        if self.limit and len(value) > self.limit:
            raise ValidationError(
                f"{named(self)} must be {self.limit:,} characters or fewer. It is {len(value):,}.",
                code="max_length",
            )


class LineField(TextField):
    """Words of one line, cleaned by `cseplan.text`."""

    widget = forms.TextInput
    clean_words = staticmethod(text.clean_line)


class ManyField(forms.ModelMultipleChoiceField):
    """Any number of rows. Numbers that no row can have are no choice, rather than too large for the database."""

    def clean(self, value):
        if any(len(str(one)) > LONGEST_NUMBER for one in value or ()):
            raise ValidationError(
                self.error_messages["invalid_choice"], params={"value": "that"}, code="invalid_choice"
            )
        return super().clean(value)


class DateField(forms.Field):
    """A day, typed as day, month and year: "27 3 2026", "27 March 2026"."""

    widget = DateInput

    def to_python(self, value):
        if isinstance(value, datetime.date) or value is None:
            return value
        if isinstance(value, str):
            value = value.split()
        typed = dict(zip(("day", "month", "year"), [text.clean_line(part or "") for part in value], strict=False))
        if not any(typed.values()):
            return None
        missing = [part for part in ("day", "month", "year") if not typed.get(part)]
        if missing:
            raise ValidationError(f"{named(self)} must include a {' and a '.join(missing)}.", code="incomplete")
        return self._read(**typed)

    def _read(self, day: str, month: str, year: str) -> datetime.date:
        month = str(MONTHS.get(month.lower(), month))
        if not all(part.isascii() and part.isdigit() for part in (day, month, year)):
            raise ValidationError(f"{named(self)} must be in numbers, for example 27 3 2026.", code="invalid")
        if len(year) != 4 or not EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
            raise ValidationError(
                f"{named(self)} must have a year of four digits, from {EARLIEST_YEAR} to {LATEST_YEAR}.", code="year"
            )
        try:
            return datetime.date(int(year), int(month), int(day))
        except ValueError:
            raise ValidationError(f"{named(self)} must be a real date.", code="invalid") from None

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


# Forms

KINDS = (
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (DateInput, "date"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
)
CLASSES = {
    "hidden": "",
    "checkboxes": "govuk-checkboxes__input",
    "radios": "govuk-radios__input",
    "select": "govuk-select",
    "date": "govuk-input govuk-date-input__input",
    "checkbox": "govuk-checkboxes__input",
    "textarea": "govuk-textarea",
    "file": "govuk-file-upload",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "input": "govuk-input",
}
BORDERED = {"select", "date", "textarea", "file", "password", "input"}  # kinds whose box turns red with an error


class GovBoundField(forms.BoundField):
    """A field on its form, with what the GOV.UK pattern asks of it."""

    form: "GovForm"

    @property
    def kind(self) -> str:
        """Which pattern of the field template it takes."""
        return next((kind for widget, kind in KINDS if isinstance(self.field.widget, widget)), "input")

    @property
    def limit(self) -> int | None:
        """The most characters it takes, to be counted down on the page."""
        return getattr(self.field, "limit", None)

    @property
    def optional(self) -> bool:
        """Whether the label should say "(optional)"."""
        asked = self.field.required or self.shown_by or self.name in self.form.not_optional
        return not asked and self.kind not in {"hidden", "checkbox"}

    @property
    def shown_by(self) -> str:
        """The posted name of the question whose answer brings this one up; empty when it is always shown."""
        question, _ = self.form.shown_when.get(self.name, ("", ()))
        return self.form.add_prefix(question) if question else ""

    @property
    def shown_for(self) -> str:
        """The answers that bring it up, separated by spaces."""
        _, answers = self.form.shown_when.get(self.name, ("", ()))
        return " ".join(str(answer) for answer in answers)

    @property
    def first_id(self) -> str:
        """The id of its first box, which a link in the error summary leads to."""
        return f"{self.auto_id}_0" if self.kind in {"radios", "checkboxes", "date"} else self.auto_id

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        css = CLASSES[self.kind]
        if css:
            in_error = f"{css.split()[0]}--error" if self.errors and self.kind in BORDERED else ""
            own = self.field.widget.attrs.get("class", "")
            attrs["class"] = " ".join(filter(None, [css, in_error, own]))
        if self.kind == "textarea" and self.limit and self.auto_id:
            attrs["aria-describedby"] = f"{self.auto_id}-info {attrs.get('aria-describedby') or ''}".strip()
            attrs["class"] += " govuk-js-character-count"
        return attrs


class GovForm(forms.Form):
    """A form in the GOV.UK pattern. With a model: `class X(GovForm, forms.ModelForm)`."""

    bound_field_class = GovBoundField
    use_required_attribute = False  # the page answers in words; the browser's own bubbles say less
    shown_when: Mapping[str, tuple[str, Sequence]] = {}
    """Questions that matter only after certain answers: {"reason": ("rating", ["red", "amber"])}.

    Without JavaScript they are always on the page."""
    not_optional: Sequence[str] = ()
    """Questions that may be left empty on the way, or whose words say when they matter: not labelled "(optional)"."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.label is None:
                field.label = forms.utils.pretty_name(name)
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = asked(field)

    def summary(self) -> list[tuple[str, str]]:
        """Its errors for the summary on top, in the order of the page: (id of the box to lead to or "", message)."""
        lines = [("", str(message)) for message in self.non_field_errors()]
        for name, field in self.fields.items():
            bound = GovBoundField(self, field, name)
            box = "" if bound.is_hidden else bound.first_id
            lines += [(box, str(message)) for message in self.errors.get(name, [])]
        return lines
