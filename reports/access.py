"""What lines of the access log are about, where quarterly updates are concerned."""

from boards.access import names
from boards.models import Board


def register():
    """Tell the access log what the address of a quarterly update names: a period of the board."""
    names("starts", lambda parts: Board.objects.filter(
        slug=parts["board"], reportingperiod__starts=parts["starts"]
    ).first())  # fmt: skip
