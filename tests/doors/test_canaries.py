"""Canaries: a word that stands in every text of an action of limited circulation, another in everything of a board.

Everybody follows every link they are given, over pages, tables and the paper of a report, and nobody ever meets a
word that is not theirs: not in a count, a box of a filter, a search, a file's name or what it says of itself.
"""

import html
import io
import re
from collections import deque
from datetime import date
from urllib.parse import parse_qs, urljoin, urlsplit

import pdfplumber
import pikepdf
from django.test import Client, TestCase

from actions import changes
from actions.changes.definition import StepGiven
from actions.exporting import KINDS
from actions.models import DateRequest, Decision, Recommendation, Succession
from boards.changes import add_meeting, add_owner, add_priority
from boards.models import EventDetail
from boards.words import tables_of_words, words_of
from tests.actions.exported import everything_in_file
from tests.builders import (
    AGREED_ON,
    TODAY,
    agree,
    at,
    make_action,
    make_board,
    make_plan,
    moment,
    rating,
    say,
)

FEW, HERE, THERE, SHARED = "qqfew", "qqhere", "qqthere", "qqshared"
"""Words of: an action kept among few; this board; the one next door; a plan of this board that the other receives."""

LIMITED, OPEN = 2, 2
"""Actions of the plan that few see, and that everybody sees."""

ALL = LIMITED + OPEN

Q1 = "Q1 2026/27"
PAPER = ("manager", "member", "manager there")
"""Who opens the paper of a report too: it is the same for all who may read it, and slow to make."""

CHOICES = 1
"""Choices that an address may hold at once: more of them narrow what one has shown."""

MOST = 400
"""Pages that one person may follow before the test thinks that it goes in circles."""

SEES = {
    "manager": {FEW, HERE, SHARED},
    "chair": {FEW, HERE, SHARED},
    "contributor": {FEW, HERE, SHARED},
    "member": {HERE, SHARED},
    "nurse": {HERE, SHARED},
    "manager there": {THERE, SHARED},
    "stranger": set(),
}


def told(word, what="said"):
    return f"{what} {word}"


def few(cast, plan):
    """An action that few see, with its word in everything that is written about it and everything it alone has. What a
    review recommended is the board's, whichever action answers it."""
    who = {"by": cast.manager, "at": moment(AGREED_ON)}
    owner = add_owner(board=cast.board, name=told(FEW, "Owner"), kind="outside", aliases=(told(FEW, "Alias"),), **who)
    strand = add_priority(board=cast.board, name=told(FEW, "Strand"), code="other", **who)
    section = changes.add_section(plan=plan, title=told(FEW, "Section"), number="7", aim=told(FEW), **who)
    objective = changes.add_objective(plan=plan, title=told(FEW, "Objective"), section=section, number="7.1", **who)
    changes.add_recommendation_source(
        board=cast.board,
        title=told(HERE, "Review"),
        kind="review",
        recommendations=[(77, told(HERE, "Recommendation"))],
        **who,
    )
    action = make_action(
        cast,
        plan,
        f"7-{FEW}",
        wording=told(FEW),
        outcome=told(FEW),
        timescale=told(FEW, "March 2026"),
        roles=[("support", owner)],
        priorities=[strand],
        section=section,
        objective=objective,
        recommendations=[Recommendation.objects.get(number=77)],
        steps=[StepGiven(told(FEW), owner, told(FEW, "May 2026"))],
        measures=[told(FEW)],
        milestones=[(told(FEW), "May 2026")],
        cross_references=[told(FEW)],
        cells={column: told(FEW) for column in plan.columns.all()},
        limited=True,
    )
    for number in range(1, LIMITED):
        make_action(cast, plan, f"8-{FEW}-{number}", wording=told(FEW), limited=True, timescale="March 2026")
    return action


