from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """What was promised and how it goes."""

    name = "actions"

    def ready(self):
        from actions import access, invariants, proof, sentences  # noqa: F401 - importing the sentences registers them
        from boards import audit

        access.register()
        audit.also_check(proof.differences)
        invariants.declare()
