"""The boxes above what is read back of a board: the access log and the histories. By person, kind and days."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from boards.access import KINDS
from boards.models import User
from boards.periods import first_moment, last_moment
from boards.sentences import kind_in_words
from cseplan.filters import ListFilter, box


class Day(forms.DateField):
    """A day in one box of a filter; the address holds it as 2026-09-30."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, label):
        wrong = f"{label} must be a real date, for example 30/9/2026."
        super().__init__(
            label=label,
            required=False,
            input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %m %Y", "%d %B %Y"],
            error_messages={"invalid": wrong},
        )


class RecordFilter(ListFilter):
    """What lines that have `at` and `by` are narrowed by. `kind` is what a line is, as its own form reads it."""

    person = box("Person")
    kind = box("Kind")
    since = Day("From")
    until = Day("To")

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            raise ValidationError({"until": "To must be the same day as From or later."})
        return cleaned

    def in_words(self):
        """What was chosen, for the record of an export."""
        chosen = {name: self.chosen(name) for name in ("person", "kind", "since", "until") if self.chosen(name)}
        for name in {"person", "kind"} & chosen.keys():
            chosen[name] = str(dict(self.fields[name].choices)[chosen[name]])
        return chosen

    def by_person(self, person, on):
        return Q(by=person)

    def by_since(self, day, on):
        return Q(at__gte=first_moment(day))

    def by_until(self, day, on):
        return Q(at__lte=last_moment(day))


class AccessFilter(RecordFilter):
    """The filter of an access log."""

    def by_kind(self, kind, on):
        return Q(what=kind)


class HistoryFilter(RecordFilter):
    """The filter of a history: a kind is the first word of a verb."""

    def by_kind(self, kind, on):
        return Q(verb__startswith=f"{kind}.")


def access_filter(data, lines):
    """The filter of the lines of an access log, with the people and kinds that they have."""
    kinds = lines.order_by("what").values_list("what", flat=True).distinct()
    return AccessFilter(data, person=_people(lines), kind=[(kind, KINDS.get(kind, kind)) for kind in kinds])


def history_filter(data, events):
    """The filter of a history, with the people and kinds that its events have."""
    verbs = events.order_by("verb").values_list("verb", flat=True).distinct()
    kinds = sorted({verb.split(".")[0] for verb in verbs})
    return HistoryFilter(data, person=_people(events), kind=[(kind, kind_in_words(kind)) for kind in kinds])


def _people(lines):
    return [(person.pk, person) for person in User.objects.filter(pk__in=lines.order_by().values("by"))]
