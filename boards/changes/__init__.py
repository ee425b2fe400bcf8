"""The verbs of boards/: what happens when something about a board, its people or its owners changes.

Each is keyword-only, takes who (`by`) and when (`at`), and writes its event in the same transaction.
"""

from boards.changes.furniture import (
    USUAL_SCALE,
    add_meeting,
    add_owner,
    add_period,
    add_priority,
    add_seat,
    add_sub_group,
    appoint_holder,
    create_board,
    end_holder,
    require_second_factor,
    set_rating_scale,
)
from boards.changes.people import (
    accept_invitation,
    cover_role,
    end_every_role,
    end_role,
    give_role,
    invite,
    invite_again,
    join,
    limit_role,
    review_access,
    withdraw_invitation,
)
from boards.changes.redacting import redact

__all__ = [
    "USUAL_SCALE",
    "accept_invitation",
    "add_meeting",
    "add_owner",
    "add_period",
    "add_priority",
    "add_seat",
    "add_sub_group",
    "appoint_holder",
    "cover_role",
    "create_board",
    "end_every_role",
    "end_holder",
    "end_role",
    "give_role",
    "invite",
    "invite_again",
    "join",
    "limit_role",
    "redact",
    "require_second_factor",
    "review_access",
    "set_rating_scale",
    "withdraw_invitation",
]
