"""A plan as a file to take away: as it is, or as at a past day."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions import as_at, changes, exporting
from actions.forms.as_at import AsAtForm
from actions.models import Action
from actions.permissions import readable, readable_plans
from actions.views.parts import plan_frame
from boards.periods import last_moment
from boards.signing_in import signed_in
from boards.views.parts import attached


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan_export(request, board, plan):
    """The kinds of file that a plan goes out as; sent one, the file, with the actions that this person reads."""
    on, at = timezone.localdate(), timezone.now()
    found = readable_plans(request.user, on).select_related("board", "overseen_by")
    plan = get_object_or_404(found, board__slug=board, slug=plan)
    asked = request.POST if request.method == "POST" else request.GET
    form = AsAtForm(asked, on)
    past = bool(asked.get("day"))
    if request.method == "POST" and form.chosen:
        kind = exporting.KINDS.get(asked.get("kind"))
        sheet = _as_at(request, plan, form.chosen, on, at) if past else _today(request, plan, on, at)
        if sheet is None:
            messages.error(request, "Nothing of this plan had been written by then. Choose a later day.")
        elif kind is not None and (answer := _file(request, sheet, kind, at)):
            return answer
    context = {"plan": plan, "form": form, "day": form.chosen if past else None, "kinds": exporting.KINDS}
    return render(request, "actions/plan_export.html", context | plan_frame(request, plan))


def _today(request, plan, on, at):
    return exporting.sheet_of(plan, readable(request.user, on), on=on, at=at)


def _as_at(request, plan, day, on, at):
    past = as_at.past_of(plan, on=day, known_by=last_moment(day))
    written = readable(request.user, on, of=Action.ever_written).filter(plan=plan)
    return past and exporting.sheet_as_at(past, written, at=at)


def _file(request, sheet, kind, at):
    """The file, written into the record; nothing where this kind of file cannot hold the plan, which is said."""
    try:
        content = exporting.write(sheet, kind.suffix)
    except exporting.NotWritable as error:
        messages.error(request, " ".join(error.messages))
        return None
    name = f"{sheet.file_name}.{kind.suffix}"
    day = sheet.day if sheet.past else None
    changes.export_plan(plan=sheet.plan, file_name=name, told=kind.told, day=day, by=request.user, at=at)
    return attached(content, name, kind.content_type)
