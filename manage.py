#!/usr/bin/env python
"""The command line: `manage.py help` lists what it can do."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cseplan.settings")
    from django.core.management import execute_from_command_line

    from cseplan.env import Nonsense

    try:
        execute_from_command_line(sys.argv)
    except Nonsense as error:  # a setting that cannot be meant: the sentence says what to do, a traceback would not
        sys.exit(f"cseplan cannot start. {error}")
