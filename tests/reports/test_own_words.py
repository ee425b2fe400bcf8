"""A board that calls everything otherwise: its own words on every page and in its report, and none of the product's."""

import re
from datetime import timedelta

from django.test import Client, TestCase

from actions.models import PlanReceiver
from boards.changes import change_labels
from boards.labels import USUAL, labels_of
from boards.models import Board
from reports.paper import document, one_file
from tests.builders import TODAY, at, make_board, moment
from tests.reports.small_board import Q2, figures, make_small_board

CANARIES = {code: (f"zz{code.replace('_', '')}", f"zz{code.replace('_', '')}s") for code, _ in USUAL.items()}

PRODUCTS = re.compile(
    r"\b(strategic priorit(y|ies)|strands?|sub-groups?|agenc(y|ies)|owners?|recommendations?|objectives?|sections?)\b",
    re.IGNORECASE,
)


def seen(text):
    """What a person sees or hears of a page: its words, and the labels that stand in attributes."""
    text = re.sub(r"<(script|style).*?</\1>|<!--.*?-->", "", text, flags=re.DOTALL)
    told = re.findall(r'(?:data-label|aria-label|title|alt|label)="([^"]*)"', text)
    return " ".join(" ".join([re.sub(r"<[^>]+>", " ", text), *told]).split())


class EveryPage(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_small_board()
        cls.there = make_board("oakshire", "Oakshire Safeguarding Partnership")
        who = {"by": cls.cast.manager, "at": moment(TODAY)}
        cls.cast.board = change_labels(board=cls.cast.board, labels=CANARIES, **who)
        PlanReceiver.objects.create(board=cls.cast.board, plan=cls.cast.plan, receiving_board=cls.there.board)

    def page(self, who, address):
        client = Client()
        client.force_login(getattr(self.cast, who, None) or self.there.member)
        with at(TODAY):
            response = client.get(address)
        assert response.status_code == 200, address
        return seen(response.text)

    def test_each_says_the_boards_word_and_never_the_products(self):
        board, plan, action = "/boards/elmshire/", f"/boards/elmshire/plans/{self.cast.plan.slug}/", self.cast.actions
        one, before = f"{plan}actions/{action.A1.pk}/", f"?day={TODAY - timedelta(days=1)}"
        pages = [
            ("manager", "/", ()),
            ("contributor", "/", ()),
            ("manager", board, ("agency", "sub_group", "owner", "priority")),
            ("chair", board, ("sub_group",)),
            ("manager", f"{board}settings/", ("agency", "sub_group", "owner", "priority")),
            ("manager", f"{board}settings/priorities/add/", ("priority",)),
            ("manager", f"{board}settings/agencies/add/", ("agency",)),
            ("manager", f"{board}settings/sub-groups/add/", ("sub_group",)),
            ("manager", f"{board}owners/", ("owner", "agency")),
            ("manager", f"{board}owners/add/", ("owner", "agency", "sub_group")),
            ("manager", f"{board}owners/{self.cast.police_owner.pk}/", ("owner", "agency")),
            ("manager", f"{board}people/", ()),
            ("manager", f"{board}people/invite/", ("owner", "agency", "sub_group")),
            ("manager", f"{board}redact/", ("agency",)),
            ("member", plan, ("priority", "owner", "recommendation")),
            ("member", f"{plan}?view=published", ("priority", "owner", "recommendation")),
            ("chair", f"{board}overdue/", ("owner",)),
            ("member", one, ("priority", "recommendation")),
            ("member", f"{one}as-at/{before}", ("priority", "recommendation")),
            ("coordinator", f"{plan}actions/{action.A8.pk}/", ("owner", "recommendation")),
            ("coordinator", f"{one}update/", ()),
            ("contributor", f"{one}update/", ("agency",)),
            ("member", f"{board}reports/{self.cast.periods[Q2].starts}/", ("priority", "recommendation")),
        ]
        for who, address, words in pages:
            with self.subTest(address, who=who):
                text = self.page(who, address)
                for code in words:
                    assert f"zz{code.replace('_', '')}" in text.casefold()
                text = re.sub("in place of [a-z -]+", "", text) if address.endswith("settings/") else text
                left = text.replace("Lead agency", "")  # the plan's own heading, which wins
                left = left.replace("Owners:", "")  # the history keeps the product's words: ADR 0025
                assert not PRODUCTS.search(left), PRODUCTS.findall(left)

    def test_a_received_plan_speaks_as_the_board_that_owns_it(self):
        self.cast.stranger = None
        text = self.page("stranger", f"/boards/elmshire/plans/{self.cast.plan.slug}/")
        assert "Zzpriority" in text
        assert "Zz" not in self.page("stranger", "/boards/oakshire/")

    def test_the_report_of_another_board_speaks_in_its_own_words(self):
        paper = seen(document(figures(self.cast)))
        assert "By zzpriority" in paper
        assert "Zzrecommendations and the actions that answer them" in paper
        assert not PRODUCTS.search(paper), PRODUCTS.findall(paper)
        assert seen(one_file(figures(self.cast))).count("zzpriority") == paper.count("zzpriority")

    def test_a_report_holds_the_words_it_was_made_with(self):
        made = figures(self.cast)
        change_labels(board=self.cast.board, labels={}, by=self.cast.manager, at=moment(TODAY))
        assert made.labels.priority.one == "zzpriority"
        assert labels_of(Board.objects.get(slug="elmshire")) == USUAL

    def test_markup_in_a_word_stays_text_in_the_report_too(self):
        words = {"priority": ("<b>strand", "strands>"), "recommendation": ("<i>ask", "asks")}
        board = change_labels(board=self.cast.board, labels=words, by=self.cast.manager, at=moment(TODAY))
        self.cast.board = board
        text = document(figures(self.cast))
        assert "<b>strand" not in text
        assert "&lt;b&gt;strand" in text
