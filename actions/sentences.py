"""The sentences of actions/: how what happened to plans and actions reads. Registered when the app starts."""

from boards.sentences import REMOVED, register, shortened


def _rated(told):
    """“Rated Amber, before Green, because …”: what an update said of how it goes."""
    if not told["rating"]:
        return "Not rated."
    before = told["rating_before"]
    moved = f" (before: {before})" if before and before != told["rating"] else ""
    return f"Rated {told['rating']}{moved}{told.tail(', because {}', 'reason')}."


def _ticked(told):
    """The steps whose tick an update changed."""
    steps = told.raw("steps")
    if not isinstance(steps, dict):
        return f"Steps: {REMOVED}." if told["steps"] == REMOVED else ""
    done = "; ".join(step.rstrip(" .") for step, is_done in steps.items() if is_done)
    undone = "; ".join(step.rstrip(" .") for step, is_done in steps.items() if not is_done)
    return " ".join([f"Done: {done}." if done else "", f"No longer done: {undone}." if undone else ""]).strip()


def _statement(told, opening):
    status = told.tail("Status: {}.", "status")
    next_steps = told.tail("Next: {}.", "next_steps")
    return " ".join(
        filter(None, [f"{opening}: {told.quote('words')}.", _rated(told), status, next_steps, _ticked(told)])
    )


def _update_entered(told):
    how = told.tail(" ({})", "entered_for")
    return _statement(told, f"{told['by']} entered an update for {told['owner']}{how}")


def _update_accepted(told):
    return _statement(told, f"{told['by']} accepted the quarterly update of {told['owner']} for {told['period']}")


def _submitted(told):
    """In short: when it is accepted, its words stand in the line that says so."""
    words = told["words"]
    begun = words if words in ("", REMOVED) else f"“{shortened(words, 100)}”"
    return (
        f"{told['by']} submitted the quarterly update of {told['owner']} for {told['period']}: {begun}. {_rated(told)}"
    )


def _of_step(told):
    """Which step a date is of, where it is not the action's own."""
    step = told["step"]
    return f" of the step “{shortened(step, 60)}”" if step else ""


def _date_moved(told):
    asked = told.tail(", asked by {}", "asked_by")
    return (
        f"{told['by']} moved the due date{_of_step(told)} from {told['before']} to {told['after']}{asked}, because "
        f"{told.quote('why')}."
    )


def _date_given(told):
    whose = f"a first due date{_of_step(told)}" if told["step"] else "the action its first due date"
    asked = told.tail(", asked by {}", "asked_by")
    return f"{told['by']} gave {whose}, {told['after']}{asked}, because {told.quote('why')}."


def _date_asked(told):
    what = f"that the due date move from {told['due']} to" if told["due"] else "for a first due date,"
    return f"{told['by']} asked {what} {told['asked_for']}, because {told.quote('why')}."


def _date_refused(told):
    return (
        f"{told['by']} did not agree to {told['asked_for']}, the due date that was asked for, because "
        f"{told.quote('answer')}."
    )


def _date_corrected(told):
    before, after = told["before"] or "no date", told["after"] or "no date"
    return (
        f"{told['by']} corrected how the board’s words about time{_of_step(told)} were read, from {before} to {after}: "
        f"{told.quote('why')}. The date itself did not move."
    )


def _imported(told):
    counts = f"{told['new']} new, {told['changed']} changed, {told['taken_out']} taken out"
    left = told.tail(" Left out: {}.", "left")
    return f"{told['by']} imported {told['file']} into {told['subject']}: {counts}.{left} SHA-256 {told['digest']}."


def _action_added(told):
    owners = told.tail(" Owners: {}.", "owners").replace("_", " ")
    due = told.tail(" Due {}.", "due") or told.tail(" Timescale: {}.", "timescale")
    because = f"{told.tail(' (agreed at {})', 'meeting')}, because {told.quote('reason')}" if told["reason"] else ""
    return f"{told['by']} wrote the action into {told['plan']}{because}: {told.quote('wording')}.{owners}{due}"


def _because(told):
    """Where it was agreed and why; a draft is only written."""
    if told.raw("draft"):
        return ""
    meeting = told.tail(" (agreed at {})", "meeting")
    return f"{meeting}, because {told.quote('reason')}"


def _also(told):
    """What else of the action changed, each in a sentence."""
    also = told.raw("also")
    if not isinstance(also, list):
        return f" {REMOVED}." if told["also"] == REMOVED else ""
    return "".join(f" {shortened(change).rstrip('.')}." for change in also)


