"""The tables of `make bench` on the database that DATABASE_URL names, printed as Markdown."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cseplan.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django first

from tests.bench import events, pages, paper  # noqa: E402


def table(title, heads, rows):
    """Print one table."""
    cells = [[str(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(heads))]
    print(f"## {title}\n")
    for number, row in enumerate(cells):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    print(flush=True)


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    for measured in (events.tables, pages.tables, paper.tables):
        for title, heads, rows in measured():
            table(title, heads, rows)
