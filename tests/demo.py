"""The demo boards for tests: loaded once for a module, taken back when it is done."""

from contextlib import contextmanager
from io import StringIO

from django.core.management import call_command
from django.db import transaction


@contextmanager
def demo_boards(on, blocker):
    """Everything `manage.py demo` makes, as it stands on a day.

    Used in a module-scoped fixture, whose tests then ask for `db` as usual and cannot spoil it for each other:

        @pytest.fixture(scope="module")
        def demo(django_db_setup, django_db_blocker):
            with demo_boards(date(2026, 11, 24), django_db_blocker):
                yield
    """
    with blocker.unblock(), transaction.atomic():
        call_command("demo", on=on, stdout=StringIO())
        with blocker.block():
            yield
        transaction.set_rollback(True)
