"""System checks of the plumbing: what `manage.py check` says when a piece is missing."""

from django.conf import settings
from django.core import checks

BUILT = ["cseplan/app.css", "cseplan/govuk-frontend.min.js"]


@checks.register(checks.Tags.staticfiles)
def styles_are_built(app_configs, **kwargs):
    """Without them the pages work but look like it is 1994."""
    missing = [name for name in BUILT if not any((folder / name).exists() for folder in settings.STATICFILES_DIRS)]
    if not missing:
        return []
    return [
        checks.Warning(
            f"The styles and scripts are not built: {', '.join(missing)} missing.",
            hint="Run `make setup`.",
            id="cseplan.W001",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def mail_leaves(app_configs, **kwargs):
    """Without it nobody can set a forgotten password, and nobody hears that theirs was changed."""
    if not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        return []
    return [
        checks.Warning(
            "Mail goes nowhere: EMAIL_URL is not set.",
            hint="Set EMAIL_URL to smtp://user:password@host:587 and EMAIL_FROM to the address mail comes from.",
            id="cseplan.W002",
        )
    ]