def _action_reworded(told):
    return (
        f"{told['by']} changed the words of the action{_because(told)}. "
        f"They were: {told.quote('before')}. They are now: {told.quote('after')}.{_also(told)}"
    )


def _action_changed(told):
    return f"{told['by']} changed what the action says{_because(told)}.{_also(told)}"


SUCCEEDED = {"carried": "carried over", "merged": "merged", "split": "split", "replaced": "replaced"}


def _succeeded(told):
    """The other actions are named where they stand in the same plan and are everybody's to know."""
    kind = told.raw("kind")
    joint = "by" if kind == "replaced" else "into"
    what = told["into"] if told.raw("into") else "" if kind == "carried" else _many(told)
    plan = told["plan"] if kind == "carried" or not told.raw("into") else ""
    where = " in ".join(filter(None, [what, plan]))
    verb = "recorded that the action is" if told.raw("agreed") else "prepared that the action be"
    meeting = told.tail(" (agreed at {})", "meeting")
    return (
        f"{told['by']} {verb} {SUCCEEDED.get(kind, 'succeeded')} {joint} {where}{meeting}, "
        f"because {told.quote('reason')}."
    )


def _many(told):
    count = told.raw("count")
    return f"{count} actions" if count != 1 else "an action"


def _came(told):
    where = told["out_of"] or f"{_many(told)} of {told['plan']}"
    first = told.tail(" It was first due on {}.", "first_due")
    how = {"replaced": "in place of"}.get(told.raw("kind"), f"{SUCCEEDED.get(told.raw('kind'), 'taken')} from")
    return f"The action was written or taken on {how} {where}.{first}"


def _withdrawn(told):
    return f"{told['by']} withdrew the action{told.tail(' (agreed at {})', 'meeting')}, because {told.quote('reason')}."


def _note_added(told):
    kind = "an internal note" if told.raw("internal") else "a progress note"
    return f"{told['by']} added {kind}: {told.quote('words')}."


def _evidence_added(told):
    dated = told.tail(" of {}", "dated")
    return f"{told['by']} recorded evidence{dated}: {told.quote('shows')}, held at {told['where']}."


def _plan_agreed(told):
    meeting = told.tail(" at {}", "meeting")
    lacking = told.tail(" Not complete when agreed: {}", "lacking")
    because = told.tail(" ({})", "reason") if lacking else ""
    return f"{told['by']} recorded that {told['subject']} was agreed on {told['agreed_on']}{meeting}." + (
        f"{lacking}{because}." if lacking else ""
    )


def _round_opened(told):
    what = told["plan"] or "every plan"
    days = f"from {told['opens']}, due on {told['due']}, closed after {told['closes']}"
    return f"{told['by']} opened the round for {what}: {days}."


def _the_part(told):
    return "a joint lead’s part" if told["part"] == "joint lead" else "the lead"


def _offer_made(told):
    meeting = told.tail(" (agreed at {})", "meeting")
    return (
        f"{told['by']} asked {told['to_owner']} to take over {_the_part(told)} from {told['from_owner']}{meeting},"
        f" because {told.quote('reason')}."
    )


def _offer_accepted(told):
    took = f"{told['to_owner']} took over {_the_part(told)} from {told['from_owner']}"
    if told["agreed_by"]:
        return f"{told['by']} recorded that {took}, as agreed by {told['agreed_by']}: {told.quote('answer')}."
    return f"{told['by']} accepted for {told['to_owner']}: {took}."


def _offer_refused(told):
    return (
        f"{told['by']} refused for {told['to_owner']} to take over {_the_part(told)} from {told['from_owner']},"
        f" because {told.quote('answer')}."
    )


def _offer_withdrawn(told):
    because = f", because {told.quote('answer')}" if told["answer"] else ""
    return f"{told['by']} no longer asks {told['to_owner']} to take over {_the_part(told)}{because}."


def _followed(told):
    owner = told.tail(" Its open actions went to {}.", "to_owner")
    return f"{told['by']} let {told['successor']} take over what {told['subject']} had.{owner}"


def _history_exported(told):
    """Of a board in its name, of a plan too; an action's stands in its own history, where its reference says enough."""
    what = f"action {told['subject']}" if told.raw("of") == "action" else told["subject"]
    days = told.tail(" from {}", "since") + told.tail(" until {}", "until")
    only = ", ".join(filter(None, [told["kind"], told.tail("what {} did", "person")]))
    return f"{told['by']} took a copy of the history of {what}{days}{f' ({only})' if only else ''}."


