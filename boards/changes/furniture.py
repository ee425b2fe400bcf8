"""A board and its furniture: ratings, seats, sub-groups, priorities, owners and their holders, periods, meetings."""

from datetime import date, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Q

from boards.audit import change
from boards.labels import USUAL, checked, labels_of
from boards.models import (
    Agency,
    Board,
    Holder,
    Meeting,
    Owner,
    OwnerAlias,
    OwnerMember,
    Rating,
    RatingScale,
    ReportingPeriod,
    Seat,
    StrategicPriority,
    SubGroup,
)

LONGEST_PERIOD = timedelta(days=366)

USUAL_SCALE = (
    {
        "code": "red",
        "word": "Red",
        "colour": "red",
        "severity": 3,
        "needs_reason": True,
        "meaning": "Off track: will not be done in time, or not at all, unless something changes",
    },
    {
        "code": "amber",
        "word": "Amber",
        "colour": "amber",
        "severity": 2,
        "needs_reason": True,
        "meaning": "At risk: something stands in the way, and there is a plan to put it right",
    },
    {
        "code": "green",
        "word": "Green",
        "colour": "green",
        "severity": 1,
        "meaning": "On track: work is under way and the date will hold",
    },
    {
        "code": "blue",
        "word": "Blue",
        "colour": "blue",
        "severity": 0,
        "requires_completion": True,
        "meaning": "Complete, with evidence that somebody else has seen",
    },
)
"""What boards most often use; a board may word its own."""


def create_board(*, slug, name, by, at, **facts):
    """A board with its chain, its usual rating scale and nothing else."""
    board = Board(slug=slug, name=name, **facts)
    board.full_clean()
    board.save()
    with change(board, by=by, at=at) as turn:
        turn.record("board.created", board, name=name, marking=board.marking)
        set_rating_scale(board=board, steps=USUAL_SCALE, by=by, at=at)
    return board


def change_board(*, board, by, at, **facts):
    """Other facts about a board: its name and short name, its marking, the month in which its year starts.

    Raises:
        ValidationError: nothing would change; the month, once there are reporting periods.
    """
    with change(board, by=by, at=at) as turn:
        board = Board.objects.get(pk=board.pk)
        changed = {name: value for name, value in facts.items() if value != getattr(board, name)}
        if not changed:
            raise ValidationError("These are the board’s details already. Change something, or go back.")
        if "quarter_start_month" in changed and board.reportingperiod_set.exists():
            raise ValidationError(
                {"quarter_start_month": "The board has reporting periods already. Its year goes on as it began."}
            )
        before = _in_words(board, changed)
        for name, value in changed.items():
            setattr(board, name, value)
        board.full_clean()
        board.save(update_fields=tuple(changed))
        turn.record("board.changed", board, before=before, after=_in_words(board, changed))
    return board


def change_labels(*, board, labels, by, at):
    """The words that a board uses in place of the product's; what it leaves out goes back to those.

    Args:
        labels: {code: (for one thing, for several)}, as boards.labels has them.
    Raises:
        ValidationError: a word that cannot be used, or nothing would change.
    """
    kept = checked(labels)
    with change(board, by=by, at=at) as turn:
        board = Board.objects.get(pk=board.pk)
        before = labels_of(board)
        if board.labels == kept:
            raise ValidationError("These are the board’s words already. Change one, or go back.")
        board.labels = kept
        board.save(update_fields=("labels",))
        told = zip(USUAL.items(), before.items(), labels_of(board).items(), strict=True)
        changed = [(usual.one, old, new) for (_, usual), (_, old), (_, new) in told if old != new]
        turn.record(
            "board.labels_changed",
            board,
            before={word: f"{old.one}, {old.many}" for word, old, _ in changed},
            after={word: f"{new.one}, {new.many}" for word, _, new in changed},
        )
    return board


