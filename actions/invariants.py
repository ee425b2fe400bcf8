"""What must always hold between rows of actions/ and no column constraint can say; see boards.guards."""

from actions.models import (
    Action,
    ActionPriority,
    ActionRecommendation,
    ActionVersion,
    Cell,
    CrossReference,
    DateChange,
    DateRequest,
    Decision,
    Evidence,
    EvidenceSighting,
    Measure,
    Milestone,
    Note,
    Offer,
    OwnerRole,
    Plan,
    Reading,
    Recommendation,
    Step,
    StepTick,
    Submission,
    Succession,
    Timescale,
    Update,
)
from boards import guards


def declare():
    for model in (ActionVersion, DateChange, Decision, Evidence, Note, Succession, Timescale, Update):
        guards.append_only(model)
    guards.append_only(EvidenceSighting)
    guards.append_only(Reading)
    guards.append_only(StepTick)
    for part in (OwnerRole, ActionPriority, ActionRecommendation, Measure, Milestone, Step, Cell):
        definition_stands(part)
    one_lead()
    guards.refuse(
        Action,
        "UPDATE",
        "OLD.first_due IS NOT NULL AND (NEW.first_due IS NULL OR NEW.first_due <> OLD.first_due)"
        " AND EXISTS (SELECT 1 FROM actions_plan p WHERE p.id = NEW.plan_id AND p.state <> 'draft')"
        " AND NOT EXISTS (SELECT 1 FROM actions_datechange d WHERE d.action_id = NEW.id"
        " AND d.kind = 'correction' AND d.from_due = OLD.first_due"
        " AND (d.to_due = NEW.first_due OR (d.to_due IS NULL AND NEW.first_due IS NULL)))"
        # What is merged into it was promised before.
        " AND NOT (NEW.first_due < OLD.first_due AND EXISTS (SELECT 1 FROM actions_succession s"
        " WHERE s.to_action_id = NEW.id AND s.first_due = NEW.first_due))",
        "action: the first due date of an agreed action never moves; record a date change",
    )
    current_words_and_reading()
    first_words()
    guards.refuse(
        Action,
        "UPDATE",
        f"({guards.changes(Action._meta.get_field('removed_at'))}) AND (OLD.removed_at IS NOT NULL"
        f" OR {_no_draft('OLD.plan_id')})",
        "action: only from a draft is an action taken out, and for good",
    )
    plan_goes_on()
    one_way()
    guards.kept(
        Recommendation,
        condition="EXISTS (SELECT 1 FROM actions_actionrecommendation a JOIN actions_action i ON i.id = a.action_id"
        f" WHERE a.recommendation_id = OLD.id AND {_no_draft('i.plan_id')})",
        message="recommendation: an agreed plan answers it, so its words stay as they are",
    )
    guards.refuse(
        CrossReference,
        "UPDATE",
        f"{_agreed('OLD')} AND ({guards.changed(CrossReference, but=('target', 'objective'))})",
        "cross reference: what an agreed plan printed stays as it was; only what it points at is found later",
    )
    guards.refuse(CrossReference, "DELETE", _agreed("OLD"), "cross reference: what an agreed plan printed stays")
    guards.kept(
        Submission,
        condition="OLD.state = 'accepted'",
        message="submission: an accepted update is on the record and no longer changes",
    )
    guards.refuse(
        Submission,
        "DELETE",
        "OLD.submitted_at IS NOT NULL",
        "submission: what was sent in is kept",
    )
    decided = ("state", "decided_at", "decided_by", "answer")
    guards.kept(DateRequest, but=decided, message="date request: what was asked for stays as it was")
    guards.kept(DateRequest, condition="OLD.state <> 'open'", message="date request: it has been decided")
    offers_stand()
    whole_updates()


def _no_draft(plan):
    return f"EXISTS (SELECT 1 FROM actions_plan p WHERE p.id = {plan} AND p.state <> 'draft')"


def _agreed(row):
    """SQL: the plan of this row's action is no draft any more."""
    return f"EXISTS (SELECT 1 FROM actions_action i WHERE i.id = {row}.action_id AND {_no_draft('i.plan_id')})"


def definition_stands(part):
    """Once its plan is agreed, a part of an action's definition may only come to an end with a new version."""
    caches = ("done_on", "due") if part is Step else ()
    message = f"{part._meta.verbose_name}: a part of an agreed action never changes; a new version brings a new one"
    guards.kept(part, but=("until", *caches), condition=_agreed("OLD"), message=message)
    guards.refuse(
        part,
        "UPDATE",
        f"OLD.until_id IS NOT NULL AND ({guards.changes(part._meta.get_field('until'))})",
        f"{part._meta.verbose_name}: what has come to an end stays ended",
    )


