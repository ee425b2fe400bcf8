"""Taking a passage out of everything a board keeps: find it, see every place, say why, and confirm."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from actions.forms.redact import PassageForm, RedactForm
from boards import changes, redaction
from boards.navigation import BOARD, frame
from boards.permissions import may_redact, readable_boards
from boards.signing_in import signed_in


@sensitive_post_parameters("passage")
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def redact(request, board):
    """The words are only ever posted, so that no address and no log holds them."""
    on = timezone.localdate()
    found = get_object_or_404(readable_boards(request.user, on), slug=board)
    if not may_redact(request.user, found, on):
        raise PermissionDenied
    confirms = "redact" in request.POST
    form = (RedactForm if confirms else PassageForm)(request.POST if request.method == "POST" else None)
    if confirms and form.is_valid() and (gone := _redacted(request, found, form)):
        messages.success(request, f"The words are gone from {_in_words(gone)}. A mark says when and why.")
        return redirect("board_history", board=found.slug)
    context = {"form": form, **frame(request.user, found, BOARD, on, above=[])}
    if request.method == "POST" and form.data.get("passage", "").strip() and "passage" not in form.errors:
        context |= _preview(found, form, confirms)
    return render(request, "actions/redact.html", context)


def _redacted(request, board, form):
    try:
        return changes.redact(
            board=board,
            by=request.user,
            at=timezone.now(),
            seen=request.POST.get("seen", ""),
            **form.cleaned_data,
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return None


def _preview(board, form, confirms):
    """Every place, and the form that asks for the reason; or that there is none."""
    passage = redaction.Passage(form.cleaned_data["passage"])
    places = redaction.find(board, passage)
    if not places:
        form.add_error("passage", "These words stand nowhere in what the board keeps.")
        return {}
    if not confirms:
        form = RedactForm(initial=form.cleaned_data)
    return {
        "form": form,
        "seen": redaction.fingerprint(places),
        "places": [(place.kind, *redaction.excerpt(place, passage)) for place in places],
        "found": _in_words(redaction.by_kind(places)),
    }


def _in_words(kinds):
    count = sum(kinds.values())
    return f"{count} place{'' if count == 1 else 's'}"