def speak(cast, action):
    """Everything that can be said about an action."""
    by, word = {"by": cast.coordinator}, told(FEW)
    statement = {"words": word, "reason": word, "next_steps": word}
    evidence = changes.EvidenceGiven(word, "document", word)
    who = {"action": action, **by}
    say(cast, action, "red", on=date(2026, 7, 3), period=Q1, evidence=evidence, **statement)
    changes.enter_update(
        owner=cast.police_owner,
        period=cast.periods[Q1],
        answer=changes.Answer(status="in_progress", rating=rating(cast, "amber"), **statement),
        entered_for=word,
        at=moment(date(2026, 7, 3), 12),
        **who,
    )
    changes.add_note(words=word, at=moment(date(2026, 7, 4)), **who)
    changes.reword_action(wording=told(FEW, "done"), reason=word, at=moment(date(2026, 7, 5)), **who)
    changes.move_date(to_due=date(2026, 8, 1), why=word, asked_by=word, at=moment(date(2026, 7, 6)), **who)
    sent = changes.submit_update(
        action=action,
        owner=cast.police_owner,
        round=cast.rounds["Q2 2026/27"],
        answer=changes.Answer(status="in_progress", rating=rating(cast, "amber"), evidence=evidence, **statement),
        by=cast.contact,
        at=moment(date(2026, 9, 21)),
    )
    changes.send_back(submission=sent, comment=word, at=moment(date(2026, 9, 22)), **by)
    row = {"board": cast.board, "action": action}
    DateRequest.objects.create(
        **row, to_due=TODAY, why=word, answer=word, asked_at=moment(TODAY), asked_by=cast.contact,
        state="refused", decided_at=moment(TODAY), decided_by=cast.chair,
    )  # fmt: skip
    meeting = add_meeting(board=cast.board, name="Chair’s call", held_on=TODAY, by=cast.manager, at=moment(TODAY, 8))
    Decision.objects.create(
        **row, kind="accept_explanation", reason=word, on=TODAY, at=moment(TODAY), by=cast.chair, meeting=meeting
    )
    changes.ask_for_date(to_due=date(2027, 3, 31), why=word, at=moment(TODAY), **who)
    hand_over_and_back(cast, action)
    Succession.objects.create(
        board=cast.board, kind="carried", reason=word, at=moment(TODAY), by=cast.chair, from_action=action,
        to_action=action.plan.actions.filter(limited=True).exclude(pk=action.pk).first(), first_due=action.first_due,
    )  # fmt: skip


def hand_over_and_back(cast, action):
    """The lead goes to an outside body and comes back; then it is offered to others, who do not answer."""
    word, who = told(FEW), {"by": cast.coordinator, "at": moment(TODAY, 8)}
    taker = add_owner(board=cast.board, name=told(FEW, "Taker"), kind="outside", **who)
    for one, other in ((cast.police_owner, taker), (taker, cast.police_owner)):
        offer = changes.offer_action(action=action, from_owner=one, to_owner=other, reason=word, **who)
        changes.accept_offer(offer=offer, agreed_by=word, answer=word, **who)
    changes.offer_action(action=action, from_owner=cast.police_owner, to_owner=taker, reason=word, **who)


