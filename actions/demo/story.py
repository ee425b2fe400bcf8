"""Tells what became of each action: reads stories/*.toml and plays it through the verbs, in the order of time.

A story gives, for an action, what its lead said in each quarter (q1 to q3) and in the open round (`now`). In each:
- red, amber, green, blue: the words, under the rating they were given with; `because`, `next`, `status`, `date`
- `same`: the answer was that nothing has changed; `ticks`: positions of steps now done
- `joint`: [owner, rating, words, because]: what a joint lead said; `telephone`: who rang, so the coordinator entered it
- `evidence`: [what it shows, kind, where it is held, "seen" if the coordinator has seen it]
- in `now` also `state` (accepted, submitted, sent_back, draft), `comment`, and `writer` for a draft by someone else
Beside the quarters: `move` (to: months after the first due date, decided at the meeting of quarter `at`), `reword`,
`note`, `internal_note`.
"""

import tomllib
from bisect import bisect
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from zlib import crc32

from actions import changes
from actions.demo import people
from actions.demo.quarters import CLOSED, moment, working
from actions.demo.redating import Shift
from actions.models import Action, Status, Submission
from actions.standing import refresh_once
from boards import changes as boards
from boards.audit import change

FOLDER = Path(__file__).parent / "stories"
RATINGS = ("red", "amber", "green", "blue")
QUARTERS = ("q1", "q2", "q3", "now")

SPREAD = 0.618034
"""The golden section: multiples of it fall evenly between 0 and 1, so updates do not all come on one day."""

NEVERTHELESS = (
    "The work itself is done; what is left is approval, which is on the agenda of the next meeting.",
    "Most of it is in place already, and the last part has a date and somebody to do it.",
    "Delivery has begun and nobody is kept waiting by the part that is late.",
    "The delay is a matter of weeks and does not touch the other actions.",
    "A later finish was expected by everyone involved, and the sub-group will be asked to move the date.",
)
"""Why something late is nevertheless on track, where a story gives no reason of its own."""


@dataclass(frozen=True)
class Said:
    """What was said about one action in one quarter."""

    rating: str
    words: str
    because: str = ""
    next: str = ""
    status: str = Status.IN_PROGRESS
    date: str = "will_move"
    same: bool = False
    ticks: tuple[int, ...] = ()
    joint: tuple[str, ...] = ()
    telephone: str = ""
    evidence: tuple[str, ...] = ()
    state: str = "accepted"
    comment: str = ""
    writer: str = ""

    @classmethod
    def read(cls, table):
        rating = next(code for code in RATINGS if code in table)
        rest = {key: value for key, value in table.items() if key != rating}
        lists = {key: tuple(rest.pop(key)) for key in ("ticks", "joint", "evidence") if key in rest}
        return cls(rating=rating, words=table[rating], **rest, **lists)


@dataclass(frozen=True)
class Story:
    """The stories of one plan's actions, by reference."""

    today: date
    limited: tuple[str, ...]
    actions: dict[str, dict] = field(default_factory=dict)

    @classmethod
    def read(cls, slug):
        data = tomllib.loads((FOLDER / f"{slug}.toml").read_text(encoding="utf-8"))
        return cls(data.pop("today"), tuple(data.pop("limited")), data)

    def said(self):
        """(reference, number of the quarter, what was said), for everything that was."""
        for reference, told in self.actions.items():
            for number, name in enumerate(QUARTERS):
                if name in told:
                    yield reference, number, Said.read(told[name])


def tell(built, story, calendar):
    """Play a board's story, oldest first."""
    Teller(built, story, calendar).play()


