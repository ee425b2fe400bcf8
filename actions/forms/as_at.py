"""Choosing a past day to look at."""

from django.core.exceptions import ValidationError

from actions.forms.record import Day
from cseplan.filters import FilterBox
from cseplan.forms import GovForm


class AsAtForm(GovForm):
    """The day of a page “as at”; it stands in the address."""

    bound_field_class = FilterBox
    day = Day("Day")

    def __init__(self, data, on):
        super().__init__({"day": data.get("day") or on.isoformat()})
        self.on = on
        self.is_valid()

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > self.on:
            raise ValidationError("Day must be today or in the past.")
        return day

    @property
    def chosen(self):
        """The day to be shown; None when what the address says is no day of the past."""
        return self.cleaned_data.get("day")
