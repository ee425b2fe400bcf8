"""What every kind of file has in common."""

from django.core.exceptions import ValidationError
from import_export.formats import base_formats

from actions.exporting.sheet import CIRCULATION, KEY
from actions.models import PlanColumn, Status

Field = PlanColumn.Field

WIDTHS = {
    Field.REFERENCE: 9,
    Field.STRAND: 16,
    Field.SECTION: 20,
    Field.OBJECTIVE: 28,
    Field.ACTION: 44,
    Field.STEPS: 44,
    Field.LEAD: 20,
    Field.SUPPORT: 20,
    Field.ACCOUNTABLE: 20,
    Field.TIMESCALE: 15,
    Field.STATUS: 14,
    Field.RATING: 12,
    Field.PROGRESS: 40,
    Field.MEASURE: 34,
    Field.OUTCOME: 34,
    Field.RECOMMENDATION: 14,
    Field.TOP_PRIORITY: 12,
    CIRCULATION: 14,
    KEY: 7,
}
"""About how many letters wide a column of each field is."""

USUAL_WIDTH = 28

FIXED = (Field.REFERENCE, KEY)
"""Columns that nobody writes over in a spreadsheet: by them a row is known when the file comes back."""

SPARE_ROWS = 200
"""Rows beneath the plan that have the drop-downs of a spreadsheet too, for new actions."""


def choices(sheet) -> dict:
    """{column: the words there are to choose from in it}."""
    words = {Field.RATING: [rating.word for rating in sheet.ratings], Field.STATUS: list(Status.labels)}
    return {column: words[column.field] for column in sheet.columns if words.get(column.field)}


def is_rated(column, text, line) -> bool:
    """Whether a cell holds the rating of its action, and is painted in its colour."""
    rating = line.row.rating
    return column.field == Field.RATING and rating is not None and text == rating.word


def width_of(column) -> int:
    """In letters; wide enough for the longest word of its heading, within reason."""
    longest = max((len(word) for word in column.heading.split()), default=0)
    return max(WIDTHS.get(column.field, USUAL_WIDTH), min(longest + 2, 24))


class NotWritable(ValidationError):
    """This kind of file cannot hold what the plan says; why, and what to do, in a sentence."""


class PlanFormat(base_formats.Format):
    """One kind of file. `title` is what people call it, `purpose` what it is good for, `told` how the trail says it."""

    suffix = ""
    title = ""
    purpose = ""
    told = ""
    content_type = ""

    def get_title(self):
        return self.title

    def get_extension(self):
        return self.suffix

    def get_content_type(self):
        return self.content_type

    def can_export(self):
        return True

    def export_data(self, dataset, *, sheet, **kwargs):
        """The file as bytes: what `dataset` holds, drawn as `sheet` says."""
        raise NotImplementedError
