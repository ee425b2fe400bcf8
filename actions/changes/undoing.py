"""Taking back what an import wrote, for as long as nobody has touched any of it since."""

from django.core.exceptions import ValidationError

from actions.changes.dates import refuse_date
from actions.changes.definition import keep_timescale, read_as, said_in, write_version
from actions.changes.offered import withdraw_offer
from actions.changes.writing import remove_action
from actions.models import Action, DateRequest, Import, Offer, Plan
from actions.standing import refresh
from boards.audit import change


def undo_import(*, held, by, at):
    """Take back what an import wrote, for as long as nobody has touched any of it since.

    Raises:
        ValidationError: somebody has, or it put updates on the record or began a plan that is in use.
    """
    with change(held.board, by=by, at=at) as turn:
        held = Import.objects.select_for_update(of=("self",)).select_related("board", "plan__board").get(pk=held.pk)
        why_not = why_not_undone(held)
        if why_not:
            raise ValidationError(why_not)
        reason = f"The import of {held.file_name} was undone."
        for pk, before, _ in held.did["changed"]:
            _take_back(turn, Action.objects.select_related("board", "plan").get(pk=pk), before, reason)
        for pk, _ in held.did["added"]:
            remove_action(action=Action.objects.select_related("board", "plan__board").get(pk=pk), by=by, at=at)
        for request in DateRequest.objects.filter(pk__in=held.did["asked"]):
            refuse_date(request=request, answer=reason, by=by, at=at)
        for offer in Offer.objects.filter(pk__in=held.did["offered"]):
            withdraw_offer(offer=offer, answer=reason, by=by, at=at)
        turn.record("plan.import_undone", held.plan, file=held.file_name)
        held.state = Import.State.UNDONE
        held.save(update_fields=("state",))
    return held


def why_not_undone(held) -> str:
    """Why an import cannot be undone, in a sentence; empty where it can."""
    if held.state != Import.State.DONE:
        return "This import has been undone, or was never confirmed."
    did, plan = held.did, held.plan
    if did["updates"]:
        return "It put updates on the record, and the record stays. Enter an update that says what is right."
    if did["added"] and plan.state != Plan.State.DRAFT:
        return "It brought actions into a plan that the board has agreed. Withdraw those that are wrong, with a reason."
    if did.get("taken_out"):
        return "It took actions out of the plan, and those do not come back. Bring in a file that has them."
    written = dict(did["added"]) | {pk: number for pk, _, number in did["changed"]}
    now = dict(Action.objects.filter(pk__in=written).values_list("pk", "version__number"))
    if now != written:
        return "Some of its actions have been changed since. Change by hand what is wrong."
    answered = DateRequest.objects.filter(pk__in=did["asked"]).exclude(state=DateRequest.State.OPEN)
    if answered.exists() or Offer.objects.filter(pk__in=did["offered"]).exclude(state=Offer.State.OPEN).exists():
        return "Some of what it asked has been answered since. Change by hand what is wrong."
    return ""


def _take_back(turn, action, number, reason):
    """The action says what it said in an earlier version, and its words about time are read as they were then."""
    version = action.versions.get(number=number)
    readings = action.readings.select_related("timescale").filter(at__lt=action.version.at).order_by("at", "id")
    before, redated = readings.last(), False
    if before and before.timescale_id != action.timescale_id and action.plan.state == Plan.State.DRAFT:
        redated = True
        timescale = before.timescale
        again = keep_timescale(action.board, timescale)
        read_as(action, again, turn.at)
    also = ["The words about time"] if redated else []
    cells = {cell.column: "" for cell in action.cells.filter(since=action.version, until__isnull=True)}
    cells |= {cell.column: cell.text for cell in action.cells.filter(until=action.version)}
    said = said_in(version)
    # What a file said wrongly of a step's date, the board never promised.
    said["steps"] = [step._replace(misread=True) for step in said["steps"]]
    write_version(turn, action, reason=reason, also=also, redated=redated, cells=cells, **said)
    refresh([action], on=turn.on, known_by=turn.at)
