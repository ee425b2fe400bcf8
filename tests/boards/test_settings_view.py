"""Board settings and owners: what the business manager changes there, what is refused and how."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from boards import changes
from boards.models import Board, Owner, Rating
from boards.permissions import standing
from boards.ratings import ratings_of
from boards.sentences import sentence
from tests.boards.test_people_view import day
from tests.builders import TODAY, at, make_board, moment

DAY = timedelta(days=1)


class Pages(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_board()
        cls.there = make_board("oakshire", "Oakshire Safeguarding Partnership")

    def setUp(self):
        self.client.force_login(self.cast.manager)

    def get(self, more):
        with at(TODAY):
            return self.client.get(f"/boards/elmshire/{more}")

    def post(self, more, **sent):
        with at(TODAY):
            return self.client.post(f"/boards/elmshire/{more}", sent)

    def words(self, more):
        text = re.sub(r"<(script|style).*?</\1>", "", self.get(more).text, flags=re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", text).split())

    def did(self, more, **sent):
        """What the next page and the trail say of something that was done."""
        response = self.post(more, **sent)
        assert response.status_code == 302, response.context["form"].errors
        with at(TODAY):
            said = " ".join(str(message) for message in self.client.get(response.url).context["messages"])
        event = self.cast.board.event_set.order_by("sequence").last()
        return said, sentence(event, dict(event.details.values_list("name", "value")))

    def refused(self, more, told, **sent):
        events = self.cast.board.event_set.count()
        response = self.post(more, **sent)
        assert response.status_code == 200
        assert told in response.text
        assert self.cast.board.event_set.count() == events


class Settings(Pages):
    def test_everything_is_there_with_what_can_be_done_about_it(self):
        words = self.words("settings/")
        for told in (
            "Elmshire Safeguarding Children Partnership",
            "To sign in, whoever may write needs A password Change",
            "Prevent Prevent Change",
            "Q2 2026/27 1 July 2026 30 September 2026",
            "Elmshire Police Police None Rename",
            "Operational Group Strategic Group None Change",
        ):
            assert told in words
        assert "Oakshire" not in words

    def test_a_scrutineer_reads_it_and_finds_nothing_to_press(self):
        self.client.force_login(self.cast.scrutineer)
        owner = self.cast.police_owner.pk
        for page in ("settings/", "owners/", f"owners/{owner}/"):
            text = self.get(page).text
            assert "Elmshire Police" in text
            assert not re.search(r'href="/boards/elmshire/(settings/\w|owners/add|owners/\d+/\w)', text)

    def test_name_and_marking_are_changed_and_on_the_record(self):
        sent = {"name": "Elmshire Partnership", "short_name": "EP", "marking": "OFFICIAL-SENSITIVE"}
        said, told = self.did("settings/name/", **sent)
        assert said == "The board’s details are changed."
        assert told == (
            "Morgan Manager changed Elmshire Partnership: marking from “OFFICIAL” to “OFFICIAL-SENSITIVE”, name from"
            " “Elmshire Safeguarding Children Partnership” to “Elmshire Partnership”, short name from none to “EP”."
        )
        self.refused("settings/name/", "These are the board’s details already.", **sent)
        self.refused("settings/name/", "Enter name in full", **{**sent, "name": " "})
        long = {**sent, "name": "A" * 10_000}
        self.refused("settings/name/", "Name in full must be 200 characters or fewer. It is 10,000.", **long)
        assert "A" * 10_000 in self.post("settings/name/", **long).text, "what was typed stays"

    def test_a_year_begins_otherwise_only_while_there_is_no_period(self):
        assert "Month in which its year begins" not in self.get("settings/name/").text
        new = changes.create_board(slug="new", name="New", by=None, at=moment(TODAY))
        changes.change_board(board=new, quarter_start_month=1, by=None, at=moment(TODAY))
        assert Board.objects.get(slug="new").quarter_start_month == 1
        with pytest.raises(ValidationError, match="The board has reporting periods already"):
            changes.change_board(board=self.cast.board, quarter_start_month=1, by=None, at=moment(TODAY))

    def test_the_second_step_is_asked_for_from_the_next_request_on(self):
        self.refused("settings/second-step/", "That is how it is already.", required="no")
        response = self.post("settings/second-step/", required="yes")
        assert response.status_code == 302
        assert self.get("settings/").url == "/account/second-step/"

    def test_a_strategic_priority_is_added_and_worded_anew(self):
        said, told = self.did("settings/priorities/add/", name="Pursue together", shared="pursue")
        assert said == "The strategic priority is added."
        assert told == "Morgan Manager added the strategic priority Pursue together."
        self.refused(
            "settings/priorities/add/",
            "Another strategic priority is called “Prevent” already",
            name="PREVENT",
            shared="prevent",
        )
        where = f"settings/priorities/{self.cast.prevent.pk}/"
        _, told = self.did(where, name="Prevention", shared="prevent")
        assert told == "Morgan Manager changed Prevention: name from “Prevent” to “Prevention”."
        self.refused(where, "Nothing is different from what it was", name="Prevention", shared="prevent")
        self.refused(where, "Another strategic priority is called “Pursue” already", name="pursue", shared="prevent")
        assert self.get(f"settings/priorities/{self.there.prevent.pk}/").status_code == 404

    def test_the_next_period_stands_in_the_boxes(self):
        text = self.get("settings/periods/add/").text
        assert 'value="Q3 2026/27"' in text
        sent = {"label": "Q3 2026/27", **day(date(2026, 10, 1), "starts"), **day(date(2026, 12, 31), "ends")}
        said, _ = self.did("settings/periods/add/", **sent)
        assert said == "The period is added."
        self.refused("settings/periods/add/", "These days overlap Q3 2026/27", **{**sent, "label": "Once more"})
        self.refused(
            "settings/periods/add/",
            "A reporting period is a year at the most.",
            **{**sent, "label": "Long", **day(date(2100, 12, 31), "ends"), **day(date(2027, 1, 1), "starts")},
        )
        same = {**sent, "label": "q3 2026/27", **day(date(2027, 1, 1), "starts"), **day(date(2027, 3, 31), "ends")}
        self.refused("settings/periods/add/", "There is a period “q3 2026/27” already.", **same)
        backwards = {**sent, **day(date(2026, 9, 1), "ends")}
        self.refused("settings/periods/add/", "The last day must be the same as or after the first day.", **backwards)

    def test_agencies_come_are_called_otherwise_and_leave(self):
        _, told = self.did(
            "settings/agencies/add/", agency_name="Elmshire Housing", agency_kind="other", name="Housing"
        )
        assert told == "Morgan Manager gave Elmshire Housing a seat on the board."
        self.refused(
            "settings/agencies/add/",
            "Another seat is called “Housing” already",
            agency_name="housing",
            agency_kind="other",
        )
        health, housing = self.cast.health, self.cast.board.seat_set.get(name="Housing")
        self.did(f"settings/agencies/{health.pk}/", name="Health")
        assert self.there.health.agency.name == "Elmshire Health Board", "the agency keeps its name for all boards"
        where = f"settings/agencies/{health.pk}/end/"
        self.refused(where, "The last day must be today or later.", **day(TODAY - DAY, "ends"))
        _, told = self.did(where, **day(TODAY, "ends"), successor=housing.pk)
        assert told == "Morgan Manager let Health end on 28 September 2026; Housing follows it."
        assert standing(self.cast.nurse, TODAY).held
        assert not standing(self.cast.nurse, TODAY + DAY).held, "its people go with it"
        assert self.get(f"settings/agencies/{self.there.health.pk}/end/").status_code == 404

    def test_sub_groups_come_report_to_others_and_end(self):
        strategic, operational = self.cast.strategic, self.cast.operational
        _, told = self.did("settings/sub-groups/add/", name="Data group", reports_to=operational.pk)
        assert told == "Morgan Manager added the sub-group Data group, which reports to Operational Group."
        data = self.cast.board.subgroup_set.get(name="Data group")
        _, told = self.did(f"settings/sub-groups/{data.pk}/", name="Data and audit", short_name="", reports_to="")
        assert told == (
            "Morgan Manager changed Data and audit: name from “Data group” to “Data and audit”,"
            " group it reports to from “Operational Group” to none."
        )
        where = f"settings/sub-groups/{strategic.pk}/"
        name = {"name": strategic.name, "reports_to": operational.pk}
        self.refused(where, "Operational Group reports to Strategic Group already. Choose another group.", **name)
        _, told = self.did(f"settings/sub-groups/{data.pk}/end/", **day(TODAY + DAY, "ends"))
        assert told == "Morgan Manager let Data and audit end on 29 September 2026."
        assert "29 September 2026" in self.words("settings/")

    def scale(self, **other):
        sent = {"step-TOTAL_FORMS": 6, "step-INITIAL_FORMS": 4, "step-MIN_NUM_FORMS": 6, "step-MAX_NUM_FORMS": 6}
        for number, row in enumerate(ratings_of(self.cast.board).current):
            for name in ("word", "meaning", "colour"):
                sent[f"step-{number}-{name}"] = getattr(row, name)
            for name in ("needs_reason", "requires_completion"):
                if getattr(row, name):
                    sent[f"step-{number}-{name}"] = "on"
        return {**sent, **other}

    def test_the_key_to_ratings_is_worded_anew_and_old_ratings_keep_their_words(self):
        before = list(Rating.objects.filter(board=self.cast.board).values_list("pk", "word"))
        new = {"step-4-word": "Embedded", "step-4-meaning": "Done, and it lasts", "step-4-colour": "purple"}
        response = self.post("settings/ratings/", **self.scale(**{"step-1-word": "Orange"}, **new))
        assert response.url == "/boards/elmshire/settings/"
        key = ratings_of(self.cast.board).current
        assert [(row.word, row.code, row.severity) for row in key] == [
            ("Red", "red", 4), ("Orange", "orange", 3), ("Green", "green", 2), ("Blue", "blue", 1),
            ("Embedded", "embedded", 0),
        ]  # fmt: skip
        assert key[0].needs_reason
        assert key[3].requires_completion
        assert list(Rating.objects.filter(pk__in=[pk for pk, _ in before]).values_list("pk", "word")) == before
        assert "The board rates in these words from now on." in self.words("settings/")

    def test_a_new_worst_step_takes_no_ratings_from_the_others(self):
        """Each word is typed one row further down, as somebody does who puts one on top."""
        words = [row.word for row in ratings_of(self.cast.board).current]
        down = {f"step-{number + 1}-word": word for number, word in enumerate(words)}
        more = {"step-4-meaning": "Done", "step-4-colour": "blue", "step-5-word": "None", "step-5-meaning": "None"}
        self.post(
            "settings/ratings/", **self.scale(**{"step-0-word": "Black"}, **down, **more, **{"step-5-colour": "grey"})
        )
        assert [(row.word, row.code) for row in ratings_of(self.cast.board).current] == [
            ("Black", "black"), ("Red", "red"), ("Amber", "amber"), ("Green", "green"), ("Blue", "blue"),
            ("None", "none-2"),
        ]  # fmt: skip

    def test_numbers_that_no_row_has_are_no_choice(self):
        huge = "9" * 30
        self.refused("owners/add/", "Select a valid choice", name="New", kind="group", members=[huge])
        for page in (f"people/{huge}/", f"people/{huge}/give/", f"owners/{huge}/", f"people/1/roles/seat/{huge}/end/"):
            assert self.get(page).status_code == 404, page
        self.client.force_login(self.cast.member)
        for page in (f"people/{huge}/", f"people/1/roles/seat/{huge}/end/", f"people/invitations/{huge}/again/"):
            assert self.get(page).status_code in (403, 405), page

    def test_a_key_that_makes_no_sense_is_refused_and_what_was_typed_stays(self):
        for other, told in (
            ({"step-0-word": "Green"}, "Two steps have the same word. Give each a word of its own."),
            ({f"step-{number}-word": "" for number in range(1, 4)}, "A rating key needs two steps or more."),
            ({"step-5-word": "Late"}, "Say what Late means"),
            ({"step-5-word": "Late", "step-5-meaning": "Too late"}, "Choose a colour"),
        ):
            with self.subTest(told):
                response = self.post("settings/ratings/", **self.scale(**other))
                assert response.status_code == 200
                assert response.text.count(told) >= 1
                if "step-5-word" in other:
                    assert 'value="Late"' in response.text
        self.post("settings/ratings/", **self.scale())
        assert "These are the board’s words already." in self.words("settings/")
        assert self.cast.board.ratingscale_set.count() == 1


class Owners(Pages):
    def test_every_owner_is_there_with_who_answers(self):
        words = self.words("owners/")
        assert "Police Agency Kit Contact" in words
        assert "Health Agency Vacant since 1 June 2026" in words

    def test_the_list_takes_as_many_queries_for_200_owners_as_for_few(self):
        self.get("owners/")
        with CaptureQueriesContext(connection) as few:
            self.get("owners/")
        for number in range(200):
            changes.add_owner(
                board=self.cast.board, name=f"Owner {number}", kind="post", seat=self.cast.police,
                aliases=(f"Alias {number}",), by=None, at=moment(TODAY),
            )  # fmt: skip
        with CaptureQueriesContext(connection) as many:
            assert "Owner 199" in self.get("owners/").text
        assert len(many) == len(few)

    def test_an_owner_of_each_kind_is_added(self):
        for kind, sent in (
            ("seat", {"seat": self.cast.health.pk}),
            ("post", {"seat": self.cast.police.pk, "sub_group": self.cast.strategic.pk}),
            ("sub_group", {"sub_group": self.cast.strategic.pk}),
            ("group", {"members": [self.cast.police_owner.pk, self.cast.health_owner.pk]}),
            ("outside", {}),
        ):
            with self.subTest(kind):
                said, told = self.did("owners/add/", name=f"New {kind}", kind=kind, **sent)
                assert said == "The owner is added."
                of = told.removeprefix(f"Morgan Manager added the owner New {kind}")
                assert of in ((", of Police, Health.", ", of Health, Police.") if kind == "group" else (".",))
        assert Owner.objects.get(name="New group").members.count() == 2
        assert Owner.objects.get(name="New post").sub_group is None, "a box that is not asked for is not taken"

    def test_what_a_kind_asks_for_is_asked_for(self):
        for kind, told in (
            ("seat", "Choose the agency"),
            ("sub_group", "Choose the sub-group"),
            ("group", "Choose which owners are in it"),
            ("", "Answer “What is it?”"),
        ):
            with self.subTest(kind):
                self.refused("owners/add/", told, name="New", kind=kind)
        self.refused("owners/add/", "Another owner is called “Police” already", name="police", kind="outside")

    def test_an_owner_gets_another_name_and_kind(self):
        owner = self.cast.health_owner
        where = f"owners/{owner.pk}/change/"
        assert "Group of owners" not in self.get(where).text, "a group is a group"
        sent = {"name": "HEALTH", "kind": "post", "seat": self.cast.health.pk}
        said, told = self.did(where, **sent)
        assert said == "The owner is changed."
        assert told == "Morgan Manager changed HEALTH: kind from “Agency” to “Post”, name from “Health” to “HEALTH”."
        self.refused(where, "Nothing is different", **sent)
        self.refused(where, "Another owner is called “Police” already", **{**sent, "name": "police"})
        self.refused(where, "Choose the agency", name="HEALTH", kind="seat")
        _, told = self.did(where, name="HEALTH", kind="outside", seat=self.cast.health.pk)
        owner.refresh_from_db()
        assert owner.seat is None

    def test_another_spelling_is_added_once(self):
        where = f"owners/{self.cast.police_owner.pk}/spellings/add/"
        said, told = self.did(where, name="The Constabulary")
        assert said == "Police is known by that spelling too."
        assert told == "Morgan Manager added that Police is also known as The Constabulary."
        self.refused(where, "“the constabulary” is another name of Police", name="the constabulary")
        assert "The Constabulary" in self.words("owners/")

    def test_who_answers_is_named_and_gets_a_last_day(self):
        owner = self.cast.health_owner
        where = f"owners/{owner.pk}/holders/add/"
        assert "Sky Stranger" not in self.get(where).text
        sent = {"person": self.cast.nurse.pk, "part": "holder", **day(TODAY, "starts")}
        said, told = self.did(where, **sent)
        assert said == "It is recorded who answers for Health."
        assert told == "Morgan Manager made Nic Nurse holder of Health from 28 September 2026."
        self.refused(
            where,
            "Nic Nurse is holder from 28 September 2026 with no last day",
            **{**sent, **day(TODAY - DAY, "starts")},
        )
        held = owner.holders.get(ends=None)
        assert "Nic Nurse Holder 28 September 2026 No last day" in self.words(f"owners/{owner.pk}/")
        where = f"owners/{owner.pk}/holders/{held.pk}/end/"
        self.refused(where, "Nic Nurse began on 28 September 2026. Choose a later day.", **day(TODAY - DAY, "ends"))
        _, told = self.did(where, **day(TODAY + DAY, "ends"))
        assert told == "Morgan Manager recorded that Nic Nurse stopped being holder of Health on 29 September 2026."
        _, told = self.did(where, **day(TODAY + 5 * DAY, "ends"))
        assert told.endswith("on 3 October 2026."), "until it is past, it may become another"
        deputy = changes.appoint_holder(
            owner=owner, person=self.cast.contact, part="deputy", starts=TODAY, by=None, at=moment(TODAY)
        )
        _, told = self.did(f"owners/{owner.pk}/holders/{deputy.pk}/end/", **day(TODAY, "ends"))
        assert (
            told
            == "Morgan Manager recorded that Kit Contact stopped being deputy holder of Health on 28 September 2026."
        )
        gone = owner.holders.get(ends=date(2026, 5, 31))
        assert self.get(f"owners/{owner.pk}/holders/{gone.pk}/end/").status_code == 404, "that is past"
