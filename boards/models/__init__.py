"""The tables of boards/, by concept. Everything is imported from here, never from the modules inside."""

from boards.models.audit import AccessLog, ChainHead, Event, EventDetail
from boards.models.board import (
    Agency,
    Board,
    Meeting,
    OnBoard,
    Rating,
    RatingScale,
    ReportingPeriod,
    Seat,
    StrategicPriority,
    SubGroup,
)
from boards.models.owners import Holder, Owner, OwnerAlias, OwnerMember
from boards.models.people import BoardRole, Invitation, SeatRole, SignIn, SubGroupRole, User, Visit

__all__ = [
    "AccessLog",
    "Agency",
    "Board",
    "BoardRole",
    "ChainHead",
    "Event",
    "EventDetail",
    "Holder",
    "Invitation",
    "Meeting",
    "OnBoard",
    "Owner",
    "OwnerAlias",
    "OwnerMember",
    "Rating",
    "RatingScale",
    "ReportingPeriod",
    "Seat",
    "SeatRole",
    "SignIn",
    "StrategicPriority",
    "SubGroup",
    "SubGroupRole",
    "User",
    "Visit",
]