def set_rating_scale(*, board, steps, by, at):
    """A new version of the board's RAG scale; ratings already given keep the words they were given in.

    Args:
        steps: the fields of each Rating.
    Raises:
        ValidationError: fewer than two steps, or two of them with the same word.
    """
    words = [step["word"].casefold() for step in steps]
    if len(words) < 2:
        raise ValidationError("A rating key needs two steps or more.")
    twice = next((step["word"] for step in steps if words.count(step["word"].casefold()) > 1), None)
    if twice:
        raise ValidationError(f"Two steps are called “{twice}”. Give each a word of its own.")
    with change(board, by=by, at=at) as turn:
        last = board.ratingscale_set.order_by("version").last()
        if last and _same_key(last, steps):
            raise ValidationError("These are the board’s words already. Change one, or go back.")
        scale = RatingScale.objects.create(board=board, version=last.version + 1 if last else 1, starts=turn.on)
        Rating.objects.bulk_create(Rating(board=board, scale=scale, **step) for step in steps)
        turn.record("rating_scale.set", scale, steps=[f"{step['word']}: {step['meaning']}" for step in steps])
    return scale


def _same_key(scale, steps):
    rows = list(scale.ratings.order_by("-severity"))
    return len(rows) == len(steps) and all(
        getattr(row, name) == value for row, step in zip(rows, steps, strict=True) for name, value in step.items()
    )


def require_second_factor(*, board, required, by, at):
    """Whether those who may write on the board need more than a password; it holds from their next request on."""
    with change(board, by=by, at=at) as turn:
        if Board.objects.get(pk=board.pk).second_factor_required == required:
            raise ValidationError("That is how it is already. Choose the other, or go back.")
        board.second_factor_required = required
        board.save(update_fields=("second_factor_required",))
        turn.record("board.second_factor_set", board, required=required)
    return board


def _add(board, by, at, verb, row, **details):
    """Check a new row of a board against the field rules and constraints, keep it and say so."""
    with change(board, by=by, at=at) as turn:
        row.full_clean()
        row.save()
        turn.record(verb, row, **details)
    return row


def _refuse_same_name(row, name, what):
    """Two of a kind are not called the same on one board, whatever the capitals."""
    same = type(row).objects.filter(board=row.board, name__iexact=name).exclude(pk=row.pk).first()
    if same:
        raise ValidationError({"name": f"Another {what} is called “{same.name}” already. Choose another name."})


def _in_words(row, names):
    """{name: value} of a row, a code by its word."""
    return {name: getattr(row, f"get_{name}_display", lambda name=name: getattr(row, name))() for name in names}


def _rename(row, what, verb, by, at, **facts):
    """Other facts about a row of a board; what they were before stands in the event."""
    with change(row.board, by=by, at=at) as turn:
        row = type(row).objects.select_related("board").get(pk=row.pk)
        changed = {name: value for name, value in facts.items() if value != getattr(row, name)}
        if not changed:
            raise ValidationError("Nothing is different from what it was. Change something, or go back.")
        before = _in_words(row, changed)
        for name, value in changed.items():
            setattr(row, name, value)
        _refuse_same_name(row, row.name, what)
        row.full_clean()
        row.save(update_fields=tuple(changed))
        turn.record(verb, row, before=before, after=_in_words(row, changed))
    return row


def _end(row, verb, ends, successor, by, at):
    """The last day of a seat or a sub-group; whoever holds a role there holds it no longer than that."""
    with change(row.board, by=by, at=at) as turn:
        row = type(row).objects.select_related("board").get(pk=row.pk)
        if row.ends and row.ends < turn.on:
            raise ValidationError({"ends": f"{row} ended on {row.ends:%-d %B %Y}."})
        if ends < turn.on:
            raise ValidationError({"ends": "The last day must be today or later."})
        if successor == row:
            raise ValidationError({"successor": "Nothing follows itself. Choose another, or none."})
        row.ends, row.successor = ends, successor
        row.full_clean()
        row.save(update_fields=("ends", "successor"))
        turn.record(verb, row, ends=ends, successor=successor)
    return row


def rename_seat(*, seat, name, by, at):
    """What the board calls an agency's place. The agency itself keeps its name for all boards."""
    return _rename(seat, "seat", "seat.changed", by, at, name=name)


def end_seat(*, seat, ends, by, at, successor=None):
    """An agency leaves the board, or another follows it in its place."""
    return _end(seat, "seat.ended", ends, successor, by, at)


