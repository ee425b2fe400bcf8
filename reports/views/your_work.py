from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.views.lists import plan_lines
from boards.navigation import YOUR_WORK, frame
from boards.permissions import readable_boards
from boards.signing_in import signed_in
from reports.all_plans import is_of_several
from reports.desk import desk_of


@signed_in
@require_safe
def your_work(request):
    """What waits for the person who is signed in, board by board."""
    on, at = timezone.localdate(), timezone.now()
    boards = list(readable_boards(request.user, on))
    desks = [desk_of(request.user, board, on=on, at=at) for board in boards]
    context = {
        "desks": [(desk, list(plan_lines(desk.summaries))) for desk in desks],
        "several": is_of_several(request.user, boards, on),
        "on": on,
        **frame(request.user, boards[0] if len(boards) == 1 else None, YOUR_WORK, on),
    }
    return render(request, "reports/your_work.html", context)
