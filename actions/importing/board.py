"""What a board calls things, as the readings of a file need it."""

from actions.importing.readings import BoardWords, OwnerWords, RatingWords
from actions.models import PlanColumn
from boards.models import Board, Owner, StrategicPriority
from boards.ratings import ratings_of
from cseplan.colours import paint


def words_of(board: Board, *, year: int | None, bold: bool = False) -> BoardWords:
    """The board's own words; three queries.

    Args:
        year: the plan's first.
        bold: whether bold words are the top priorities of this plan.
    """
    owners = Owner.objects.filter(board=board).prefetch_related("aliases").order_by("name")
    return BoardWords(
        owners=tuple(
            OwnerWords(owner.name, tuple(alias.name for alias in owner.aliases.all()), owner.kind) for owner in owners
        ),
        priorities=tuple(StrategicPriority.objects.filter(board=board).values_list("name", "code")),
        ratings=tuple(RatingWords(step.code, step.word, paint(step.colour).fill) for step in ratings_of(board).current),
        first_year=year,
        year_start_month=board.quarter_start_month,
        bold_is_top_priority=bold,
    )


def remembered(board: Board) -> dict[str, str]:
    """What the board's plans so far have under each heading; the newest plan wins."""
    columns = PlanColumn.objects.filter(board=board).order_by("plan", "position")
    return dict(columns.values_list("heading", "field"))
