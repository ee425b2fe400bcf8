"""manage.py export_heads: write down where each board's chain ends, to be kept somewhere else."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from boards import heads


class Command(BaseCommand):
    help = "Add the head of every board's chain to FILE. Keep it away from this machine; verify_audit --heads reads it."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options):
        lines = heads.lines()
        try:
            with file.open("a", encoding="utf-8") as out:
                out.writelines(f"{line}\n" for line in lines)
        except OSError as error:
            raise CommandError(f"The heads cannot be written to {file}: {error.strerror}.") from error
        self.stdout.write(f"{len(lines)} heads written to {file}")
