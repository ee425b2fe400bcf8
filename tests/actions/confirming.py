"""Confirms imports in processes of their own, which a test may kill: `python -m tests.actions.confirming`.

Reads lines “import token” and begins a process for each; prints its number, then “done” once the confirm has returned,
then “ended” when the process is over, however it ended.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cseplan.settings")
django.setup()

from actions import changes  # noqa: E402 - Django first
from actions.models import Import  # noqa: E402
from tests.builders import TODAY, moment  # noqa: E402


def say(words):
    os.write(sys.stdout.fileno(), f"{words}\n".encode())


def confirm(held, token):
    held = Import.objects.select_related("board", "by").get(pk=held)
    changes.confirm_import(held=held, seen=token, by=held.by, at=moment(TODAY, 12))
    say("done")


if __name__ == "__main__":
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            confirm(*line.split())
            os._exit(0)
        say(child)
        os.waitpid(child, 0)
        say("ended")
