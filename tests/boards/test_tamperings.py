"""Whoever has the database's own password may do anything to the trail but go unnoticed.

Chance tampers with the event table, the guards taken off first, and every tampering must be found by verify_audit
with the heads that were exported before; each is undone before the next.
"""

from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F
from django.test import TestCase

from boards import audit, guards, heads
from boards.models import Board, ChainHead, Event, EventDetail, User
from tests.builders import TODAY, make_board, make_plan, say

FAR = 1_000_000
"""A number beyond the end of every chain."""


def chains(chance):
    """Two boards, in an order of chance."""
    return chance.sample(list(Board.objects.order_by("slug")), 2)


def an_event(chance, board, *, last=True):
    events = list(board.event_set.order_by("sequence"))
    return chance.choice(events if last else events[:-1])


def a_detail(chance, board):
    return chance.choice(list(EventDetail.objects.filter(event=an_event(chance, board)).order_by("name")))


def other_digest(chance, digest):
    """The same digest with one digit changed."""
    at = chance.randrange(len(digest))
    return (
        digest[:at] + chance.choice([digit for digit in "0123456789abcdef" if digit != digest[at]]) + digest[at + 1 :]
    )


def edit_a_field(chance):
    event = an_event(chance, chains(chance)[0])
    name = chance.choice(sorted(event.digests))
    others = User.objects.exclude(pk=event.by_id).order_by("email")
    change = chance.choice(
        [
            {"verb": "seat.added" if event.verb != "seat.added" else "role.given"},
            {"at": event.at + timedelta(microseconds=chance.choice((-1, 1, 60_000_000)))},
            {"by": chance.choice([*others, None] if event.by_id else list(others))},
            {"subject_kind": "plan" if event.subject_kind != "plan" else "action"},
            {"subject_id": event.subject_id + chance.randint(1, 9)},
            {"sequence": FAR},
            {"digests": {**event.digests, name: other_digest(chance, event.digests[name])}},
            {"digests": {**event.digests, "more": "0" * 64}},
            {"previous": other_digest(chance, event.previous) if event.previous else "0" * 64},
            {"digest": other_digest(chance, event.digest)},
        ]
    )
    Event.objects.filter(pk=event.pk).update(**change)


def edit_the_words(chance):
    detail = a_detail(chance, chains(chance)[0])
    change = chance.choice(
        [{"value": f"{detail.value} or not"}, {"salt": other_digest(chance, detail.salt)}, {"name": "other"}]
    )
    EventDetail.objects.filter(pk=detail.pk).update(**change)


def take_words_away(chance):
    a_detail(chance, chains(chance)[0]).delete()


def put_words_in(chance):
    event = an_event(chance, chains(chance)[0])
    EventDetail.objects.create(board_id=event.board_id, event=event, name="more", salt="0" * 32, value="It was agreed")


def swap_words(chance):
    """What one event says of its subject is given to another event, and the other way round."""
    first, second = chance.sample(list(EventDetail.objects.filter(name="subject").order_by("pk")), 2)
    for one, other in ((first, second), (second, first)):
        EventDetail.objects.filter(pk=one.pk).update(salt=other.salt, value=other.value)


def delete(events):
    EventDetail.objects.filter(event__in=events).delete()
    Event.objects.filter(pk__in=[event.pk for event in events]).delete()


def delete_in_the_middle(chance):
    delete([an_event(chance, chains(chance)[0], last=False)])


def close_a_gap(chance):
    """One event goes and those after it are numbered anew."""
    event = an_event(chance, chains(chance)[0], last=False)
    delete([event])
    later = Event.objects.filter(board=event.board_id, sequence__gt=event.sequence)
    later.update(sequence=F("sequence") + FAR)
    Event.objects.filter(board=event.board_id, sequence__gt=FAR).update(sequence=F("sequence") - FAR - 1)


def cut_the_tail(chance):
    board = chains(chance)[0]
    events = list(board.event_set.order_by("sequence"))
    delete(events[-chance.randint(1, len(events) - 1) :])


def cut_the_tail_and_mend_the_head(chance):
    cut_the_tail(chance)
    mend_heads()


def mend_heads():
    for board in Board.objects.all():
        last = board.event_set.order_by("sequence").last()
        ChainHead.objects.filter(board=board).update(sequence=last.sequence, digest=last.digest)


def wipe(chance):
    """A board's whole trail goes, its head too."""
    board = chains(chance)[0]
    delete(list(board.event_set.all()))
    ChainHead.objects.filter(board=board).delete()


def swap_numbers(first, second):
    for event, sequence in ((first, FAR), (second, first.sequence), (first, second.sequence)):
        Event.objects.filter(pk=event.pk).update(sequence=sequence)


def reorder(chance):
    board = chains(chance)[0]
    swap_numbers(*chance.sample(list(board.event_set.order_by("sequence")), 2))


