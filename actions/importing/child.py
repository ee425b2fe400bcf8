"""Reading a file in a process of its own, with little memory and little time: whatever a file does, it does it there.

Pure on both sides. The file goes in and its tables come out through pipes; nothing is written to a disk.
"""

import json
import logging
import resource
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from actions.importing import readers
from actions.importing.checking import EMPTY, LARGEST, TOO_LARGE, check
from actions.importing.packing import packed, unpacked
from actions.importing.tables import File
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
NOT_NOW = "The file could not be read just now. Try again in a minute."

_ROOT = Path(__file__).resolve().parents[2]
_READ, _BROKEN, _UNREADABLE, _OUT_OF_MEMORY = 0, 1, 3, 4

_log = logging.getLogger(__name__)


def read(data: bytes, name: str) -> File:
    """The tables of a stranger's file, or `Unreadable`. Takes `SECONDS` at most."""
    if not data:
        raise Unreadable(EMPTY)
    if len(data) > LARGEST:
        raise Unreadable(TOO_LARGE)
    code, answer, late = _asked(json.dumps(name[-200:]).encode() + b"\n" + data)
    if late or code == -signal.SIGXCPU:
        raise Unreadable(TOO_MUCH_TIME)
    if code in {_OUT_OF_MEMORY, -signal.SIGKILL}:  # killed by whoever watches over the machine's memory
        raise Unreadable(TOO_MUCH_MEMORY)
    try:
        if code == _READ and len(answer) <= LONGEST_ANSWER:
            return _unpacked(answer)
        said = json.loads(answer) if code in {_UNREADABLE, _BROKEN} else ""
    except (ValueError, TypeError, LookupError, RuntimeError) as error:
        raise Unreadable(DAMAGED) from error
    if code == _UNREADABLE:
        raise Unreadable(str(said))
    _log.warning("The reader of files ended with %s %s", code, said)
    raise Unreadable(DAMAGED)


def _asked(message: bytes) -> tuple[int, bytes, bool]:
    """How the process ended, what it said, and whether it had to be stopped. It is told none of our secrets."""
    try:
        process = subprocess.Popen(
            [sys.executable, "-s", "-m", "actions.importing.child"],
            cwd=_ROOT,
            env={"LANG": "C.UTF-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise Unreadable(NOT_NOW) from error
    late = threading.Event()

    def stop() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(SECONDS, stop)
    timer.daemon = True
    timer.start()
    try:
        with process:
            _send(process, message)
            answer = process.stdout.read(LONGEST_ANSWER + 1) if process.stdout else b""
            if len(answer) > LONGEST_ANSWER:
                process.kill()
            return process.wait(), answer, late.is_set()
    finally:
        timer.cancel()
        process.kill()


def _send(process: subprocess.Popen[bytes], message: bytes) -> None:
    with suppress(BrokenPipeError):  # it has ended already: how, its code tells
        if process.stdin:
            process.stdin.write(message)
            process.stdin.close()


def _main() -> int:
    _limit()
    said, _, data = sys.stdin.buffer.read().partition(b"\n")
    code, answer = _answered(data, json.loads(said))
    for line in answer:
        sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()
    return code


def _answered(data: bytes, name: str) -> tuple[int, Iterable[bytes]]:
    try:
        return _READ, [_line(part) for part in packed(readers.read(data, check(data, name), name))]
    except Unreadable as error:
        return _UNREADABLE, [_line(str(error))]
    except MemoryError:
        return _OUT_OF_MEMORY, []
    except Exception as error:  # where our own code was wrong, without a word of the file
        places = traceback.extract_tb(error.__traceback__)[-1:]
        return _BROKEN, [_line(f"{type(error).__name__} {[(Path(at.filename).name, at.lineno) for at in places]}")]


def _limit() -> None:
    """From here on, no more memory, work, files or cores than reading a plan takes."""
    for what, soft, hard in (
        (resource.RLIMIT_AS, MEMORY, MEMORY),
        (resource.RLIMIT_CPU, SECONDS_OF_WORK, SECONDS_OF_WORK + 1),  # at the harder one it would die without a reason
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _, given = resource.getrlimit(what)
        most = hard if given == resource.RLIM_INFINITY else min(hard, given)
        resource.setrlimit(what, (min(soft, most), most))


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _unpacked(answer: bytes) -> File:
    return unpacked(json.loads(line) for line in answer.decode().rstrip("\n").split("\n"))


if __name__ == "__main__":
    sys.exit(_main())
