"""A page that tells how something long goes on while it goes on, without a script: its lines are sent as they come."""

from collections.abc import Callable, Iterator
from queue import SimpleQueue
from threading import Thread

from django.core.exceptions import ValidationError
from django.db import connections
from django.http import StreamingHttpResponse
from django.utils.html import format_html

MARK = "<!-- lines -->"
"""Where on the page the lines go."""


def told_as_it_goes(page: str, work: Callable, ending: Callable) -> StreamingHttpResponse:
    """An answer that begins at once and ends with the work.

    Args:
        page: the whole page, with MARK in it.
        work: is given `tell`, which takes a sentence. It runs beside the answer, on a database connection of its own,
            and to its end even if nobody is looking any more.
        ending: HTML to end with, of what the work returned and what it raised; one of the two is None.
    """
    told: SimpleQueue = SimpleQueue()
    outcome: list = [None, None]

    def run():
        try:
            outcome[0] = work(told.put)
        except Exception as error:  # it is raised again where the answer is written
            outcome[1] = error
        finally:
            connections.close_all()
            told.put(None)

    Thread(target=run, name="work beside an answer").start()
    # Some servers in front keep an answer back until it is whole.
    return StreamingHttpResponse(_lines(page, told, outcome, ending), headers={"X-Accel-Buffering": "no"})


def _lines(page, told, outcome, ending) -> Iterator[str]:
    before, after = page.split(MARK)
    yield before
    while (sentence := told.get()) is not None:
        yield format_html('<p class="govuk-body">{}</p>\n', sentence)
    result, error = outcome
    yield ending(result, error)
    yield after
    if error and not isinstance(error, ValidationError):
        raise error
