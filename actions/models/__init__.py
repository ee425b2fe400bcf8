"""The tables of actions/, by concept. Everything is imported from here, never from the modules inside."""

from actions.models.decisions import DateChange, DateRequest, Decision, Succession
from actions.models.handing import Offer
from actions.models.importing import Import
from actions.models.plans import Objective, Plan, PlanColumn, PlanReceiver, Section
from actions.models.progress import (
    Evidence,
    EvidenceSighting,
    Note,
    Round,
    Status,
    StepTick,
    Submission,
    Update,
)
from actions.models.promises import (
    Action,
    ActionPriority,
    ActionRecommendation,
    ActionVersion,
    Cell,
    CrossReference,
    Measure,
    Milestone,
    OwnerRole,
    Reading,
    Recommendation,
    RecommendationSource,
    Step,
    Timescale,
)

__all__ = [
    "Action",
    "ActionPriority",
    "ActionRecommendation",
    "ActionVersion",
    "Cell",
    "CrossReference",
    "DateChange",
    "DateRequest",
    "Decision",
    "Evidence",
    "EvidenceSighting",
    "Import",
    "Measure",
    "Milestone",
    "Note",
    "Objective",
    "Offer",
    "OwnerRole",
    "Plan",
    "PlanColumn",
    "PlanReceiver",
    "Reading",
    "Recommendation",
    "RecommendationSource",
    "Round",
    "Section",
    "Status",
    "Step",
    "StepTick",
    "Submission",
    "Succession",
    "Timescale",
    "Update",
]
