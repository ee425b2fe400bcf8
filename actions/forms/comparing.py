"""Choosing what to compare: two days of a plan, or another plan with it, and which changes to see."""

from django.core.exceptions import ValidationError

from actions.comparing import KINDS
from actions.forms.record import Day
from cseplan.filters import ListFilter, box


class CompareForm(ListFilter):
    """The two sides of a comparison, and the kind of change; all of it stands in the address."""

    kept = ("plan", "since", "until")

    plan = box("Compare with", first="This plan itself")
    since = Day("From")
    until = Day("To")
    only = box("What changed", first="Everything")

    def __init__(self, data, *, others, since, on):
        """
        Args:
            others: the other plans to choose from.
            since: the first day when the address names none; on: today, the other one.
        """
        self.on = on
        given = {name: data.get(name, "") for name in ("plan", "only")}
        days = {"since": data.get("since") or since.isoformat(), "until": data.get("until") or on.isoformat()}
        choices = [(plan.slug, plan) for plan in others]
        super().__init__(given | days, plan=choices, only=KINDS.items())

    def clean_since(self):
        return self._past("since")

    def clean_until(self):
        return self._past("until")

    def _past(self, name):
        day = self.cleaned_data[name]
        if day > self.on:
            raise ValidationError(f"{self.fields[name].label} must be today or in the past.")
        return day

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since and not cleaned.get("plan"):
            raise ValidationError({"until": "To must be the same day as From or later."})
        return cleaned
