"""What has happened, in the plan where it still stands, to what a draft carries over: until the board agrees the draft
that plan goes on, and nothing of it changes the draft by itself.
"""

from collections import defaultdict

from django.db.models import Exists, OuterRef

from actions.deadlines import OPEN
from actions.models import ActionVersion, DateChange, Plan, Succession


def overtaken(plan: Plan) -> dict[int, list[str]]:
    """{action of a draft: a sentence for each action that it came from and that is otherwise by now}; one query."""
    since = {"action": OuterRef("from_action"), "at__gt": OuterRef("at")}
    links = (
        Succession.objects.filter(to_action__plan=plan, to_action__removed_at__isnull=True)
        .annotate(changed=Exists(ActionVersion.objects.filter(**since)))
        .annotate(dated=Exists(DateChange.objects.filter(step__isnull=True, **since)))
        .select_related("from_action__plan")
        .order_by("id")
    )
    found = defaultdict(list)
    for link in links:
        older = link.from_action
        over = older.status not in OPEN and older.plan.state == Plan.State.AGREED
        told = {
            "has been changed": link.changed,
            "has another date": link.dated,
            f"is {older.get_status_display().lower()}": over,
        }
        if any(told.values()):
            *most, last = [words for words, true in told.items() if true]
            words = f"{', '.join(most)} and {last}" if most else last
            found[link.to_action_id].append(
                f"Since it was taken into this draft, action {older} of {older.plan} {words}."
            )
    return dict(found)
