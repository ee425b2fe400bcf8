from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class BoardsConfig(AppConfig):
    """Who is at the table and what each may do."""

    name = "boards"

    def ready(self):
        from boards import guards, invariants
        from boards.accounts import middleware

        invariants.declare()
        middleware.listen()
        for label in ("boards", "actions", "reports"):
            pre_migrate.connect(guards.before_migrate, sender=self.apps.get_app_config(label))
            post_migrate.connect(guards.after_migrate, sender=self.apps.get_app_config(label))
