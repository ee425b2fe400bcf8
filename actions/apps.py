from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """What was promised and how it goes."""

    name = "actions"

    def ready(self):
        from actions import invariants

        invariants.declare()