def change_sub_group(*, group, by, at, **facts):
    """Another name for a sub-group, or another group that it reports to."""
    with change(group.board, by=by, at=at):
        _refuse_circle(group, facts.get("reports_to"))
        return _rename(group, labels_of(group.board).sub_group.one, "sub_group.changed", by, at, **facts)


def _refuse_circle(group, above):
    chosen, seen = above, set()
    while above and above.pk not in seen:
        if above == group:
            raise ValidationError({"reports_to": f"{chosen} reports to {group} already. Choose another group."})
        seen.add(above.pk)
        above = SubGroup.objects.filter(pk=above.reports_to_id).first()


def end_sub_group(*, group, ends, by, at, successor=None):
    """A sub-group ends, or another follows it."""
    return _end(group, "sub_group.ended", ends, successor, by, at)


def change_priority(*, priority, by, at, **facts):
    """Another wording of a strategic priority, or another of the shared codes."""
    return _rename(priority, labels_of(priority.board).priority.one, "priority.changed", by, at, **facts)


def add_seat(*, board, agency_name, agency_kind, by, at, name=""):
    """Give an agency its place on the board; the agency itself may sit on others already."""
    with change(board, by=by, at=at):
        agency = Agency.objects.filter(name__iexact=agency_name).first()
        if agency is None:
            agency = Agency.objects.create(name=agency_name, kind=agency_kind)
        seat = Seat(board=board, agency=agency, name=name or agency_name)
        _refuse_same_name(seat, seat.name, "seat")
        return _add(board, by, at, "seat.added", seat, agency=agency.name)


def add_sub_group(*, board, name, by, at, short_name="", reports_to=None):
    group = SubGroup(board=board, name=name, short_name=short_name, reports_to=reports_to)
    _refuse_same_name(group, name, labels_of(board).sub_group.one)
    return _add(board, by, at, "sub_group.added", group, reports_to=reports_to)


def add_priority(*, board, name, code, by, at):
    position = board.strategicpriority_set.count() + 1
    priority = StrategicPriority(board=board, name=name, code=code, position=position)
    _refuse_same_name(priority, name, labels_of(board).priority.one)
    return _add(board, by, at, "priority.added", priority, code=code)


def add_owner(*, board, name, kind, by, at, seat=None, sub_group=None, members=(), aliases=(), since=None):
    """A name the board gives actions to, with the other spellings its plans print."""
    with change(board, by=by, at=at) as turn:
        for given in (name, *aliases):
            _refuse_taken_name(board, given)
        if len({given.casefold() for given in (name, *aliases)}) <= len(aliases):
            raise ValidationError({"name": "The same name is here twice. Write each name once."})
        owner = Owner(board=board, name=name, kind=kind, seat=seat, sub_group=sub_group, since=since or turn.on)
        _add(
            board,
            by,
            at,
            "owner.added",
            owner,
            kind=kind,
            seat=seat,
            sub_group=sub_group,
            aliases=list(aliases),
            members=[str(member) for member in members],
        )
        OwnerMember.objects.bulk_create(OwnerMember(board=board, group=owner, member=member) for member in members)
        OwnerAlias.objects.bulk_create(OwnerAlias(board=board, owner=owner, name=alias) for alias in aliases)
    return owner


def change_owner(*, owner, by, at, **facts):
    """Another name or kind for an owner, or another place it stands in; its actions and spellings stay with it."""
    with change(owner.board, by=by, at=at):
        if facts.get("name", owner.name).casefold() != owner.name.casefold():
            _refuse_taken_name(owner.board, facts["name"])
        return _rename(owner, labels_of(owner.board).owner.one, "owner.changed", by, at, **facts)


def add_alias(*, owner, name, by, at):
    """Another spelling under which plans print an owner."""
    with change(owner.board, by=by, at=at) as turn:
        _refuse_taken_name(owner.board, name)
        alias = OwnerAlias(board=owner.board, owner=owner, name=name)
        alias.full_clean()
        alias.save()
        turn.record("owner.alias_added", owner, alias=name)
    return alias


