"""Writing down what was recommended to a board: for those who keep its plans."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions import changes
from actions.forms.recommendations import MoreForm, NewSourceForm, SourceForm, WordsForm
from actions.permissions import keeps_plans, readable_sources
from actions.views.recommendations import sources_crumb
from boards.labels import labels_of
from boards.navigation import PLANS, frame
from boards.signing_in import signed_in
from boards.views.parts import FORM_METHODS, done, opened, sent, turn


@signed_in
@require_http_methods(FORM_METHODS)
def source_add(request, board):
    """Write down what a review, inspection or audit recommended."""
    board = opened(request, board, timezone.localdate(), may=keeps_plans)
    form = NewSourceForm(sent(request), labels=labels_of(board))
    if request.method == "POST" and form.is_valid():
        source = done(form, changes.add_recommendation_source, board=board, **form.cleaned_data, **turn(request))
        if source:
            messages.success(request, f"{source} is recorded. Actions that answer it say so where they are written.")
            return redirect("source", board.slug, source.pk)
    return _page(request, board, form, title="Record a review, inspection or audit", button="Record it", above=[])


@signed_in
@require_http_methods(FORM_METHODS)
def source_change(request, board, source):
    """What it is called, what it is and of which day."""
    source = _kept_source(request, board, source)
    form = SourceForm(sent(request), initial={name: getattr(source, name) for name in SourceForm.base_fields})
    return _asked(
        request, source, form, changes.change_recommendation_source, "It is changed.",
        title="Change what it is", button="Change it", given={"source": source},
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
def recommendation_add(request, board, source):
    """Add further recommendations to it."""
    source = _kept_source(request, board, source)
    labels, last = labels_of(source.board), source.recommendations.last()
    word = labels.recommendation.many
    form = MoreForm(sent(request), labels=labels, first=last.number + 1 if last else 1)
    return _asked(
        request, source, form, changes.add_recommendations, f"The further {word} are recorded.",
        title=f"Record further {word}", button="Record them", given={"source": source},
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
def recommendation_change(request, board, source, recommendation):
    """Correct the words of one, while no plan that was agreed answers it."""
    source = _kept_source(request, board, source)
    row = get_object_or_404(source.recommendations, pk=recommendation)
    word = labels_of(source.board).recommendation.one
    form = WordsForm(sent(request), initial={"text": row.text, "seen": row.text})
    return _asked(
        request, source, form, changes.correct_recommendation, f"The words of {word} {row.number} are corrected.",
        title=f"Correct {word} {row.number}", button="Correct it", given={"recommendation": row},
    )  # fmt: skip


def _kept_source(request, board, source):
    """The source, for whoever keeps the plans of its board: other readers are refused, for the rest it is not there."""
    on = timezone.localdate()
    found = readable_sources(request.user, on).select_related("board")
    source = get_object_or_404(found, board__slug=board, pk=source)
    if not keeps_plans(request.user, source.board, on):
        raise PermissionDenied
    return source


def _asked(request, source, form, verb, told, *, title, button, given):
    """A page of questions about a source: does what they are for, says so, and goes back to it."""
    if request.method == "POST" and form.is_valid() and done(form, verb, **given, **form.cleaned_data, **turn(request)):
        messages.success(request, told)
        return redirect("source", source.board.slug, source.pk)
    above = [(source.title, reverse("source", args=[source.board.slug, source.pk]))]
    return _page(request, source.board, form, title=title, button=button, above=above, about=source)


def _page(request, board, form, *, title, button, above, about=None):
    context = {"form": form, "title": title, "button": button, "about": about or board}
    crumbs = [sources_crumb(board), *above]
    return render(
        request,
        "actions/question.html",
        context | frame(request.user, board, PLANS, timezone.localdate(), above=crumbs),
    )
