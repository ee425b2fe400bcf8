"""What must always hold between rows of actions/ and no column constraint can say; see boards.guards."""

from actions.models import (
    Action,
    ActionVersion,
    DateChange,
    Decision,
    EvidenceSighting,
    StepTick,
    Submission,
    Succession,
    Timescale,
    Update,
)
from boards import guards


def declare():
    for model in (ActionVersion, DateChange, Decision, Succession, Timescale, Update):
        guards.append_only(model, kind=model._meta.model_name)
    guards.append_only(EvidenceSighting)
    guards.append_only(StepTick)
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
        f"OLD.state = 'accepted' AND {guards.unless_redacted('submission')}",
        "submission: an accepted update is on the record and no longer changes",
    )