def current_words_and_reading():
    """An action shows its newest version, and the newest reading of its words about time."""
    changes = guards.changes(Action._meta.get_field("version"))
    guards.refuse(
        Action,
        "UPDATE",
        f"({changes}) AND NOT EXISTS (SELECT 1 FROM actions_actionversion v WHERE v.id = NEW.version_id"
        " AND v.action_id = NEW.id AND v.number ="
        " (SELECT MAX(w.number) FROM actions_actionversion w WHERE w.action_id = NEW.id))",
        "action: it shows its newest version",
    )
    changes = guards.changes(Action._meta.get_field("timescale"))
    guards.refuse(
        Action,
        "UPDATE",
        f"({changes}) AND NOT EXISTS (SELECT 1 FROM actions_reading r WHERE r.timescale_id = NEW.timescale_id"
        " AND r.id = (SELECT MAX(s.id) FROM actions_reading s WHERE s.action_id = NEW.id))",
        "action: its words about time are read as its newest reading says",
    )


def first_words():
    """What the board agreed stays what was agreed; a version stands under headings of its action's own plan."""
    moved = guards.changes(Action._meta.get_field("first_version"))
    guards.refuse(
        Action,
        "UPDATE",
        f"OLD.first_version_id IS NOT NULL AND ({moved})",
        "action: the first wording of an agreed action never changes",
    )
    for heading in ("section", "objective"):
        guards.refuse(
            ActionVersion,
            "INSERT",
            f"EXISTS (SELECT 1 FROM actions_{heading} h JOIN actions_action i ON i.id = NEW.action_id"
            f" WHERE h.id = NEW.{heading}_id AND h.plan_id <> i.plan_id)",
            f"action version: its {heading} belongs to another plan",
        )


def plan_goes_on():
    """A plan is agreed once and closed once; it never goes back, nor does the day on which it was."""
    guards.refuse(
        Plan,
        "UPDATE",
        "(OLD.state <> 'draft' AND NEW.state = 'draft') OR (OLD.state = 'closed' AND NEW.state <> 'closed')",
        "plan: an agreed plan is no draft again, nor a closed one open",
    )
    for day in ("agreed_on", "closed_on", "as_at"):
        moved = f"OLD.{day} IS NOT NULL AND ({guards.changes(Plan._meta.get_field(day))})"
        guards.refuse(Plan, "UPDATE", moved, "plan: the days of its life never move")
    guards.refuse(Plan, "DELETE", "OLD.state <> 'draft'", "plan: an agreed plan is never deleted")


def one_way():
    """An action goes on in one that goes on nowhere itself, so that none ever comes from itself."""
    guards.refuse(
        Succession,
        "INSERT",
        "EXISTS (SELECT 1 FROM actions_succession s JOIN actions_action a ON a.id = s.to_action_id"
        " WHERE s.from_action_id = NEW.to_action_id AND a.removed_at IS NULL)",
        "succession: what an action goes on in goes on elsewhere already",
    )
    guards.refuse(
        Succession,
        "INSERT",
        "COALESCE(NEW.first_due, '0001-01-01') <>"
        " COALESCE((SELECT a.first_due FROM actions_action a WHERE a.id = NEW.from_action_id), '0001-01-01')",
        "succession: it keeps when the older action was first due",
    )


def whole_updates():
    """An update on the record says something, owes no reason, and comes from an owner who leads the action."""
    rating = "SELECT 1 FROM boards_rating r WHERE r.id = NEW.rating_id AND"
    complete = "('proposed_complete', 'complete', 'embedded')"
    leads = (
        "SELECT 1 FROM actions_ownerrole o WHERE o.action_id = NEW.action_id AND o.owner_id = NEW.owner_id"
        " AND o.role IN ('lead', 'joint_lead')"
    )
    for condition, message in (
        ("NEW.no_change = FALSE AND TRIM(NEW.words) = ''", "update: it says something"),
        (f"EXISTS ({rating} r.needs_reason AND TRIM(NEW.reason) = '')", "update: its rating needs a reason"),
        (
            f"EXISTS ({rating} r.requires_completion) AND NEW.status NOT IN {complete}",
            "update: its rating is for actions that are complete",
        ),
        (f"NOT EXISTS ({leads})", "update: its owner leads the action, alone or with others"),
    ):
        # What was imported unchecked, and what a meeting decided, is kept as it is.
        guards.refuse(Update, "INSERT", f"NEW.source IN ('submission', 'entered') AND {condition}", message)


def offers_stand():
    """An offer begins open, is answered once, and what was offered to whom stays as it was."""
    answered = ("state", "answered_at", "answered_by", "agreed_by", "answer", "version")
    guards.refuse(Offer, "INSERT", "NEW.state <> 'open'", "offer: it is open until somebody answers it")
    guards.refuse(
        Offer,
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM actions_ownerrole o WHERE o.action_id = NEW.action_id AND o.until_id IS NULL"
        " AND o.owner_id = NEW.from_owner_id AND o.role = NEW.role)",
        "offer: only an owner who has the part can hand it over",
    )
    guards.kept(Offer, but=answered, message="offer: what was offered to whom stays as it was")
    guards.kept(Offer, condition="OLD.state <> 'open'", message="offer: it has been answered")


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
