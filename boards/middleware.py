"""What happens around every request: refusals and reads that matter are written into the access log, and who came.

They are written when the answer has gone out, so that a refusal takes as long as an address that names nothing, and
outside whatever transaction the request had.
"""

from django.utils import timezone

from boards.access import FORBIDDEN, HIDDEN, log_access, log_refusal
from boards.people import visited


def watch(request, row):
    """Have it written down, once its page is shown, that this person read a row of limited circulation."""
    request.watched = row


def when_sent(response, write):
    """Have something written down when the answer has gone out."""
    close = response.close

    def write_and_close():
        write()
        close()

    response.close = write_and_close


class AccessLogMiddleware:
    """Writes down who was refused, and who read what is watched; only of people who have signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        refused = response.status_code in (FORBIDDEN, HIDDEN) and request.resolver_match
        read = response.status_code == 200 and request.method != "HEAD" and getattr(request, "watched", None)
        if refused or read:
            when_sent(response, lambda: self._write(request, response.status_code, timezone.now()))
        return response

    @staticmethod
    def _write(request, status, at):
        if not request.user.is_authenticated:  # asked only now: asking is a header, "Vary: Cookie"
            return
        match = request.resolver_match
        route = (match.url_name or "").replace("_", " ")
        if status == 200:
            about = request.watched
            log_access(
                board=about.board,
                by=request.user,
                at=at,
                what="action.read",
                subject=route,
                about=about,
            )
        else:
            log_refusal(
                status=status,
                method=request.method,
                route=route,
                parts=match.kwargs,
                by=request.user,
                at=at,
                on=timezone.localdate(at),
            )


CAME = "the last day on which somebody came to each board"


class VisitMiddleware:
    """Writes down on which day somebody last opened a page of each board: once a day, when the answer has gone out."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        board = request.resolver_match and request.resolver_match.kwargs.get("board")
        if board and response.status_code == 200 and request.user.is_authenticated:
            on = timezone.localdate()
            came = request.session.get(CAME, {})
            if came.get(board) != on.isoformat():
                request.session[CAME] = {**came, board: on.isoformat()}
                when_sent(response, lambda: visited(board, request.user, on))
        return response
