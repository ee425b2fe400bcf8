"""The verbs of actions/: what happens when a plan, an action or what is said about it changes.

Each is keyword-only, takes who (`by`) and when (`at`), takes the board's turn (boards.audit.change) and writes its
event in the same transaction. Rights are asked before a verb is called, in actions.permissions.
"""

from actions.changes.dates import correct_reading, give_first_date, move_date
from actions.changes.histories import export_history
from actions.changes.plans import (
    add_action,
    add_objective,
    add_recommendation_source,
    add_section,
    agree_plan,
    create_plan,
    link_references,
    reword_action,
)
from actions.changes.rounds import open_round
from actions.changes.updates import (
    Answer,
    EvidenceGiven,
    NotWhole,
    Stale,
    accept_submission,
    add_evidence,
    add_note,
    enter_update,
    save_draft,
    see_evidence,
    send_back,
    submit_update,
)
from actions.changes.writing import (
    DOWN,
    UP,
    HeadingGiven,
    change_action,
    change_objective,
    change_plan,
    change_section,
    copy_plan,
    move,
    remove_action,
    remove_objective,
    remove_section,
    renumber,
    set_headings,
)

__all__ = [
    "DOWN",
    "UP",
    "Answer",
    "EvidenceGiven",
    "HeadingGiven",
    "NotWhole",
    "Stale",
    "accept_submission",
    "add_action",
    "add_evidence",
    "add_note",
    "add_objective",
    "add_recommendation_source",
    "add_section",
    "agree_plan",
    "change_action",
    "change_objective",
    "change_plan",
    "change_section",
    "copy_plan",
    "correct_reading",
    "create_plan",
    "enter_update",
    "export_history",
    "give_first_date",
    "link_references",
    "move",
    "move_date",
    "open_round",
    "remove_action",
    "remove_objective",
    "remove_section",
    "renumber",
    "reword_action",
    "save_draft",
    "see_evidence",
    "send_back",
    "set_headings",
    "submit_update",
]
