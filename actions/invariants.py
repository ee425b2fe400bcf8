"""What must always hold between rows of actions/ and no column constraint can say; see boards.guards."""

from actions.models import (
    Action,
    ActionVersion,
    Cell,
    DateChange,
    Decision,
    Evidence,
    EvidenceSighting,
    Measure,
    Note,
    OwnerRole,
    Reading,
    Step,
    StepTick,
    Submission,
    Succession,
    Timescale,
    Update,
)
from boards import guards


def declare():
    for model in (ActionVersion, Cell, DateChange, Decision, Evidence, Note, Succession, Timescale, Update):
        guards.append_only(model)
    guards.append_only(EvidenceSighting)
    guards.append_only(Reading)
    guards.append_only(StepTick)
    for part in (Step, Measure):
        guards.refuse(
            part,
            "UPDATE",
            guards.reworded(part, part._meta.get_field("text")),
            f"{part._meta.verbose_name}: its words never change; a new version of the action brings a new one",
        )
    one_lead()
    guards.refuse(
        Action,
        "UPDATE",
        "OLD.first_due IS NOT NULL AND (NEW.first_due IS NULL OR NEW.first_due <> OLD.first_due)"
        " AND EXISTS (SELECT 1 FROM actions_plan p WHERE p.id = NEW.plan_id AND p.state <> 'draft')"
        " AND NOT EXISTS (SELECT 1 FROM actions_datechange d WHERE d.action_id = NEW.id"
        " AND d.kind = 'correction' AND d.from_due = OLD.first_due"
        " AND (d.to_due = NEW.first_due OR (d.to_due IS NULL AND NEW.first_due IS NULL)))",
        "action: the first due date of an agreed action never moves; record a date change",
    )
    guards.refuse(
        Submission,
        "UPDATE",
        f"OLD.state = 'accepted' AND ({guards.changed(Submission)})",
        "submission: an accepted update is on the record and no longer changes",
    )


def one_lead():
    """An action has one lead on any day; another may follow on a date that the plan names."""
    other = (
        "SELECT 1 FROM actions_ownerrole o WHERE o.action_id = NEW.action_id AND o.role = 'lead'"
        " AND o.until_id IS NULL AND COALESCE(o.ends, '9999-12-31') >= COALESCE(NEW.starts, '0001-01-01')"
        " AND COALESCE(o.starts, '0001-01-01') <= COALESCE(NEW.ends, '9999-12-31')"
    )
    leads = "NEW.role = 'lead' AND NEW.until_id IS NULL"
    message = "owner role: an action has one lead at a time"
    guards.refuse(OwnerRole, "INSERT", f"{leads} AND EXISTS ({other})", message)
    guards.refuse(OwnerRole, "UPDATE", f"{leads} AND EXISTS ({other} AND o.id <> NEW.id)", message)