class Crawl:
    """One person, following every link from their work on."""

    def __init__(self, person, *, paper):
        self.client = Client()
        self.client.force_login(person)
        self.papers = 1 if paper else 0
        self.pages = {}

    def run(self):
        waiting, seen = deque(["/"]), set()
        while waiting:
            address = waiting.popleft()
            parts = urlsplit(address)
            key = (parts.path, frozenset(parse_qs(parts.query)))
            if key in seen or len(key[1]) > CHOICES:
                continue
            seen.add(key)
            if parts.path.endswith(".pdf"):
                if not self.papers:
                    continue
                self.papers -= 1
            assert len(seen) < MOST, f"a crawl in circles: {address}"
            response = self.client.get(address)
            self.keep(address, response)
            if "text/html" in response.get("Content-Type", ""):
                for link in re.findall(r'href="([^"]+)"', response.text):
                    found = urljoin(address, html.unescape(link)).split("#")[0]
                    if found.startswith("/") and not found.startswith("/static/"):
                        waiting.append(found)
                if "as CSV</button>" in response.text:
                    self.keep(f"{address} (CSV)", self.client.post(address))
                if parts.path.endswith("/export/"):
                    for kind in KINDS:
                        sent = {"kind": kind, "day": parse_qs(parts.query).get("day", [""])[0]}
                        self.keep(f"{address} ({kind})", self.client.post(address, sent), kind)
        return self

    def keep(self, address, response, kind=""):
        """What a reader of an answer can find in it: its text, its headers, what a PDF says of itself, and everything
        in the archive that an office file is."""
        content = response.content
        if kind:
            assert "attachment" in response.headers["Content-Disposition"], address
            content = everything_in_file(content, kind)
        if response.get("Content-Type") == "application/pdf":
            content = read_paper(content)
        self.pages[address] = f"{address}\n{response.headers}\n".lower() + (
            content if isinstance(content, str) else content.decode()
        )

    def words(self):
        """{word: the first page on which it stands}."""
        found = {}
        for address, text in self.pages.items():
            for word in (FEW, HERE, THERE, SHARED):
                if word in text.lower():
                    found.setdefault(word, address)
        return found


def read_paper(content):
    with pdfplumber.open(io.BytesIO(content)) as paper:
        text = "\n".join(page.extract_text() for page in paper.pages)
    with pikepdf.open(io.BytesIO(content)) as file:
        said = [str(file.docinfo), str(file.open_metadata())]
        said += [str(item) for item in file.objects if isinstance(item, (pikepdf.Dictionary, pikepdf.String))]
    return "\n".join([text, *said])


