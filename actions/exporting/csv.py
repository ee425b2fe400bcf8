"""A plan as a CSV file. Cells that a spreadsheet would run have an apostrophe before them; see cseplan.spreadsheet."""

from actions.exporting.base import PlanFormat
from cseplan.spreadsheet import csv_of


class CsvFormat(PlanFormat):
    """UTF-8 with its mark, commas, one heading row."""

    suffix = "csv"
    title = "CSV"
    purpose = "The bare table, for any program."
    told = "a CSV file"
    content_type = "text/csv; charset=utf-8"

    def export_data(self, dataset, *, sheet, **kwargs):
        return csv_of(dataset.headers, dataset)
