"""Files are read in a process of their own: what it saw comes back, and however it ends there is a sentence."""

import json
import os
import resource
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest

from actions.importing import child, readers
from actions.importing.packing import packed, unpacked
from actions.importing.tables import ACROSS, DOWN, Cell, File, Row, Table
from actions.importing.unreadable import DAMAGED, Unreadable
from tests.importing import files
from tests.importing.drawn import Document, Drawn, Sheet

ROOT = Path(__file__).resolve().parents[2]
PLAN = Document(
    [
        Sheet(
            [
                ["No.", "Action", "By", "RAG"],
                [Drawn("PREVENT", bold=True, colour="D9E2F3", across=4), None, None, None],
                [Drawn("1", down=2), "• Train\n• “Tell”", files.a_day(2018, 4, 1, "mmm-yy"), Drawn(colour="FF0000")],
                [None, "Ask", "", "Green"],
            ],
            "Plan",
            ["Our plan"],
        )
    ]
)


@pytest.mark.parametrize("kind", ["xlsx", "docx", "ods", "csv"])
def test_what_comes_back_is_what_the_reader_saw(kind):
    data = getattr(files, kind)(PLAN)
    assert child.read(data, f"plan.{kind}") == readers.read(data, kind, f"plan.{kind}")


def test_every_kind_of_cell_goes_through_whole():
    cells = (
        Cell(),
        Cell("a\nb"),
        Cell("A", True, "FF0000", date(2016, 3, 31), DOWN),
        Cell(merged=ACROSS),
        Cell('["x"]'),
    )
    file = File("xlsx", (Table("T", (Row(1, cells), Row(7, (), True)), ("above",)), Table("U", ())), ("note",))
    assert unpacked(json.loads(json.dumps(list(packed(file))))) == file


def test_the_name_is_told_where_it_says_something_else():
    file = child.read(files.docx(PLAN), "plan.xlsx")
    assert file.kind == "docx"
    assert file.notes[0] == "The name of this file ends in .xlsx, but it holds a Word document; read as that."
    for name in ("plan.docx", "plan", "", "é" * 5_000 + ".docx", "a\nb.docx"):
        assert child.read(files.docx(PLAN), name).notes == ()


def test_a_file_with_nothing_written_is_refused():
    for data, name in ((files.xlsx(files.one_sheet([None])), "a.xlsx"), (b",,\n", "a.csv")):
        with pytest.raises(Unreadable, match="nothing written in this file"):
            child.read(data, name)


def test_nothing_and_too_much_do_not_even_begin():
    with pytest.raises(Unreadable, match="is empty"):
        child.read(b"", "a.xlsx")
    with pytest.raises(Unreadable, match="larger than 10 MB"):
        child.read(bytes(10 * 1024 * 1024 + 1), "a.xlsx")


def test_a_refusal_comes_back_in_its_own_words():
    with pytest.raises(Unreadable, match="This is a PDF"):
        child.read(b"%PDF-1.7 \xff", "a.xlsx")


def test_one_that_takes_too_long_is_stopped_and_leaves_nothing(monkeypatch):
    monkeypatch.setattr(child, "SECONDS", 0.05)
    data = files.xlsx(files.one_sheet(*[["words"] * 10] * 3_000))
    started = time.monotonic()
    with pytest.raises(Unreadable, match="takes too much time"):
        child.read(data, "a.xlsx")
    assert time.monotonic() - started < 5
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", child.TOO_MUCH_MEMORY),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", child.TOO_MUCH_TIME),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", DAMAGED),
        ("import sys; sys.exit(4)", child.TOO_MUCH_MEMORY),
        ("import sys; sys.exit(9)", DAMAGED),
        ("raise RuntimeError", DAMAGED),
        ("print('garbage')", DAMAGED),
        ('print(\'["xlsx",[]]\\n["Plan",[],5]\')', DAMAGED),
        ("import os; os.write(1, b'\\xff' * 100)", DAMAGED),
        ("import sys; sys.stdout.write('x'); sys.exit(3)", DAMAGED),
        ("pass", DAMAGED),
        ("import sys; sys.stdin.read()\nwhile True: sys.stdout.write('x' * 1_000_000)", child.TOO_MUCH_MEMORY),
    ],
)
def test_however_it_ends_there_is_a_sentence(program, sentence, tmp_path, monkeypatch):
    """The process itself is another program here, on the path where ours would be found."""
    package = tmp_path / "actions" / "importing"
    package.mkdir(parents=True)
    (package / "child.py").write_text(f"import resource\nresource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n{program}\n")
    monkeypatch.setattr(child, "_ROOT", tmp_path)
    monkeypatch.setattr(child, "LONGEST_ANSWER", 5_000_000)
    with pytest.raises(Unreadable) as caught:
        child.read(b"x" * 1_000_000, "a.csv")
    assert str(caught.value) == sentence


def test_where_no_process_can_be_begun_somebody_is_asked_to_try_again(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(Unreadable, match="Try again in a minute"):
        child.read(b"a,b\n", "a.csv")


def test_it_knows_no_secret_and_has_little_to_spend(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for readers of files")
    script = (
        "import json, os, resource\nfrom actions.importing import child\nchild._limit()\n"
        "print(json.dumps([dict(os.environ), [resource.getrlimit(what) for what in (resource.RLIMIT_AS, "
        "resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)]]))"
    )
    seen = []
    real = subprocess.Popen

    def watched(command, **how):
        seen.append((command, how["env"]))
        return real(command, **how)

    monkeypatch.setattr(subprocess, "Popen", watched)
    child.read(b"a,b\n", "a.csv")
    assert seen == [([sys.executable, "-s", "-m", "actions.importing.child"], {"LANG": "C.UTF-8"})]
    monkeypatch.undo()
    out = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env={}, capture_output=True, text=True, check=True)
    assert out.stdout.endswith(f"[[{child.MEMORY}, {child.MEMORY}], [15, 16], [0, 0], [0, 0]]]\n")


def test_it_starts_without_django():
    script = (
        "import sys\nimport actions.importing.child\n"
        "for kind in ('xlsx', 'docx', 'ods', 'csv'): __import__(f'actions.importing.readers.{kind}')\n"
        "print([name for name in sys.modules if name.partition('.')[0] in {'django', 'openpyxl', 'docx', 'odf'}])"
    )
    out = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert out.stdout == "[]\n"


def test_it_works_from_anywhere_and_from_many_threads_at_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found: list[File] = []
    data = files.xlsx(PLAN)
    threads = [threading.Thread(target=lambda: found.append(child.read(data, "a.xlsx"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [readers.read(data, "xlsx", "a.xlsx")] * 4
    assert list(tmp_path.iterdir()) == []


def test_five_thousand_rows_go_through_within_the_limits():
    data = files.xlsx(files.one_sheet(*[[f"{row} {column}" for column in range(10)] for row in range(5_000)]))
    started = time.monotonic()
    assert len(child.read(data, "a.xlsx").tables[0].rows) == 5_000
    assert time.monotonic() - started < 10
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY
