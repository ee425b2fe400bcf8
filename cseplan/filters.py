"""The boxes above a list. Whatever is chosen stays in the address, so that a list can be sent to somebody."""

from urllib.parse import urlencode

from django import forms

from cseplan.forms import GovBoundField, GovForm


class FilterBox(GovBoundField):
    """A box that nobody has to fill in, and need not be told so."""

    optional = False


def box(label, first="All"):
    """A box of choices that are given when the form is made."""
    return forms.ChoiceField(label=label, required=False, choices=[("", first)])


class ListFilter(GovForm):
    """What every filter does: narrow, and say which address leads to a list narrowed otherwise."""

    bound_field_class = FilterBox
    kept: tuple[str, ...] = ()
    """Names in the address that do not narrow the list."""

    def __init__(self, data, **choices):
        super().__init__(data)
        fields: dict = self.fields
        for name, rows in choices.items():
            fields[name].choices += [(str(value), str(word)) for value, word in rows]
            if not rows:  # a box with nothing to choose is only in the way
                del self.fields[name]
        self.is_valid()

    @property
    def boxes(self):
        return self.visible_fields()

    def chosen(self, name):
        """What was chosen in a box; nothing when what the address says is no choice."""
        return self.cleaned_data.get(name, "")

    @property
    def is_narrowed(self) -> bool:
        return any(self.chosen(name) for name in self.fields if name not in self.kept)

    def address(self, **other):
        """The query of an address: what is chosen now, with these changes. The page starts again at the first."""
        return self.afresh(**{name: self.chosen(name) for name in self.fields} | other)

    @staticmethod
    def afresh(**chosen):
        """The query of an address: these choices and no others."""
        return "?" + urlencode({name: value for name, value in chosen.items() if value})

    @property
    def cleared(self) -> str:
        """The query of the whole list."""
        return self.afresh(**{name: self.chosen(name) for name in self.kept})

    def narrowed(self, rows, on):
        """The listed rows that match everything chosen, each by `by_` and the name of its box."""
        for name in self.fields:
            if self.chosen(name) and hasattr(self, f"by_{name}"):
                rows = rows.filter(getattr(self, f"by_{name}")(self.chosen(name), on))
        return rows
