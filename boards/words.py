"""Which columns hold words that a person may have written: what a redaction searches, and what it alone may change."""

from django.apps import apps
from django.db import models

APPS = ("boards", "actions", "reports")

NOT_WORDS = {
    "boards.accesslog": None,
    "boards.event": None,
    "boards.chainhead": None,
    "boards.eventdetail": {"name", "salt"},
    "boards.invitation": {"key_digest"},
    "actions.timescale": {"kind"},
    "actions.import": {"file_hash"},
    "actions.submission": {"evidence_kind", "steps_shown", "steps_done"},
}
"""Columns of text that hold codes, digests and what the product itself says; None for every column of a table."""


def words_of(model) -> list[models.Field]:
    """The columns of a table that hold words."""
    skipped = NOT_WORDS.get(model._meta.label_lower, set())
    if skipped is None:
        return []
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField, models.JSONField))
        and not isinstance(field, models.SlugField)
        and not field.choices
        and field.name not in skipped
    ]


def tables_of_words() -> list[type[models.Model]]:
    """Every table that belongs to boards and holds words, the board's own among them."""
    found = [
        model
        for model in apps.get_models()
        if model._meta.app_label in APPS and words_of(model)
        and (model._meta.label_lower == "boards.board" or any(f.name == "board" for f in model._meta.concrete_fields))
    ]  # fmt: skip
    return sorted(found, key=lambda model: model._meta.label)
