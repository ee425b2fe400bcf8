"""What must always hold between rows of boards/ and no column constraint can say; see boards.guards."""

from boards import guards
from boards.models import AccessLog, ChainHead, Event, EventDetail, ReportingPeriod


def declare():
    guards.append_only(Event)
    guards.append_only(AccessLog)
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
