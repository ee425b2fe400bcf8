"""The access log: every refusal and every read that matters is a line, and no line says what somebody typed."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from boards.access import KINDS
from boards.middleware import AccessLogMiddleware
from boards.models import AccessLog
from tests.builders import TODAY, agree, at, make_action, make_board, make_plan, moment


class Answer(HttpResponse):
    """One whose end does not end the test's connection to the database with it."""

    def close(self):
        pass


class Refusals(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_board()
        cls.there = make_board("oakshire", "Oakshire Safeguarding Partnership")
        cls.plan = make_plan(cls.cast, actions=1, agreed=False)
        make_action(cls.cast, cls.plan, "9.1", limited=True)
        agree(cls.cast, cls.plan)
        cls.open, cls.limited = cls.plan.actions.order_by("reference")

    def go(self, who, address, data=None):
        self.client.force_login(who)
        with at(TODAY):
            return self.client.get(address) if data is None else self.client.post(address, data)

    def where(self, action, more=""):
        return f"/boards/elmshire/plans/cse-plan/actions/{action.pk}/{more}"

    def line(self):
        return AccessLog.objects.get()

    def test_a_reader_who_tries_to_write_is_a_line(self):
        response = self.go(self.cast.member, self.where(self.open, "notes/"), {"words": "Words nobody asked for"})
        assert response.status_code == 403
        line = self.line()
        assert (line.board, line.by, line.at) == (self.cast.board, self.cast.member, moment(TODAY))
        assert (line.what, line.outcome, line.subject) == ("change.refused", "forbidden", "note")
        assert (line.subject_kind, line.subject_id) == ("action", self.open.pk)

    def test_what_exists_and_is_hidden_is_a_line_of_the_board_it_belongs_to(self):
        assert self.go(self.cast.member, self.where(self.limited)).status_code == 404
        line = self.line()
        assert (line.what, line.outcome, line.subject_id) == ("page.refused", "hidden", self.limited.pk)

    def test_the_board_next_door_knows_who_tried_its_door_whatever_they_tried_there(self):
        for address in ("", "overdue/", "plans/cse-plan/", "plans/no-such-plan/", "plans/no-such-plan/actions/1/"):
            assert self.go(self.there.manager, f"/boards/elmshire/{address}").status_code == 404
        lines = AccessLog.objects.all()
        assert {(line.board, line.by) for line in lines} == {(self.cast.board, self.there.manager)}
        assert [line.subject_kind for line in lines.order_by("id")] == ["board", "board", "plan", "board", "board"]

    def test_what_is_not_there_is_no_refusal(self):
        for address in (
            "/boards/no-such-board/",
            "/boards/elmshire/plans/no-such-plan/",
            self.where(self.open, "submissions/999/"),
            "/boards/elmshire/reports/1999-01-01/",
            "/no/such/address/",
        ):
            assert self.go(self.cast.member, address).status_code == 404
        assert not AccessLog.objects.exists()

    def test_nobody_who_has_not_signed_in_is_a_line(self):
        with at(TODAY):
            self.client.get(self.where(self.limited))
            self.client.get("/boards/elmshire/?q=words")
        assert not AccessLog.objects.exists()

    def test_the_line_is_written_when_the_answer_has_gone_out(self):
        """So that a refusal takes no longer than what is not there."""
        request = RequestFactory().get("/boards/elmshire/")
        request.user, request.resolver_match = self.cast.stranger, resolve("/boards/elmshire/")
        response = AccessLogMiddleware(lambda request: Answer(status=404))(request)
        assert not AccessLog.objects.exists()
        response.close()
        assert self.line().board == self.cast.board

    def test_a_refusal_is_the_same_bytes_and_the_same_work_as_what_is_not_there(self):
        refused, hidden = self.counted(self.where(self.limited))
        absent, missing = self.counted("/boards/elmshire/plans/cse-plan/actions/999999/")
        assert refused.content == absent.content
        assert [name for name in hidden if name != "INSERT"] == missing

    def counted(self, address):
        self.client.force_login(self.cast.member)
        with at(TODAY), CaptureQueriesContext(connection) as asked:
            response = self.client.get(address)
        return response, [query["sql"].split()[0] for query in asked.captured_queries]

    def test_reading_a_limited_action_is_a_line_and_an_open_one_is_not(self):
        assert self.go(self.cast.contact, self.where(self.open)).status_code == 200
        assert not AccessLog.objects.exists()
        assert self.go(self.cast.contact, self.where(self.limited)).status_code == 200
        line = self.line()
        assert (line.what, line.outcome, line.subject) == ("action.read", "done", "action")
        assert (line.by, line.subject_id) == (self.cast.contact, self.limited.pk)

    def test_who_asks_only_for_the_head_of_a_page_has_not_read_it(self):
        self.client.force_login(self.cast.contact)
        with at(TODAY):
            assert self.client.head(self.where(self.limited)).status_code == 200
        assert not AccessLog.objects.exists()

    def test_a_refused_page_of_a_limited_action_was_not_read(self):
        self.go(self.cast.scrutineer, self.where(self.limited, "update/"))
        assert self.line().what == "page.refused"

    def test_no_line_says_what_was_typed(self):
        typed = "Zebedee"
        self.go(self.cast.member, f"/boards/oakshire/?q={typed}")
        self.go(self.cast.member, f"/boards/oakshire/plans/{typed}/")
        self.go(self.cast.member, self.where(self.open, "notes/"), {"words": typed})
        assert AccessLog.objects.count() == 3
        for line in AccessLog.objects.values():
            assert typed not in str(line)

    def test_a_line_is_never_changed_or_deleted(self):
        self.go(self.cast.member, "/boards/oakshire/")
        for spoil in (AccessLog.objects.all().delete, lambda: AccessLog.objects.update(outcome="done")):
            with pytest.raises(IntegrityError), transaction.atomic():
                spoil()

    def test_every_kind_has_words(self):
        self.go(self.cast.member, self.where(self.open, "notes/"), {"words": "No"})
        self.go(self.cast.manager, self.where(self.limited))
        assert {line.what for line in AccessLog.objects.all()} <= set(KINDS)