class Teller:
    """Collects what happens on one board as (moment, what), then does it in order."""

    def __init__(self, built, story, calendar):
        self.built, self.story, self.calendar = built, story, calendar
        self.manager, self.coordinator = built.people["manager"], built.people["coordinator"]
        scale = built.board.ratingscale_set.prefetch_related("ratings").get()
        self.ratings = {rating.code: rating for rating in scale.ratings.all()}
        self.facts = {action["reference"]: action for action in built.facts["plan"]["actions"]}
        self.happenings = []
        self.rows = {}

    def play(self):
        self._meet_and_ask()
        self._decide()
        self._lose_a_holder()
        for number, (reference, quarter, said) in enumerate(self.story.said()):
            self._speak(reference, quarter, said, part=number * SPREAD % 1)
        self._note()
        self.happenings.sort(key=lambda happening: happening[:2])
        openings = [moment(self.calendar.asking(number).opens, 0) for number in range(CLOSED + 1)]
        with change(self.built.board, by=self.coordinator, at=self.happenings[0][0]):
            for _, together in groupby(self.happenings, key=lambda happening: bisect(openings, happening[0])):
                self._do(together)

    def _do(self, together):
        """What happens from one round to the next: nothing in it reads what it changes on an action."""
        rows = Action.objects.filter(plan=self.built.plan).select_related("board", "plan").prefetch_related("steps")
        self.rows = {action.reference: action for action in rows}
        with refresh_once():
            for at, _, what in together:
                what(at)

    def then(self, at: datetime, what):
        self.happenings.append((at, len(self.happenings), what))

    # Meetings, rounds, decisions, people

    def _meet_and_ask(self):
        group = self.built.groups[self.built.lead_group]
        for number, period in enumerate(self.built.periods):
            asking = self.calendar.asking(number)
            hour = 0 if asking.opens == self.calendar.on else 9
            self.then(moment(asking.opens, hour), lambda at, p=period, a=asking: self._open(p, a, at))
            if number < CLOSED:
                held = self.calendar.meeting(number)
                self.then(moment(held, 16), lambda at, held=held: self._meet(group, held, at))

    def _open(self, period, asking, at):
        self.built.rounds.append(
            changes.open_round(
                period=period,
                opens=asking.opens,
                due=asking.due,
                grace_ends=asking.grace_ends,
                closes=asking.closes,
                by=self.manager,
                at=at,
            )
        )

    def _meet(self, group, held, at):
        secretary = self.built.people.get("secretary", self.coordinator)
        self.built.meetings.append(
            boards.add_meeting(
                board=self.built.board,
                name=f"{group.short_name or group.name}, quarterly meeting",
                held_on=held,
                sub_group=group,
                by=secretary,
                at=at,
            )
        )

    def _decide(self):
        chair = self.built.people[f"group:{self.built.lead_group}"]
        for reference, told in self.story.actions.items():
            for move in told.get("move", ()):
                at = moment(self.calendar.meeting(move["at"] - 1), 17)
                self.then(at, lambda at, r=reference, m=move: self._move(r, m, chair, at))
            if "reword" in told:
                at = moment(self.calendar.meeting(told["reword"]["at"] - 1), 17, 30)
                self.then(at, lambda at, r=reference, n=told["reword"]: self._reword(r, n, at))

    def _move(self, reference, move, chair, at):
        action = self.rows[reference]
        changes.move_date(
            action=action,
            to_due=Shift(move["to"], action.first_due.year).day(action.first_due),
            why=move["why"],
            asked_by=move["asked"],
            meeting=self.built.meetings[move["at"] - 1],
            by=chair,
            at=at,
        )

    def _reword(self, reference, new, at):
        changes.reword_action(
            action=self.rows[reference],
            wording=new["words"],
            reason=new["why"],
            meeting=self.built.meetings[new["at"] - 1],
            by=self.coordinator,
            at=at,
        )

    def _lose_a_holder(self):
        owner = self.built.owners[people.VACANT[self.built.slug]]
        left = working(self.calendar.quarters[1].starts + timedelta(days=25))

        def leave(at):
            holder = owner.holders.get(ends__isnull=True)
            boards.end_holder(holder=holder, ends=left, by=self.manager, at=at)

        self.then(moment(left, 17), leave)

    def _note(self):
        day = working(self.calendar.on - timedelta(days=9))
        for reference, told in self.story.actions.items():
            for name in ("note", "internal_note"):
                if name in told:
                    self.then(
                        moment(day, 15),
                        lambda at, r=reference, words=told[name], internal=name != "note": changes.add_note(
                            action=self.rows[r], words=words, internal=internal, by=self.coordinator, at=at
                        ),
                    )

    # What is said

    def _speak(self, reference, quarter, said, part):
        lead = next(role["owner"] for role in self.facts[reference]["owners"] if role["role"] == "lead")
        at = self.calendar.said(quarter, part) if quarter < CLOSED else self.calendar.said_now(part)
        heard = self._hear(reference, quarter, said, lead, at)
        if said.joint:
            owner, rating, words, *because = said.joint
            joint = Said(rating=rating, words=words, because=" ".join(because))
            self._hear(reference, quarter, joint, owner, heard + timedelta(minutes=40))

    def _hear(self, reference, quarter, said, owner_key, at):
        """Plan how one owner's words reach the record; returns the moment when they are on it."""
        speaker = people.voice(self.built, owner_key)
        if speaker is None or said.telephone or said.status in (Status.COMPLETE, Status.EMBEDDED):
            self.then(at, lambda at: self._enter(reference, quarter, said, owner_key, at))
            return at
        if said.writer:
            speaker = self.built.people[said.writer]
        made = {}
        self.then(at, lambda at: made.update(row=self._send(reference, quarter, said, owner_key, speaker, at)))
        read_at = at + timedelta(minutes=25) if quarter == CLOSED else moment(_next_working(at), 10, at.minute)
        if said.state == "accepted":
            self.then(read_at, lambda at: self._accept(made["row"], said, at))
        if said.state == "sent_back":
            self.then(
                read_at,
                lambda at: changes.send_back(submission=made["row"], comment=said.comment, by=self.coordinator, at=at),
            )
        return read_at

    def _answer(self, action, said, at):
        rating, on = self.ratings[said.rating], at.date()
        steps = {step.position: step for step in action.steps.all()}
        done = {step.pk for step in steps.values() if step.done_on} | {steps[number].pk for number in said.ticks}
        evidence = None
        if said.evidence:
            shows, kind, where, *_ = said.evidence
            evidence = changes.EvidenceGiven(shows, kind, where, dated=on - timedelta(days=5))
        facts = {
            "status": said.status,
            "rating": rating,
            "words": said.words,
            "next_steps": said.next,
            "no_change": said.same,
            "steps_done": frozenset(done),
            "evidence": evidence,
        }
        owed = changes.Answer(**facts).owed(action, on)
        if "reason" in owed:
            facts["reason"] = said.because or self._nevertheless(action)
        if "date_answer" in owed:
            facts["date_answer"] = said.date
        return changes.Answer(**facts)

    def _nevertheless(self, action):
        return NEVERTHELESS[crc32(f"{action.plan.slug} {action.reference}".encode()) % len(NEVERTHELESS)]

    def _enter(self, reference, quarter, said, owner_key, at):
        action, owner = self.rows[reference], self.built.owners[owner_key]
        update = changes.enter_update(
            action=action,
            owner=owner,
            answer=self._answer(action, said, at),
            period=self.built.periods[quarter],
            entered_for=said.telephone or self._entered_for(said, owner_key),
            by=self.coordinator,
            at=at,
        )
        self._see(update, said, at)

    def _entered_for(self, said, owner_key):
        if said.status in (Status.COMPLETE, Status.EMBEDDED):
            return self.built.groups[self.built.lead_group].name
        return "" if people.POSTS.get(owner_key) == "coordinator" else self.built.owners[owner_key].name

    def _send(self, reference, quarter, said, owner_key, speaker, at):
        action = self.rows[reference]
        send = changes.save_draft if said.state == Submission.State.DRAFT else changes.submit_update
        return send(
            action=action,
            owner=self.built.owners[owner_key],
            round=self.built.rounds[quarter],
            answer=self._answer(action, said, at),
            by=speaker,
            at=at,
        )

    def _accept(self, submission, said, at):
        update = changes.accept_submission(submission=submission, by=self.coordinator, at=at)
        self._see(update, said, at)

    def _see(self, update, said, at):
        if "seen" in said.evidence[3:]:
            for evidence in update.evidence.all():
                changes.see_evidence(evidence=evidence, by=self.coordinator, at=at)


def _next_working(at):
    day = at.date() + timedelta(days=1)
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
