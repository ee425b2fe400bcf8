"""A file that somebody brings in, held while they look at what it would do: what they settle of it, and forgetting it.

Nothing of the plan changes here, so nothing of it is in the trail; what is confirmed is (actions.changes.importing).
"""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction

from actions.importing import packing
from actions.models import Import

FORGOTTEN_AFTER = timedelta(days=2)
"""A file that nobody confirmed is forgotten after this long."""


@transaction.atomic
def hold_file(*, board, file, name, data, by, at, plan=None, **about):
    """Keep what was read of a file until its person confirms it; what they brought before and left goes.

    Args:
        file: what was read, `actions.importing.tables.File`.
        data: the file itself, of which only the digest is kept.
        about: of a plan that it begins: title, overseen_by, starts, life, day.
    """
    Import.objects.filter(board=board, state=Import.State.OPEN, at__lt=at - FORGOTTEN_AFTER).delete()
    Import.objects.filter(board=board, state=Import.State.OPEN, by=by).delete()
    held = Import(
        board=board, plan=plan, file_name=name, file_hash=sha256(data).hexdigest(),
        read=list(packing.packed(file)), by=by, at=at, **about,
    )  # fmt: skip
    held.full_clean()
    held.save()
    return held


@transaction.atomic
def settle(*, held, part, said: Mapping):
    """Keep what its person says of a file: the `part` of `Import.settled`, by what it is said of."""
    held = _open(held)
    held.settled = {**held.settled, part: {**held.settled.get(part, {}), **said}}
    held.save(update_fields=("settled",))
    return held


@transaction.atomic
def settle_columns(*, held, columns: Mapping[int, str], bold):
    """Which column of the file is which."""
    held = _open(held)
    held.settled = held.settled | {"columns": {str(index): name for index, name in columns.items()}, "bold": bold}
    held.save(update_fields=("settled",))
    return held


def forget_file(*, held):
    """Nothing of a file that is not to be confirmed stays."""
    Import.objects.filter(pk=held.pk, state=Import.State.OPEN).delete()


def _open(held):
    held = Import.objects.select_for_update(of=("self",)).select_related("board", "plan").get(pk=held.pk)
    if held.state != Import.State.OPEN:
        raise ValidationError("This file has been confirmed already.", code="confirmed")
    return held
