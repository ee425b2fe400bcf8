"""Make each hole in a copy of the tree, run its tests there, and write down in docs/sabotage.md which found it."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.sabotage.holes import HOLES

ROOT = Path(__file__).resolve().parents[2]
BUILT = (".venv", ".build", "node_modules")
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+?)(?:\[.*)?(?: - .*)?$", re.MULTILINE)
INTRODUCTION = """# Holes made on purpose

`make sabotage` makes each of these holes in a copy of the project, one at a time, and runs the tests named for it until
one fails. A hole that no test finds fails the run. The holes are in `tests/sabotage/holes.py`; this page is written by
the run.

| hole | in | found by |
|---|---|---|
"""


def copy(to):
    """The project as git has it or would take it; what setup built is shared."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    for name in BUILT:
        if (ROOT / name).exists():
            (to / name).symlink_to(ROOT / name)


def pierced(hole, text):
    """The text of a file with the hole in it; the words replaced stand in it once."""
    if text.count(hole.before) != 1:
        raise ValueError(f"{hole.what}: its words stand {text.count(hole.before)} times in {hole.file}, not once")
    return text.replace(hole.before, hole.after)


def found_by(tree, hole):
    """The test that fails when this hole is made in a copy of the tree, or "" when none does."""
    file = tree / hole.file
    whole = file.read_text(encoding="utf-8")
    file.write_text(pierced(hole, whole), encoding="utf-8")
    server = [sys.executable, "-m", "tests.postgres", "--"] if hole.postgresql else []
    try:
        done = subprocess.run(
            [
                *server,
                sys.executable,
                "-m",
                "pytest",
                "-x",
                "-q",
                "-p",
                "no:cacheprovider",
                "-m",
                "not prove",
                *hole.tests,
            ],
            cwd=tree,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        file.write_text(whole, encoding="utf-8")
    failed = FAILED.search(done.stdout)
    return failed[1] if done.returncode == 1 and failed else ""


def main():
    rows, missed = [], []
    with tempfile.TemporaryDirectory(prefix="cseplan-sabotage-") as folder:
        tree = Path(folder)
        copy(tree)
        for hole in HOLES:
            test = found_by(tree, hole)
            print(f"{'found ' if test else 'MISSED'} {hole.what}: {test}", flush=True)
            rows.append(f"| {hole.what} | `{hole.file}` | {f'`{test}`' if test else '**nothing**'} |")
            missed += [] if test else [hole.what]
    (ROOT / "docs/sabotage.md").write_text(INTRODUCTION + "\n".join(rows) + "\n", encoding="utf-8")
    if missed:
        sys.exit(f"{len(missed)} of {len(HOLES)} holes were not found.")


if __name__ == "__main__":
    main()
