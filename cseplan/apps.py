"""The plumbing's own app: nothing here knows a domain word."""

from django.apps import AppConfig


class CseplanConfig(AppConfig):
    name = "cseplan"

    def ready(self):
        from . import checks  # noqa: F401 - importing it registers the system checks
