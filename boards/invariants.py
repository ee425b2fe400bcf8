"""What must always hold between rows of boards/ and no column constraint can say; see boards.guards."""

from boards import guards
from boards.models import (
    AccessLog,
    BoardRole,
    ChainHead,
    Event,
    EventDetail,
    Holder,
    Invitation,
    Rating,
    RatingScale,
    ReportingPeriod,
    SeatRole,
    SubGroupRole,
)


def declare():
    guards.append_only(Event)
    guards.append_only(AccessLog)
    guards.append_only(RatingScale)
    guards.append_only(Rating)
    guards.kept(Holder, but=("ends",))
    one_holder()
    for model in (BoardRole, SeatRole, SubGroupRole):
        guards.kept(model, but=("ends", "ended_at"))
        ended_for_good(model)
        held_once(model)
    guards.kept(Invitation, but=("accepted_at", "accepted_by", "withdrawn_at"))
    ended_for_good(Invitation, "accepted_at")
    ended_for_good(Invitation, "withdrawn_at")
    guards.refuse(ChainHead, "DELETE", "1 = 1", "chain head: this record is never deleted")
    guards.refuse(ChainHead, "UPDATE", "NEW.sequence < OLD.sequence", "chain head: a chain only grows")
    guards.refuse(EventDetail, "UPDATE", "1 = 1", "event detail: this record is never changed")
    guards.refuse(
        EventDetail,
        "DELETE",
        guards.unless_redacted("event", "OLD.event_id", "d.name = 'now:' || OLD.name"),
        "event detail: words leave the record only by a recorded redaction",
    )
    overlap = (
        "SELECT 1 FROM boards_reportingperiod p WHERE p.board_id = NEW.board_id"
        " AND p.starts <= NEW.ends AND p.ends >= NEW.starts"
    )
    message = "reporting period: it overlaps another of this board"
    guards.refuse(ReportingPeriod, "INSERT", f"EXISTS ({overlap})", message)
    guards.refuse(ReportingPeriod, "UPDATE", f"EXISTS ({overlap} AND p.id <> NEW.id)", message)


def one_holder():
    """An owner has one holder on any day, but for the day on which one hands over to the next."""
    other = (
        "SELECT 1 FROM boards_holder h WHERE h.owner_id = NEW.owner_id AND h.part = NEW.part"
        " AND h.starts < COALESCE(NEW.ends, '9999-12-31') AND COALESCE(h.ends, '9999-12-31') > NEW.starts"
    )
    message = "holder: an owner has one holder, and one deputy, at a time"
    guards.refuse(Holder, "INSERT", f"EXISTS ({other})", message)
    guards.refuse(Holder, "UPDATE", f"EXISTS ({other} AND h.id <> NEW.id)", message)


def ended_for_good(model, column="ended_at"):
    """What was ended stays ended, and when."""
    message = f"{model._meta.verbose_name}: what was ended stays ended"
    changed = guards.changes(model._meta.get_field(column))
    guards.refuse(model, "UPDATE", f"OLD.{column} IS NOT NULL AND {changed}", message)


def held_once(model):
    """Nobody holds a role twice on one day."""
    table = model._meta.db_table
    other = (
        f"SELECT 1 FROM {table} r WHERE r.user_id = NEW.user_id AND r.permission_id = NEW.permission_id"
        " AND r.content_object_id = NEW.content_object_id AND r.ended_at IS NULL AND NEW.ended_at IS NULL"
        " AND COALESCE(r.starts, '0001-01-01') <= COALESCE(NEW.ends, '9999-12-31')"
        " AND COALESCE(r.ends, '9999-12-31') >= COALESCE(NEW.starts, '0001-01-01')"
    )
    message = f"{model._meta.verbose_name}: this person holds it already"
    guards.refuse(model, "INSERT", f"EXISTS ({other})", message)
    guards.refuse(model, "UPDATE", f"EXISTS ({other} AND r.id <> NEW.id)", message)
