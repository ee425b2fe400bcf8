"""People and access: what the business manager sees and does there, and the link of an invitation."""

import re
import smtplib
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext

from boards import changes, people
from boards.models import AccessLog, Invitation, SeatRole, User, Visit
from boards.permissions import standing
from tests.builders import TODAY, at, make_board, make_person, moment

DAY = timedelta(days=1)
PASSWORD = "kettle marble onward"


def day(on, name):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


class Pages(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_board()
        cls.there = make_board("oakshire", "Oakshire Safeguarding Partnership")

    def setUp(self):
        self.client.force_login(self.cast.manager)

    def get(self, more="", on=TODAY):
        with at(on):
            self.back_on(on)
            return self.client.get(f"/boards/elmshire/people/{more}")

    def back_on(self, on):
        """On another day the manager signs in anew."""
        if on != TODAY:
            self.client.force_login(self.cast.manager)

    def post(self, more, on=TODAY, **sent):
        with at(on):
            self.back_on(on)
            return self.client.post(f"/boards/elmshire/people/{more}", sent)

    def words(self, more="", on=TODAY):
        text = re.sub(r"<(script|style).*?</\1>", "", self.get(more, on).text, flags=re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", text).split())

    def said(self, response):
        """What the page says that one is led to."""
        with at(TODAY):
            return " ".join(str(message) for message in self.client.get(response.url).context["messages"])

    def role(self, person, kind="seat"):
        return people.rows_of(self.cast.board, kind).get(user=person)

    def where(self, person, more="", kind="seat"):
        return f"{person.pk}/roles/{kind}/{self.role(person, kind).pk}/{more}"


class TheList(Pages):
    def test_everybody_is_there_with_what_they_hold_and_when_they_came(self):
        Visit.objects.create(board=self.cast.board, person=self.cast.nurse, on=date(2026, 9, 3))
        words = self.words()
        assert "Nic Nurse nic.elmshire@example.org Contact of Elmshire Health Board 3 September 2026" in words
        assert "Casey Coordinator casey.elmshire@example.org Coordinator Not yet" in words
        assert "10 of 10 people" in words
        assert "Sky Stranger" not in words
        assert "oakshire" not in words

    def test_who_opens_a_page_of_the_board_has_come_and_nobody_else(self):
        client = Client()
        for person, address in (
            (self.cast.member, "/boards/elmshire/plans/"),
            (self.cast.nurse, "/"),
            (self.there.member, "/boards/elmshire/plans/"),
        ):
            client.force_login(person)
            with at(TODAY):
                client.get(address)
        assert list(Visit.objects.values_list("person", "on")) == [(self.cast.member.pk, TODAY)]
        client.force_login(self.cast.member)
        with at(TODAY + DAY):
            client.get("/boards/elmshire/plans/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/boards/elmshire/plans/")
        assert Visit.objects.get().on == TODAY + DAY
        assert not [query for query in queries if "boards_visit" in query["sql"]], "once a day is enough"

    def test_a_role_that_ends_or_has_not_begun_says_so_and_one_that_is_over_stands_apart(self):
        cover = {"held": self.role(self.cast.coordinator, "board"), "by": self.cast.manager, "at": moment(TODAY)}
        changes.cover_role(person=self.cast.member, starts=TODAY + DAY, ends=TODAY + 3 * DAY, **cover)
        changes.end_every_role(person=self.cast.nurse, board=self.cast.board, by=self.cast.manager, at=moment(TODAY))
        words = self.words()
        assert "From 29 September 2026 until 1 October 2026, covering for Casey Coordinator" in words
        assert "1 person held a role before Nic Nurse : Contact of Elmshire Health Board" in words
        assert "9 of 9 people" in words

    def test_it_is_narrowed_by_words_role_and_visit(self):
        Visit.objects.create(board=self.cast.board, person=self.cast.nurse, on=TODAY)
        Visit.objects.create(board=self.cast.board, person=self.cast.chair, on=TODAY - 91 * DAY)
        for query, names in (
            ("?q=CASEY", ["Casey Coordinator"]),
            ("?q=nic.elm", ["Nic Nurse"]),
            ("?role=contact", ["Kit Contact", "Nic Nurse"]),
            ("?role=secretary&came=never", ["Sandy Secretary"]),
            ("?role=chair&came=unseen", ["Charlie Chair"]),
            ("?q=nobody", []),
        ):
            with self.subTest(query):
                response = self.get(query)
                assert [str(member.person) for member in response.context["page"]] == names
        assert "Nobody matches all of that." in self.words("?q=nobody")

    def test_a_board_with_one_business_manager_is_told_so(self):
        assert "Morgan Manager is the only business manager" in self.words()
        changes.give_role(
            person=self.cast.member, role="business_manager", on=self.cast.board, ends=TODAY, by=None, at=moment(TODAY)
        )
        assert "Morgan Manager is the only business manager" in self.words(), "one who goes is no second"
        changes.give_role(
            person=self.cast.nurse, role="business_manager", on=self.cast.board, by=None, at=moment(TODAY)
        )
        assert "only business manager" not in self.words()

    def test_a_scrutineer_reads_it_and_finds_nothing_to_press(self):
        self.client.force_login(self.cast.scrutineer)
        for page in ("", f"{self.cast.nurse.pk}/"):
            text = self.get(page).text
            assert "Nic Nurse" in text
            assert 'method="post" action="/boards' not in text
            assert not re.search(r"/people/(invite|review|\d+/(give|end|roles))", text)

    def test_it_takes_as_many_queries_for_200_people_as_for_10(self):
        self.get()
        with CaptureQueriesContext(connection) as few:
            self.get()
        for number in range(190):
            person = make_person(f"Person{number} Long-Name-Indeed", slug="elmshire")
            changes.give_role(person=person, role="member", on=self.cast.board, by=None, at=moment(TODAY))
        with CaptureQueriesContext(connection) as many:
            response = self.get()
        assert len(many) == len(few)
        assert len(response.context["page"]) == 100
        assert "200 of 200 people" in response.text


class OnePerson(Pages):
    def test_a_role_is_given_and_holds_from_the_next_request_on(self):
        place = f"board-{self.cast.board.pk}-coordinator"
        response = self.post(f"{self.cast.nurse.pk}/give/", role=place, **day(TODAY + 9 * DAY, "ends"))
        assert self.said(response) == "Nic Nurse has the role. It opens its pages from their next click on."
        assert self.cast.board.pk in standing(self.cast.nurse, TODAY + 9 * DAY).kept
        assert self.cast.board.pk not in standing(User.objects.get(pk=self.cast.nurse.pk), TODAY + 10 * DAY).kept

    def test_what_is_typed_stays_and_what_is_wrong_is_said(self):
        place = f"seat-{self.cast.health.pk}-contact"
        for sent, told in (
            ({}, "Choose a role"),
            ({"role": f"seat-{self.there.police.pk}-contact"}, "Choose a role of this board"),
            ({"role": place, **day(TODAY - DAY, "starts")}, "The first day must be today or later."),
            ({"role": place, **day(TODAY, "starts"), **day(TODAY - DAY, "ends")}, "same as or after the first day"),
            ({"role": place}, "Nic Nurse is contact of Elmshire Health Board already"),
        ):
            with self.subTest(told):
                response = self.post(f"{self.cast.nurse.pk}/give/", **sent)
                assert told in response.text
                if sent.get("role") == place:
                    assert f'value="{place}" selected' in response.text

    def test_nobody_gives_themselves_a_role(self):
        response = self.post(f"{self.cast.manager.pk}/give/", role=f"board-{self.cast.board.pk}-approver")
        assert "Nobody gives a role to themselves. Ask another business manager." in response.text
        assert f"/people/{self.cast.manager.pk}/give/" not in self.get(f"{self.cast.manager.pk}/").text

    def test_a_role_ends_at_once_and_its_holder_is_out_at_the_next_request(self):
        nurse = Client()
        nurse.force_login(self.cast.nurse)
        with at(TODAY):
            assert nurse.get("/boards/elmshire/").status_code == 200
        response = self.post(self.where(self.cast.nurse, "end/"), when="now")
        assert self.said(response) == "The role Contact of Elmshire Health Board of Nic Nurse has ended."
        with at(TODAY):
            assert nurse.get("/boards/elmshire/").status_code == 404
        words = self.words(f"{self.cast.nurse.pk}/")
        assert "None. The board is closed to this person." in words
        assert "Contact of Elmshire Health Board: from 5 January 2026 ended on 28 September 2026" in words
        assert self.get(self.where(self.cast.nurse, "end/")).status_code == 404, "it is over"

    def test_a_role_gets_a_last_day_and_loses_it_again(self):
        where = self.where(self.cast.nurse, "end/")
        assert "Enter the last day" in self.post(where, when="day").text
        assert "must be today or later" in self.post(where, when="day", **day(TODAY - DAY, "ends")).text
        assert "goes on without a last day" not in self.get(where).text
        response = self.post(where, when="day", **day(TODAY + DAY, "ends"))
        assert (
            self.said(response) == "The role Contact of Elmshire Health Board of Nic Nurse ends on 29 September 2026."
        )
        assert self.role(self.cast.nurse).ends == TODAY + DAY
        response = self.post(where, when="never")
        assert self.said(response).endswith("has no last day now.")
        assert self.role(self.cast.nurse).ends is None

    def test_somebody_covers_for_named_days(self):
        where = self.where(self.cast.nurse, "cover/")
        text = self.get(where).text
        assert "Kit Contact" in text
        assert ">Nic Nurse</option>" not in text
        assert "Sky Stranger" not in text
        assert "Enter first day" in self.post(where, person=self.cast.contact.pk, **day(TODAY, "ends")).text
        sent = {"person": self.cast.contact.pk, **day(TODAY, "starts"), **day(TODAY + DAY, "ends")}
        response = self.post(where, **sent)
        assert self.said(response) == (
            "Kit Contact covers for Nic Nurse until 29 September 2026, as Contact of Elmshire Health Board."
        )
        assert self.cast.health.pk in standing(self.cast.contact, TODAY + DAY).seats()
        assert "is contact of Elmshire Health Board already" in self.post(where, **sent).text, "a second click"

    def test_all_roles_end_after_a_question(self):
        assert "Contact of Elmshire Health Board" in self.words(f"{self.cast.nurse.pk}/end/")
        response = self.post(f"{self.cast.nurse.pk}/end/")
        assert self.said(response) == "Nic Nurse holds no role on this board any more."
        response = self.post(f"{self.cast.nurse.pk}/end/")
        assert self.said(response) == "Nic Nurse holds no role on this board any more.", "a second click"

    def test_the_last_business_manager_stays(self):
        response = self.post(self.where(self.cast.manager, "end/", "board"), when="now")
        assert "A board is never without a business manager" in response.text
        response = self.post(f"{self.cast.manager.pk}/end/")
        assert "A board is never without a business manager" in self.said(response)

    def test_who_ends_their_own_right_is_led_to_their_work(self):
        changes.give_role(
            person=self.cast.member, role="business_manager", on=self.cast.board, by=None, at=moment(TODAY)
        )
        response = self.post(f"{self.cast.manager.pk}/end/")
        assert response.url == "/"
        assert self.get().status_code == 404

    def test_a_refusal_is_in_the_access_log_about_whom_it_was(self):
        self.client.force_login(self.cast.member)
        assert self.post(self.where(self.cast.nurse, "end/"), when="now").status_code == 403
        line = AccessLog.objects.get()
        assert (line.by, line.what, line.subject_kind, line.subject_id) == (
            self.cast.member, "change.refused", "user", self.cast.nurse.pk,
        )  # fmt: skip
        self.client.force_login(self.cast.manager)
        for nobody in (self.there.nurse.pk, 999999):
            assert self.get(f"{nobody}/").status_code == 404
        assert AccessLog.objects.count() == 1, "what names nothing of this board is not there, and not refused"


class Review(Pages):
    def test_who_has_not_come_for_long_is_listed_and_can_be_let_go(self):
        late = moment(TODAY)
        changes.give_role(person=self.cast.stranger, role="member", on=self.cast.board, by=None, at=late)
        for person in ("manager", "coordinator", "approver", "member", "scrutineer", "chair", "contact", "contributor"):
            Visit.objects.create(board=self.cast.board, person=getattr(self.cast, person), on=TODAY)
        Visit.objects.create(board=self.cast.board, person=self.cast.secretary, on=TODAY - 90 * DAY)
        words = self.words("review/")
        assert "Access to this board has not been reviewed yet." in words
        assert "1 of 11 people have held a role for 90 days or more" in words
        assert "Nic Nurse Contact of Elmshire Health Board; has not come yet" in words
        assert "Sandy Secretary" in self.words("review/", on=TODAY + DAY)
        response = self.post("review/", people=[self.cast.nurse.pk])
        assert self.said(response) == (
            "It is recorded that you have looked at who comes to this board. The roles of 1 have ended."
        )
        assert standing(self.cast.nurse, TODAY).held == ()
        assert "Access was last reviewed on 28 September 2026 by Morgan Manager." in self.words()
        assert "Everybody who has held a role for 90 days or more has come in that time." in self.words("review/")
        assert self.post("review/").status_code == 302

    def test_only_those_who_are_listed_can_be_chosen(self):
        Visit.objects.create(board=self.cast.board, person=self.cast.nurse, on=TODAY)
        for person in (self.cast.nurse, self.there.nurse):
            response = self.post("review/", people=[person.pk])
            assert response.status_code == 200
            assert "There is a problem" in response.text
        assert standing(self.cast.nurse, TODAY).held

    def test_letting_the_last_manager_go_is_refused_and_nobody_is_let_go(self):
        both = [self.cast.nurse, self.cast.manager]
        never = "A board is never without a business manager"
        with pytest.raises(ValidationError, match=never), transaction.atomic():
            changes.review_access(board=self.cast.board, people=both, by=self.cast.manager, at=moment(TODAY))
        assert standing(self.cast.nurse, TODAY).held


class Invited(Pages):
    def invited(self, email="robin@example.org", **more):
        """The link in the mail."""
        sent = {"name": "Robin New", "email": email, "role": f"seat-{self.cast.health.pk}-contributor", **more}
        response = self.post("invite/", **sent)
        assert response.status_code == 302, response.context["form"].errors
        return re.search(r"http://testserver(/invitations/[\w-]+/)", mail.outbox[-1].body)[1]

    def open(self, link, client=None, on=TODAY):
        with at(on):
            return (client or Client()).get(link)

    def join(self, link, client, on=TODAY, **sent):
        with at(on):
            return client.post(link, {"name": "Robin Newton", "password": PASSWORD, **sent})

    def test_the_mail_says_who_invites_to_what_and_the_page_that_it_was_sent(self):
        self.invited(**day(TODAY + 99 * DAY, "ends"))
        sent = mail.outbox[0]
        assert sent.to == ["robin@example.org"]
        assert sent.subject == "Morgan Manager invites you to Elmshire Safeguarding Children Partnership"
        assert "Contributor of Elmshire Health Board, until 5 January 2027" in sent.body
        assert "It works once, until 12 October 2026" in sent.body
        words = self.words()
        assert "Robin New robin@example.org Contributor of Elmshire Health Board" in words
        assert "The link works until 12 October 2026" in words
        assert "The link no longer works" in self.words(on=TODAY + 15 * DAY)

    def test_a_name_with_markup_is_only_a_name(self):
        self.invited(name="<b>R & Co</b>")
        assert "<b>R & Co</b>," in mail.outbox[0].body
        assert "&lt;b&gt;R &amp; Co&lt;/b&gt;" in self.get().text

    def test_somebody_without_an_account_makes_one_is_signed_in_and_holds_the_role(self):
        client, link = Client(), self.invited()
        text = self.open(link, client).text
        assert "Morgan Manager invites you to Elmshire Safeguarding Children Partnership" in text
        assert 'value="Robin New"' in text
        response = self.join(link, client)
        assert response.url == "/"
        with at(TODAY):
            assert "Contributor of Elmshire Health Board" in client.get("/").text
            assert client.get("/boards/elmshire/").status_code == 200
        robin = User.objects.get(email="robin@example.org")
        assert (robin.name, robin.check_password(PASSWORD)) == ("Robin Newton", True)
        assert SeatRole.objects.get(user=robin).permission.codename == "contributor"
        assert "Robin New robin" not in self.words()
        assert self.open(link).status_code == 410, "it works once"

    def test_a_poor_password_is_refused_and_the_name_kept(self):
        client, link = Client(), self.invited()
        for password, told in (("short", "must be 15 characters or more"), ("robin.newton robin", "password")):
            response = self.join(link, client, password=password)
            assert told in response.text
            assert 'value="Robin Newton"' in response.text
        assert not User.objects.filter(email="robin@example.org").exists()

    def test_whoever_has_an_account_signs_in_and_accepts_with_it(self):
        link = self.invited("sky.elmshire@example.org")
        client = Client()
        text = self.open(link, client).text
        assert "Sign in to accept" in text
        assert f"/sign-in/?next={link}" in text
        assert "Make the account" not in self.join(link, client).text
        client.force_login(self.cast.stranger)
        assert ">Accept</button>" in " ".join(self.open(link, client).text.split())
        assert self.join(link, client).url == "/"
        assert standing(self.cast.stranger, TODAY).seats() == [self.cast.health.pk]

    def test_an_invitation_opens_for_nobody_else(self):
        link = self.invited()
        text = self.open(link, self.client).text
        assert "This invitation is for robin@example.org, and you are signed in as morgan.elmshire@example.org" in text
        assert ">Accept</button>" not in text
        assert self.join(link, self.client).status_code == 200
        assert not Invitation.objects.exclude(accepted_at=None).exists()

    def test_a_link_that_is_over_or_not_whole_says_so_and_no_more(self):
        link = self.invited()
        pages = [self.open(link, on=TODAY + 14 * DAY), self.open(link[:-4] + "/"), self.open("/invitations/x/")]
        asked = Invitation.objects.get().pk
        self.get()
        assert self.said(self.post(f"invitations/{asked}/withdraw/")) == (
            "The invitation of Robin New is withdrawn. Its link opens nothing any more."
        )
        pages += [self.open(link), self.join(link, Client())]
        assert {page.status_code for page in pages} == {410}
        assert all("Elmshire" not in page.text for page in pages)
        assert self.post(f"invitations/{asked}/withdraw/").status_code == 404, "a second click"

    def test_sent_again_the_old_link_ends(self):
        link = self.invited()
        response = self.post(f"invitations/{Invitation.objects.get().pk}/again/", on=TODAY + 13 * DAY)
        assert response.status_code == 302
        again = re.search(r"http://testserver(/invitations/[\w-]+/)", mail.outbox[-1].body)[1]
        assert "It works once, until 25 October 2026" in mail.outbox[-1].body
        assert self.open(link).status_code == 410
        assert self.open(again, on=TODAY + 20 * DAY).status_code == 200

    def test_who_is_on_the_board_or_invited_already_is_not_invited_again(self):
        self.invited()
        for email, told in (
            ("nic.elmshire@example.org", "Nic Nurse is on this board already."),
            ("ROBIN@example.org", "Robin New was invited on 28 September 2026. Send that invitation again instead."),
            ("robin", "Enter an e-mail address in full"),
        ):
            response = self.post("invite/", name="R", email=email, role=f"board-{self.cast.board.pk}-member")
            assert told in response.text
            assert f'value="{email}"' in response.text
        assert len(mail.outbox) == 1

    def test_whether_an_address_has_an_account_elsewhere_cannot_be_told(self):
        self.invited(self.there.member.email)
        self.invited("nobody@example.org")
        first, second = (
            message.body.replace(message.to[0], "").replace(re.search(r"/invitations/\S+", message.body)[0], "")
            for message in mail.outbox
        )
        assert first == second

    def test_mail_that_cannot_be_sent_is_said_and_can_be_sent_again(self):
        def refuse(*args, **kwargs):
            raise smtplib.SMTPServerDisconnected

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
            response = self.post("invite/", name="R", email="r@example.org", role=f"board-{self.cast.board.pk}-member")
        assert "The mail to r@example.org could not be sent. Send the invitation again later." in self.said(response)
        assert "Send again" in self.words()
