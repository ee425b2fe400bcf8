"""Reading a file in a process of its own, with little memory and little time: whatever a file does, it does it there.

Pure on both sides. The file goes in and its tables come out through pipes; nothing is written to a disk.
"""

import json
import resource
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from actions.importing.checking import EMPTY, LARGEST, TOO_LARGE
from actions.importing.tables import Cell, File, Row, Table
from actions.importing.unreadable import DAMAGED, Unreadable

MEMORY = 768 * 1024 * 1024
SECONDS_OF_WORK = 15
SECONDS = 20
LONGEST_ANSWER = 160 * 1024 * 1024

TOO_MUCH = (
    "This file takes too much {what} to read: it is far larger inside than a plan is. "
    "Copy the plan alone into a new file and bring that."
)
TOO_MUCH_TIME = TOO_MUCH.format(what="time")
TOO_MUCH_MEMORY = TOO_MUCH.format(what="memory")

_ROOT = Path(__file__).resolve().parents[2]
_READ, _UNREADABLE, _OUT_OF_MEMORY = 0, 3, 4
_SIGXCPU = 24


def read(data: bytes, name: str) -> File:
    """The tables of a file of a stranger, or `Unreadable`. Takes at most `SECONDS`."""
    if not data:
        raise Unreadable(EMPTY)
    if len(data) > LARGEST:
        raise Unreadable(TOO_LARGE)
    code, answer, late = _asked(json.dumps(name[-200:]).encode() + b"\n" + data)
    if late or code in {-_SIGXCPU, 128 + _SIGXCPU}:
        raise Unreadable(TOO_MUCH_TIME)
    if code == _OUT_OF_MEMORY:
        raise Unreadable(TOO_MUCH_MEMORY)
    try:
        if code == _UNREADABLE:
            raise Unreadable(str(json.loads(answer)))
        if code == _READ and len(answer) <= LONGEST_ANSWER:
            return _unpacked(answer)
    except Unreadable:
        raise
    except (ValueError, TypeError, LookupError) as error:
        raise Unreadable(DAMAGED) from error
    raise Unreadable(DAMAGED)


def _asked(message: bytes) -> tuple[int, bytes, bool]:
    """How the process ended, what it said, and whether it had to be stopped. It knows none of our secrets."""
    command = [sys.executable, "-s", "-m", "actions.importing.child"]
    late = threading.Event()
    with subprocess.Popen(  # noqa: S603 - a command of our own, without a word of the file in it
        command,
        cwd=_ROOT,
        env={"LANG": "C.UTF-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(SECONDS, stop)
        timer.daemon = True
        timer.start()
        answer = b""
        try:
            try:
                process.stdin.write(message)
                process.stdin.close()
            except BrokenPipeError:
                pass  # it has ended already: how, its code tells
            answer = process.stdout.read(LONGEST_ANSWER + 1)
            if len(answer) > LONGEST_ANSWER:
                process.kill()
            code = process.wait()
        finally:
            timer.cancel()
            process.kill()
    return code, answer, late.is_set()


def _main() -> int:
    _limit()
    name, _, data = sys.stdin.buffer.read().partition(b"\n")
    from actions.importing.checking import check
    from actions.importing.readers import read as read_kind

    try:
        file = read_kind(data, check(data, json.loads(name)), json.loads(name))
        for line in _packed(file):
            sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
    except Unreadable as error:
        sys.stdout.buffer.write(json.dumps(str(error)).encode())
        return _UNREADABLE
    except MemoryError:
        return _OUT_OF_MEMORY
    return _READ


def _limit() -> None:
    """From here on, no more memory, work, files or cores than reading a plan takes."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS_OF_WORK),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (limit, limit))


def _packed(file: File) -> Iterator[bytes]:
    """One line for the file, one for each table and row: a cell of plain words is those words alone."""
    yield _line([file.kind, file.notes])
    for table in file.tables:
        yield _line([table.name, table.above, len(table.rows)])
        for row in table.rows:
            yield _line([row.number, row.hidden, [_packed_cell(cell) for cell in row.cells]])


def _packed_cell(cell: Cell) -> str | list[Any]:
    if not (cell.bold or cell.colour or cell.day or cell.merged):
        return cell.text
    return [cell.text, cell.bold, cell.colour, cell.day.isoformat() if cell.day else "", cell.merged]


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _unpacked(answer: bytes) -> File:
    lines = iter(answer.decode().rstrip("\n").split("\n"))
    kind, notes = json.loads(next(lines))
    return File(kind, tuple(_tables(lines)), tuple(notes))


def _tables(lines: Iterable[str]) -> Iterator[Table]:
    lines = iter(lines)
    plain = {"": Cell()}
    for line in lines:
        name, above, count = json.loads(line)
        rows = tuple(_row(json.loads(next(lines)), plain) for _ in range(count))
        yield Table(name, rows, tuple(above))


def _row(packed: list[Any], plain: dict[str, Cell]) -> Row:
    number, hidden, cells = packed
    return Row(number, tuple(_cell(cell, plain) for cell in cells), hidden)


def _cell(packed: str | list[Any], plain: dict[str, Cell]) -> Cell:
    if isinstance(packed, str):
        if packed not in plain:
            plain[packed] = Cell(packed)
        return plain[packed]
    text, bold, colour, day, merged = packed
    return Cell(text, bold, colour, date.fromisoformat(day) if day else None, merged)


if __name__ == "__main__":
    sys.exit(_main())