def _refuse_taken_name(board, name):
    """A printed name means one owner, whether it is their name or another spelling of it."""
    alias = OwnerAlias.objects.filter(board=board, name__iexact=name).select_related("owner").first()
    owner = alias.owner if alias else Owner.objects.filter(board=board, name__iexact=name).first()
    if owner:
        word = labels_of(board).owner.one
        means = f"“{name}” is another name of {owner}" if alias else f"Another {word} is called “{owner}” already"
        raise ValidationError({"name": f"{means}. Use that {word}, or choose another name."})


def appoint_holder(*, owner, person, starts, by, at, part=Holder.Part.HOLDER, ends=None):
    """Who answers for this owner from a day on, or stands in for who does. Whoever did before ends the day before."""
    with change(owner.board, by=by, at=at) as turn:
        theirs = owner.holders.filter(part=part).select_related("person")
        if ends and ends < starts:
            raise ValidationError({"ends": "The last day must be the same as or after the first day."})
        for held in theirs.filter(ends__isnull=True, starts__lte=starts):
            end_holder(holder=held, ends=max(held.starts, starts - timedelta(days=1)), by=by, at=at)
        later = theirs.filter(starts__lt=ends) if ends else theirs
        clash = later.filter(Q(ends__isnull=True) | Q(ends__gt=starts)).first()
        if clash:
            until = f"until {clash.ends:%-d %B %Y}" if clash.ends else "with no last day"
            raise ValidationError(
                {
                    "starts": f"{clash.person} is {clash.get_part_display().lower()} from {clash.starts:%-d %B %Y}"
                    f" {until}. Choose days on which nobody else is, or end theirs first."
                }
            )
        holder = Holder(board=owner.board, owner=owner, person=person, part=part, starts=starts, ends=ends)
        holder.full_clean()
        holder.save()
        turn.record("owner.holder_appointed", owner, person=person, part=part, starts=starts, ends=ends)
    return holder


def end_holder(*, holder, ends, by, at):
    """The holder leaves; their owner shows “vacant since” until another is appointed."""
    with change(holder.board, by=by, at=at) as turn:
        if ends < holder.starts:
            raise ValidationError({"ends": f"{holder.person} began on {holder.starts:%-d %B %Y}. Choose a later day."})
        holder.ends = ends
        holder.full_clean()
        holder.save(update_fields=("ends",))
        turn.record("owner.holder_left", holder.owner, person=holder.person, part=holder.part, ends=ends)
    return holder


def add_period(*, board, label, starts, ends, by, at):
    """A reporting period. One that overlaps another is refused, here in words and by the database."""
    with change(board, by=by, at=at):
        other = board.reportingperiod_set.filter(starts__lte=ends, ends__gte=starts).first()
        if other and starts <= ends:
            raise ValidationError(
                {
                    "starts": f"These days overlap {other.label} ({other.starts:%-d %B %Y} to {other.ends:%-d %B %Y})."
                    " Choose days that no other reporting period has."
                }
            )
        if ends < starts:
            raise ValidationError({"ends": "The last day must be the same as or after the first day."})
        if ends - starts > LONGEST_PERIOD:
            raise ValidationError({"ends": "A reporting period is a year at the most. Check the year of the last day."})
        if board.reportingperiod_set.filter(label__iexact=label).exists():
            raise ValidationError({"label": f"There is a period “{label}” already. Choose another name."})
        return _add(
            board,
            by,
            at,
            "period.added",
            ReportingPeriod(board=board, label=label, starts=starts, ends=ends),
            starts=starts,
            ends=ends,
        )


def add_meeting(*, board, name, held_on, by, at, sub_group=None):
    meeting = Meeting(board=board, name=name, held_on=held_on, sub_group=sub_group)
    return _add(board, by, at, "meeting.added", meeting, held_on=held_on, sub_group=sub_group)


class MeetingGiven(NamedTuple):
    """A meeting by its name and day, which the board may know already."""

    name: str
    held_on: date


def meeting_of(*, board, given, by, at):
    """The meeting that was meant: a row as it is, one of this name and day, or a new one; None for none."""
    if not isinstance(given, MeetingGiven):
        return given
    with change(board, by=by, at=at):
        found = board.meeting_set.filter(name__iexact=given.name, held_on=given.held_on).first()
        return found or add_meeting(board=board, name=given.name, held_on=given.held_on, by=by, at=at)
