"""Addresses of what a person and a board look at first, and of the reports."""

from datetime import date

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from reports.views import all_plans, board, report, your_work


class DayConverter(StringConverter):
    """A day as 2026-09-30."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value):
        return date.fromisoformat(value)

    def to_url(self, value):
        return value.isoformat()


register_converter(DayConverter, "day")

urlpatterns = [
    path("", your_work.your_work, name="your_work"),
    path("plans/", all_plans.plans_of_all_boards, name="all_plans"),
    path("boards/<slug:board>/", board.board, name="board"),
    path("boards/<slug:board>/reports/", report.reports, name="reports"),
    path("boards/<slug:board>/reports/<day:starts>/", report.report, name="report"),
    path("boards/<slug:board>/reports/<day:starts>/quarterly-update.pdf", report.report_pdf, name="report_pdf"),
]
