"""History as sentences: every verb has one, and a removed word reads as removed."""

import ast
from pathlib import Path
from types import SimpleNamespace

import pytest

from actions.models import DateChange
from boards import changes
from boards.sentences import LONGEST, known_verbs, register, sentence, shortened
from tests.boards.conftest import AT

ROOT = Path(__file__).resolve().parents[2]
BUILT = {'f"date.{kind}"': [f"date.{kind}" for kind in DateChange.Kind.values]}
"""Verbs put together from parts, as they are written, and what they can become."""


def event(verb, **details):
    return SimpleNamespace(verb=verb, digests=dict.fromkeys(details, "…")), details


def told(verb, **details):
    return sentence(*event(verb, **details))


def verbs_recorded(tree):
    """The verbs that a module records; of a function that is handed its verb, those its callers hand it."""
    for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
        names = [arg.arg for arg in function.args.args]
        for call in [node for node in ast.walk(function) if isinstance(node, ast.Call)]:
            if not (isinstance(call.func, ast.Attribute) and call.func.attr in ("record", "record_many")):
                continue
            verb = call.args[0]
            if isinstance(verb, ast.Name) and verb.id in names:
                place = names.index(verb.id)
                yield from (
                    one
                    for caller in ast.walk(tree)
                    if isinstance(caller, ast.Call) and getattr(caller.func, "id", "") == function.name
                    for one in written(caller.args[place])
                )
            else:
                yield from written(verb)


def written(verb):
    if isinstance(verb, ast.IfExp):
        return [*written(verb.body), *written(verb.orelse)]
    if isinstance(verb, ast.Constant):
        return [verb.value]
    source = ast.unparse(verb).replace("'", '"')
    assert source in BUILT, f"Which verbs can {source} become? Say so in BUILT."
    return BUILT[source]


def modules_that_record():
    for app in ("boards", "actions", "reports"):
        for path in (ROOT / app).rglob("*.py"):
            source = path.read_text(encoding="utf-8")
            if ".record" in source and path != ROOT / "boards" / "audit.py":
                yield path, ast.parse(source)


def test_every_verb_that_is_recorded_anywhere_has_a_sentence():
    found = {verb for _, tree in modules_that_record() for verb in verbs_recorded(tree)}
    assert {"seat.added", "role.given", "update.entered", "update.accepted", "date.moved"} <= found
    assert found - known_verbs() == set()


def test_a_verb_has_one_sentence_only():
    with pytest.raises(ValueError, match=r"role\.given has a sentence already"):
        register({"role.given": "{by} did it again."})


def test_a_verb_nobody_knows_still_reads_as_a_sentence():
    assert told("something.new", by="Casey", subject="1.1") == "Casey changed 1.1."


def test_every_sentence_can_be_told_of_an_event_of_which_nothing_is_left():
    for verb in known_verbs():
        bare = SimpleNamespace(verb=verb, digests={})
        assert sentence(bare, {}).endswith((".", "…”", ".”"))


UPDATE = (
    "Casey entered an update for Police (told by telephone): “It goes on”. Rated Amber (before: Green), "
    "because “No trainer”. Status: In progress. Done: Course. No longer done: List."
)


@pytest.mark.parametrize(
    ("verb", "details", "words"),
    [
        (
            "date.moved",
            {"before": "2026-03-31", "after": "2026-09-30", "why": "Late tender.", "asked_by": ""},
            "Casey moved the due date from 31 March 2026 to 30 September 2026, because “Late tender.”",
        ),
        (
            "update.entered",
            {
                "owner": "Police",
                "words": "It goes on",
                "rating": "Amber",
                "rating_before": "Green",
                "reason": "No trainer",
                "status": "In progress",
                "entered_for": "told by telephone",
                "steps": {"Course": True, "List": False},
            },
            UPDATE,
        ),
        ("note.added", {"words": "Rang them?", "internal": True}, "Casey added an internal note: “Rang them?”"),
        ("evidence.seen", {"shows": "Minutes"}, "Casey has seen the evidence “Minutes”."),
    ],
)
def test_a_sentence_says_who_did_what_and_why(verb, details, words):
    assert told(verb, by="Casey", **details) == words


def test_words_removed_from_the_record_read_as_removed():
    seen, details = event("date.moved", by="Casey", before="2026-03-31", after="2026-09-30", why="A name", asked_by="")
    del details["why"], details["by"]
    assert sentence(seen, details) == (
        "[removed] moved the due date from 31 March 2026 to 30 September 2026, because [removed]."
    )


def test_braces_in_somebodys_words_are_only_braces():
    assert told("seat.added", by="{subject}", agency="{0} {by}") == "{subject} gave {0} {by} a seat on the board."


def test_long_words_are_cut_between_two_of_them():
    cut = shortened("word " * 200)
    assert len(cut) <= LONGEST + 1
    assert cut.endswith("word…")
    assert shortened("short") == "short"


def test_the_events_of_a_new_board_read_as_sentences(board, manager):
    changes.add_priority(board=board, name="Prevent", code="prevent", by=manager, at=AT)
    changes.give_role(person=manager, role="coordinator", on=board, by=None, at=AT)
    lines = [
        sentence(row, dict(row.details.values_list("name", "value"))) for row in board.event_set.order_by("sequence")
    ]
    assert lines[0] == "Business manager created the board Northshire Partnership."
    assert lines[1].startswith("Business manager set the board’s key to ratings: Red: Off track")
    assert lines[2] == "Business manager added the strategic priority Prevent."
    assert lines[3] == "cseplan gave Business manager the role Coordinator on Northshire Partnership."
