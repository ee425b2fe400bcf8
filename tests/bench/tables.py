"""The tables of `make bench` on the database that DATABASE_URL names, printed as Markdown."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cseplan.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django first

from tests.bench import events, importing, pages, paper  # noqa: E402
from tests.bench.printing import table  # noqa: E402

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    for measured in (importing.tables, events.tables, pages.tables, paper.tables):
        for title, heads, rows in measured():
            table(title, heads, rows)
