"""A board small enough to count by hand, made through the verbs. TODAY is 28 September 2026, in the round of Q2,
whose updates were due on the 25th.

| action | due             | Q1            | Q2                     | counts in Q2 as |
|--------|-----------------|---------------|------------------------|-----------------|
| A1     | 30 June         | green         | red                    | off track, overdue |
| A2     | 30 September    | amber         | green                  | on track |
| A3     | 31 December     | green         | nothing                | no update (health) |
| A4     | 31 March        | nothing       | complete, evidence     | complete |
| A5     | 31 May          | complete      | nothing                | complete |
| A6     | ongoing         | green         | green, reworded        | on track |
| A7     | 31 July         | nothing       | amber, moved           | at risk |
| A8     | 31 January      | red           | red                    | limited circulation: nowhere |
| A9     | 31 October      | amber         | proposed complete      | on track, waiting |
"""

from datetime import date
from types import SimpleNamespace

from actions import changes
from actions.changes import EvidenceGiven
from reports.figures import figures_for
from tests import builders
from tests.builders import TODAY, agree, make_action, make_board, make_plan, moment, say

Q1, Q2 = "Q1 2026/27", "Q2 2026/27"
Q1_CLOSES = date(2026, 7, 24)

DUE = {
    "A1": "June 2026",
    "A2": "September 2026",
    "A3": "December 2026",
    "A4": "March 2026",
    "A5": "May 2026",
    "A6": "Ongoing",
    "A7": "July 2026",
    "A8": "January 2026",
    "A9": "October 2026",
}


def make_small_board(**facts):
    """The cast of builders.make_board with `plan` and `actions`, by reference."""
    cast = make_board(**facts)
    plan = make_plan(cast, actions=0, agreed=False, slug=f"{cast.board.slug}-plan")
    source = changes.add_recommendation_source(
        board=cast.board,
        title="Inspection of 2025",
        kind="inspection",
        recommendations=[(1, "Share intelligence"), (2, "Hear children")],
        by=cast.manager,
        at=moment(builders.AGREED_ON),
    )
    answered = source.recommendations.get(number=1)
    strands = {"A1": [cast.prevent, cast.pursue], "A2": [cast.pursue]}
    for reference, timescale in DUE.items():
        make_action(
            cast,
            plan,
            reference,
            timescale=timescale,
            lead=cast.health_owner if reference == "A3" else cast.police_owner,
            priorities=strands.get(reference, [cast.prevent]),
            recommendations=[answered] if reference in ("A1", "A4", "A8") else [],
            limited=reference == "A8",
            wording="A secret promise" if reference == "A8" else "",
        )
    cast.plan = agree(cast, plan)
    cast.board.round_set.filter(period=cast.periods[Q2]).update(due=date(2026, 9, 25))
    cast.actions = SimpleNamespace(**{action.reference: action for action in cast.plan.actions.all()})
    _speak(cast)
    return cast


def _speak(cast):
    a = cast.actions
    first = {"A1": "green", "A2": "amber", "A3": "green", "A6": "green", "A8": "red", "A9": "amber"}
    for reference, code in first.items():
        say(cast, getattr(a, reference), code, on=date(2026, 6, 28), period=Q1)
    say(cast, a.A5, "blue", on=date(2026, 6, 20), period=Q1, status="complete")
    changes.move_date(
        action=a.A7,
        to_due=date(2026, 12, 31),
        why="The supplier withdrew.",
        asked_by="Police",
        by=cast.chair,
        at=moment(date(2026, 8, 1)),
    )
    changes.reword_action(
        action=a.A6, wording="New words", reason="Clearer.", by=cast.coordinator, at=moment(date(2026, 8, 3))
    )
    evidence = EvidenceGiven("Minutes record the sign-off", "minutes", "Board store", date(2026, 9, 2))
    say(cast, a.A4, "blue", on=date(2026, 9, 15), period=Q2, status="complete", evidence=evidence)
    say(cast, a.A1, "red", on=date(2026, 9, 20), period=Q2, next_steps="Recruit.", reason="The post is vacant.")
    say(cast, a.A2, "green", on=date(2026, 9, 20), period=Q2)
    say(cast, a.A6, "green", on=date(2026, 9, 20), period=Q2, no_change=True)
    say(cast, a.A7, "amber", on=date(2026, 9, 20), period=Q2)
    say(cast, a.A8, "red", on=date(2026, 9, 20), period=Q2, words="A secret word")
    say(cast, a.A9, "green", on=date(2026, 9, 20), period=Q2, status="proposed_complete")


def figures(cast, label=Q2, *, on=TODAY, hour=12, plan=None):
    return figures_for(cast.board, cast.periods[label], on=on, known_by=moment(on, hour), plan=plan)


def references(lines):
    return [line.reference for line in lines]