class Canaries(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.here = here = make_board()
        cls.there = there = make_board("oakshire", "Oakshire Safeguarding Partnership")
        plan = make_plan(here, actions=OPEN, agreed=False, slug="plan", title=told(HERE, "Plan"))
        cls.few = few(here, plan)
        cls.plan = agree(here, plan)
        shared = make_plan(
            here, actions=1, agreed=False, slug="shared", title=told(SHARED, "Plan"), receiving_boards=[there.board]
        )
        make_action(here, shared, "6.1", wording=told(FEW), limited=True)
        agree(here, shared)
        for action in here.board.action_set.filter(limited=False):
            say(
                here,
                action,
                "amber",
                on=date(2026, 7, 2),
                period=Q1,
                words=told(HERE if action.plan_id == plan.pk else SHARED),
            )
        changes.submit_update(
            action=here.board.action_set.filter(limited=False).first(),
            owner=here.police_owner,
            round=here.rounds["Q2 2026/27"],
            answer=changes.Answer(status="in_progress", rating=rating(here, "green"), words="It goes on", reason="So"),
            by=here.contact,
            at=moment(date(2026, 9, 21)),
        )
        speak(here, here.board.action_set.select_related("board", "plan").get(pk=cls.few.pk))
        theirs = make_plan(there, actions=1, slug="theirs", title=told(THERE, "Plan"))
        say(there, theirs.actions.get(), "green", on=date(2026, 7, 2), period=Q1, words=told(THERE))
        cls.people = {name: getattr(here, name) for name in SEES if hasattr(here, name)}
        cls.people["manager there"] = there.manager
        with at(TODAY):
            cls.crawls = {name: Crawl(cls.people[name], paper=name in PAPER).run() for name in SEES}

    def test_nobody_meets_a_word_that_is_not_theirs(self):
        wrong = []
        for name, may in SEES.items():
            crawl = self.crawls[name]
            words = crawl.words()
            wrong += [f"{name} met {word} at {words[word]}" for word in words.keys() - may]
            wrong += [f"{name} never met {word}: nothing is proved" for word in may - words.keys()]
            all_of_it = "\n".join(crawl.pages.values())
            counted = re.compile(rf"\b{ALL} (?:<[^>]*>)?(?:overdue |open )?actions?\b|\bof {ALL} a")
            if bool(counted.search(all_of_it)) is not (FEW in may):
                wrong.append(f"{name} {'never ' if FEW in may else ''}met a count with the actions of few in it")
        assert not wrong, "\n".join(wrong)

    def test_every_kind_of_page_was_followed(self):
        """Or else the crawl proves less than it says."""
        pages = {address for crawl in self.crawls.values() for address in crawl.pages}
        for sign in (
            "/update/",
            "/history/",
            "(CSV)",
            "/as-at/",
            "/compare/",
            "/recommendations/",
            ".pdf",
            "/overdue/ (CSV)",
            "/people/ (CSV)",
            "/plans/plan/ (CSV)",
            "?strand=",
            "/submissions/",
            "/export/ (xlsx)",
            "/export/ (docx)",
            "/export/ (json)",
            "/export/?day=",
        ):
            assert any(sign in address for address in pages), sign

    def test_a_search_or_a_filter_for_what_few_see_finds_what_one_for_nothing_finds(self):
        support = self.few.owner_roles.get(role="support").owner_id
        strand = self.few.action_priorities.get().priority_id
        for name in ("member", "nurse", "manager there"):
            client = Client()
            client.force_login(self.people[name])
            plan = "/boards/elmshire/plans/plan/" if name != "manager there" else "/boards/elmshire/plans/shared/"
            with at(TODAY):
                for asked, nothing in (
                    (f"?q={FEW}", "?q=zzz"),
                    (f"?owner={support}", "?owner=99999"),
                    (f"?strand={strand}", "?strand=99999"),
                ):
                    found, none = (client.get(plan + query).text for query in (asked, nothing))
                    assert results(found, asked) == results(none, nothing), (name, asked)

    def test_what_few_see_cannot_be_changed_or_guessed_by_others(self):
        where = f"/boards/elmshire/plans/plan/actions/{self.few.pk}/"
        submission = self.few.submissions.get()
        for name in ("member", "nurse", "manager there"):
            client = Client()
            client.force_login(self.people[name])
            with at(TODAY):
                nothing = client.get("/boards/elmshire/plans/plan/actions/99999/")
                for more in ("", "update/", "history/", "as-at/", f"submissions/{submission.pk}/"):
                    assert client.get(where + more).content == nothing.content, (name, more)
                for more in ("notes/", "update/", "history/", f"submissions/{submission.pk}/"):
                    response = client.post(where + more, {"words": "hello", "accept": ""})
                    assert response.status_code == 404, (name, more)
                    assert response.content == nothing.content

    def test_every_text_of_the_action_holds_its_word(self):
        """A new table, or a new column of words, needs a canary: say something in it in `few` or `speak`."""
        lacking = []
        for model in tables_of_words():
            fields = {field.name: field for field in model._meta.concrete_fields}
            link = "action" if "action" in fields else "from_action" if "from_action" in fields else None
            if link is None:
                continue
            rows = model._default_manager.filter(**{link: self.few})
            for field in words_of(model):
                if not any(FEW in str(row[field.name]) for row in rows.values(field.name)):
                    lacking.append(f"{model._meta.label}.{field.name}")
        assert set(lacking) <= {"actions.Timescale.doubts"}
        told_of = EventDetail.objects.filter(event__subject_kind="action", event__subject_id=self.few.pk)
        assert sum(FEW in str(value) for value in told_of.values_list("value", flat=True)) > 10


def results(text, query):
    """The list of a page, without what was asked for."""
    word = query.split("=")[1]
    found = text.split('id="results"')[1].split("</main")[0]
    found = re.sub(r'(href|action|name="csrfmiddlewaretoken" value)="[^"]*"', "", found)
    return found if word.isdigit() else found.replace(word, "…")