def rehash_from(board, sequence):
    """The chain is made to fit together again from here on, its head too, as a thorough forger would."""
    before = board.event_set.filter(sequence=sequence - 1).first()
    previous = before.digest if before else ""
    for event in board.event_set.filter(sequence__gte=sequence).order_by("sequence"):
        event.previous, event.digest = previous, ""
        previous = event.digest = audit.event_digest(event)
        Event.objects.filter(pk=event.pk).update(previous=event.previous, digest=event.digest)
    mend_heads()


def rehash_a_suffix(chance):
    """A moment is moved and everything after it re-hashed."""
    board = chains(chance)[0]
    event = an_event(chance, board)
    Event.objects.filter(pk=event.pk).update(at=event.at + timedelta(hours=chance.randint(1, 99)))
    rehash_from(board, event.sequence)


def reword_and_rehash(chance):
    """Words are changed with their digest, and everything after them re-hashed."""
    board = chains(chance)[0]
    detail = a_detail(chance, board)
    event, value = detail.event, f"{detail.value}, so they say"
    digests = {**event.digests, detail.name: audit.detail_digest(detail.name, detail.salt, value)}
    EventDetail.objects.filter(pk=detail.pk).update(value=value)
    Event.objects.filter(pk=event.pk).update(digests=digests)
    rehash_from(board, event.sequence)


def reorder_and_rehash(chance):
    board = chains(chance)[0]
    first, second = chance.sample(list(board.event_set.order_by("sequence")), 2)
    swap_numbers(first, second)
    rehash_from(board, min(first.sequence, second.sequence))


def move(events, board, shift=0):
    """Events, with what they say, to another board."""
    ids = [event.pk for event in events]
    Event.objects.filter(pk__in=ids).update(board=board, sequence=F("sequence") + shift)
    EventDetail.objects.filter(event__in=ids).update(board=board)


def swap_a_line_of_two_boards(chance):
    one, other = chains(chance)
    sequence = chance.randint(1, min(one.event_set.count(), other.event_set.count()))
    mine, theirs = one.event_set.get(sequence=sequence), other.event_set.get(sequence=sequence)
    move([mine], other, FAR)
    move([theirs], one)
    Event.objects.filter(pk=mine.pk).update(sequence=sequence)


def swap_the_trails_of_two_boards(chance):
    one, other = chains(chance)
    mine, theirs = list(one.event_set.all()), list(other.event_set.all())
    move(mine, other, FAR)
    move(theirs, one)
    Event.objects.filter(board=other).update(sequence=F("sequence") - FAR)
    mend_heads()


def change_a_head(chance):
    head = chains(chance)[0].chain_head
    change = chance.choice(
        [{"sequence": head.sequence + chance.choice((-1, 1))}, {"digest": other_digest(chance, head.digest)}]
    )
    ChainHead.objects.filter(pk=head.pk).update(**change)


TAMPERINGS = (
    edit_a_field,
    edit_the_words,
    take_words_away,
    put_words_in,
    swap_words,
    delete_in_the_middle,
    close_a_gap,
    cut_the_tail,
    cut_the_tail_and_mend_the_head,
    wipe,
    reorder,
    rehash_a_suffix,
    reword_and_rehash,
    reorder_and_rehash,
    swap_a_line_of_two_boards,
    swap_the_trails_of_two_boards,
    change_a_head,
)


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Tampered(TestCase):
    @classmethod
    def setUpTestData(cls):
        """Two boards with a plan each and something said, their heads exported, the guards of the database gone."""
        for slug in ("elmshire", "oakshire"):
            cast = make_board(slug, slug.title())
            plan = make_plan(cast, actions=2, slug=f"{slug}-plan")
            for action in plan.actions.all():
                say(cast, action, on=TODAY, period="Q2 2026/27")
        cls.exported = "\n".join(heads.lines())
        for app in ("boards", "actions", "reports"):
            guards.remove(connection, app)

    def fault(self):
        """The first broken link that verify_audit names, or "" when every chain is whole."""
        try:
            call_command("verify_audit", heads=self.file, stdout=StringIO())
        except CommandError as error:
            # The guards are gone, so the command never ends well: a chain is broken when it says at which event.
            return str(error) if ", event " in str(error) else ""
        raise AssertionError("The guards were to be taken off for this test.")

    def tamper(self, times, seed):
        chance = Random(seed)
        missed = []
        assert self.fault() == ""
        for number in range(times):
            tampering = TAMPERINGS[number % len(TAMPERINGS)]
            with undone():
                tampering(chance)
                if not self.fault():
                    missed.append(f"{number}. {tampering.__name__}")
        assert not missed, f"With seed {seed} these were not found: {', '.join(missed)}"
        assert self.fault() == "", "what was undone leaves no trace"

    @pytest.fixture(autouse=True)
    def keep_the_heads(self, tmp_path):
        self.file = tmp_path / "heads"
        self.file.write_text(self.exported, encoding="utf-8")

    def test_every_kind_of_tampering_is_found(self):
        self.tamper(2 * len(TAMPERINGS), seed=1)

    @pytest.mark.prove
    def test_a_thousand_tamperings_are_found(self):
        self.tamper(1000, seed=2)
