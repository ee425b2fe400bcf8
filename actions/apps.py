from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """What was promised and how it goes."""

    name = "actions"

    def ready(self):
        from actions import access, invariants, sentences  # noqa: F401 - importing the sentences registers them

        access.register()
        invariants.declare()
