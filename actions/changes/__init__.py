"""The verbs of actions/: what happens when a plan, an action or what is said about it changes.

Each is keyword-only, takes who (`by`) and when (`at`), takes the board's turn (boards.audit.change) and writes its
event in the same transaction. Rights are asked before a verb is called, in actions.permissions.
"""

from actions.changes.closing import Placing, begin_next_plan, close_plan
from actions.changes.dates import agree_date, ask_for_date, correct_reading, give_first_date, move_date, refuse_date
from actions.changes.files import forget_file, hold_file, settle, settle_columns
from actions.changes.following import follow_successor
from actions.changes.handing import accept_offer, offer_action, refuse_offer
from actions.changes.histories import export_comparison, export_history, export_plan
from actions.changes.importing import confirm_import
from actions.changes.offered import withdraw_offer
from actions.changes.plans import (
    add_objective,
    add_section,
    agree_plan,
    create_plan,
    link_references,
    reword_action,
)
from actions.changes.recommendations import (
    add_recommendation_source,
    add_recommendations,
    change_recommendation_source,
    correct_recommendation,
    export_recommendations,
)
from actions.changes.rounds import open_round
from actions.changes.succession import (
    carry_over,
    merge_actions,
    replace_action,
    split_action,
    withdraw_action,
)
from actions.changes.undoing import undo_import, why_not_undone
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
    add_action,
    add_agreed_action,
    begin_plan,
    change_action,
    change_objective,
    change_plan,
    change_section,
    copy_plan,
    move,
    numbers_in_order,
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
    "Placing",
    "Stale",
    "accept_offer",
    "accept_submission",
    "add_action",
    "add_agreed_action",
    "add_evidence",
    "add_note",
    "add_objective",
    "add_recommendation_source",
    "add_recommendations",
    "add_section",
    "agree_date",
    "agree_plan",
    "ask_for_date",
    "begin_next_plan",
    "begin_plan",
    "carry_over",
    "change_action",
    "change_objective",
    "change_plan",
    "change_recommendation_source",
    "change_section",
    "close_plan",
    "confirm_import",
    "copy_plan",
    "correct_reading",
    "correct_recommendation",
    "create_plan",
    "enter_update",
    "export_comparison",
    "export_history",
    "export_plan",
    "export_recommendations",
    "follow_successor",
    "forget_file",
    "give_first_date",
    "hold_file",
    "link_references",
    "merge_actions",
    "move",
    "move_date",
    "numbers_in_order",
    "offer_action",
    "open_round",
    "refuse_date",
    "refuse_offer",
    "remove_action",
    "remove_objective",
    "remove_section",
    "renumber",
    "replace_action",
    "reword_action",
    "save_draft",
    "see_evidence",
    "send_back",
    "set_headings",
    "settle",
    "settle_columns",
    "split_action",
    "submit_update",
    "undo_import",
    "why_not_undone",
    "withdraw_action",
    "withdraw_offer",
]