def _comparison_exported(told):
    """Of one plan on two days, or of a plan and another that is not named."""
    if told["since"]:
        return f"{told['by']} took a copy of what changed in {told['subject']} from {told['since']} to {told['until']}."
    return f"{told['by']} took a copy of how {told['subject']}, as at {told['until']}, differs from another plan."


register(
    {
        "history.exported": _history_exported,
        "comparison.exported": _comparison_exported,
        "plan.exported": lambda told: (
            f"{told['by']} took a copy of {told['subject']}{told.tail(', as at {},', 'day')} as {told['kind']}."
        ),
        "plan.created": "{by} began the plan {title}, overseen by {overseen_by}.",
        "plan.agreed": _plan_agreed,
        "plan.closed": lambda told: (
            f"{told['by']} closed {told['subject']} on {told['closed_on']}{told.tail(' (agreed at {})', 'meeting')}, "
            f"because {told.quote('reason')}."
        ),
        "plan.continued": "{by} began {subject} out of {source}: what was not done is carried over, {count} in all.",
        "plan.changed": lambda told: f"{told['by']} changed what {told['subject']} is.{_also(told)}",
        "plan.headed": "{by} set the column headings of {subject}: {headings}.",
        "plan.copied": "{by} began {subject} from a copy of {source}.",
        "plan.reordered": "{by} moved {moved} {way} in {subject}.",
        "plan.renumbered": "{by} renumbered the actions of {subject}: {count} have another reference.",
        "section.changed": "{by} changed the section {before} of {plan}. It is now {subject}.",
        "section.removed": "{by} took the section {subject} out of {plan}.",
        "objective.changed": "{by} changed the objective {before} of {plan}. It is now {subject}.",
        "objective.removed": "{by} took the objective {subject} out of {plan}.",
        "action.succeeded": _succeeded,
        "action.came": _came,
        "action.handed_on": lambda told: f"The action is over here: {told.quote('words')}.",
        "action.withdrawn": _withdrawn,
        "action.removed": lambda told: (
            f"{told['by']} took the action out of {told['plan']}, a draft. It said: {told.quote('wording')}."
        ),
        "plan.references_linked": "{by} linked the cross references in {subject}.",
        "section.added": "{by} added the section {subject} to {plan}.",
        "objective.added": "{by} added the objective {subject} to {plan}.",
        "recommendations.added": "{by} added the recommendations of {subject}: {numbers}.",
        "recommendations.extended": "{by} added further recommendations of {subject}: {numbers}.",
        "recommendations.source_changed": "{by} changed what {before} is. It is now {after}.",
        "recommendations.corrected": lambda told: (
            f"{told['by']} corrected the words of recommendation {told['number']} of {told['source']}. "
            f"They were: {told.quote('before')}. They are now: {told.quote('after')}."
        ),
        "recommendations.exported": lambda told: (
            f"{told['by']} took a copy of the recommendations of {told['subject']} and of the actions that answer them"
            f"{told.tail(' ({})', 'narrowed')}."
        ),
        "action.added": _action_added,
        "action.reworded": _action_reworded,
        "action.changed": _action_changed,
        "date.moved": _date_moved,
        "date.dated": _date_given,
        "date.correction": _date_corrected,
        "date.asked": _date_asked,
        "date.refused": _date_refused,
        "plan.imported": _imported,
        "plan.import_undone": "{by} undid the import of {file}.",
        "round.opened": _round_opened,
        "update.entered": _update_entered,
        "update.accepted": _update_accepted,
        "submission.saved": "{by} saved a draft of the quarterly update of {owner} for {period}.",
        "submission.submitted": _submitted,
        "submission.sent_back": lambda told: (
            f"{told['by']} sent the quarterly update of {told['owner']} back: {told.quote('comment')}."
        ),
        "seat.followed": _followed,
        "sub_group.followed": _followed,
        "plan.overseer_followed": "{by} let {after}, which follows {before}, oversee {subject}.",
        "section.overseer_followed": "{by} let {after}, which follows {before}, oversee {subject} of {plan}.",
        "offer.made": _offer_made,
        "offer.accepted": _offer_accepted,
        "offer.refused": _offer_refused,
        "offer.withdrawn": _offer_withdrawn,
        "note.added": _note_added,
        "evidence.added": _evidence_added,
        "evidence.seen": lambda told: f"{told['by']} has seen the evidence {told.quote('shows')}.",
    }
)
