"""Writing down what a review, inspection or audit recommended, and putting right what was written down wrongly."""

from collections import Counter

from django.core.exceptions import ValidationError

from actions.models import Recommendation, RecommendationSource
from actions.recommendations import fixed_of
from boards.access import log_access
from boards.audit import change
from boards.labels import labels_of
from cseplan.text import clean_text


def add_recommendation_source(*, board, title, kind, recommendations, by, at, dated=None):
    """A review, inspection or audit with its numbered recommendations, (number, text)."""
    source = RecommendationSource(board=board, title=title, kind=kind, dated=dated)
    with change(board, by=by, at=at) as turn:
        _keep(source)
        numbers = _write(source, recommendations)
        turn.record("recommendations.added", source, dated=dated, numbers=numbers)
    return source


def change_recommendation_source(*, source, title, kind, dated, by, at):
    """What a source is called, what it is and of which day: words and numbers of its recommendations stay.

    Raises:
        ValidationError: among others when nothing of it changes.
    """
    with change(source.board, by=by, at=at) as turn:
        source = RecommendationSource.objects.select_related("board").get(pk=source.pk)
        before = _facts(source)
        source.title, source.kind, source.dated = title, kind, dated
        if _facts(source) == before:
            raise ValidationError("Nothing of it has changed. Change something, or leave it as it is.")
        _keep(source)
        turn.record("recommendations.source_changed", source, before=before, after=_facts(source))
    return source


def add_recommendations(*, source, recommendations, by, at):
    """Further recommendations of a source, (number, text)."""
    with change(source.board, by=by, at=at) as turn:
        numbers = _write(source, recommendations)
        turn.record("recommendations.extended", source, numbers=numbers)
    return source


def correct_recommendation(*, recommendation, text, by, at, seen=None):
    """Words that were written down wrongly, while no plan that was agreed answers them.

    Args:
        seen: the words that the writer changed; nobody writes over what they have not seen.
    """
    with change(recommendation.board, by=by, at=at) as turn:
        row = Recommendation.objects.select_related("board", "source").get(pk=recommendation.pk)
        word, before = labels_of(row.board).recommendation.one, row.text
        if fixed_of(Recommendation.objects.filter(pk=row.pk)).exists():
            raise ValidationError(
                f"A plan that the board agreed answers this {word}, so its words stay as they are. "
                f"If the source itself was corrected, add the new words as a further {word}."
            )
        if seen is not None and clean_text(seen) != clean_text(before):
            raise ValidationError(
                f"Somebody else has corrected it meanwhile. It now says: “{before}” What you typed is still here.",
                code="stale",
            )
        row.text = clean_text(text)
        if row.text == clean_text(before):
            raise ValidationError({"text": "These are the words it has already. Change them, or leave it as it is."})
        row.full_clean(exclude=("board", "source"))
        row.save(update_fields=("text",))
        turn.record(
            "recommendations.corrected", row, number=row.number, source=row.source, before=before, after=row.text
        )
    return row


def export_recommendations(*, source, file_name, narrowed, by, at):
    """Record that somebody took a copy of a source's recommendations and of what answers them.

    Args:
        narrowed: to what, in words of ours; empty for all of them.
    """
    with change(source.board, by=by, at=at) as turn:
        turn.record("recommendations.exported", source, narrowed=narrowed)
        log_access(
            board=source.board, by=by, at=at, what="recommendations.exported", subject=file_name, about=source
        )  # fmt: skip


def _keep(source):
    same = RecommendationSource.objects.filter(board=source.board, title__iexact=source.title).exclude(pk=source.pk)
    if same.exists():
        told = f"“{source.title}” is recorded already. Give this one another title, such as its year."
        raise ValidationError({"title": told})
    source.full_clean()
    source.save()


def _facts(source) -> str:
    dated = f", {source.dated:%-d %B %Y}" if source.dated else ""
    return f"{source.title} ({source.get_kind_display().lower()}{dated})"


def _write(source, recommendations) -> list[int]:
    """The recommendations of a source, each with a number of its own.

    Returns:
        their numbers.
    """
    numbers = [number for number, _ in recommendations]
    word = labels_of(source.board).recommendation
    if not numbers:
        raise ValidationError({"recommendations": f"Write at least one {word.one}."})
    there = set(source.recommendations.values_list("number", flat=True))
    taken = sorted(there.intersection(numbers))
    if taken:
        told = f"{source} has number {taken[0]} already. Each needs a number of its own."
        raise ValidationError({"recommendations": told})
    twice = sorted(number for number, times in Counter(numbers).items() if times > 1)
    if twice:
        told = f"The number {twice[0]} stands on two lines. Each needs a number of its own."
        raise ValidationError({"recommendations": told})
    rows = [
        Recommendation(board=source.board, source=source, number=number, text=clean_text(text))
        for number, text in recommendations
    ]
    if any(not row.text for row in rows):
        raise ValidationError({"recommendations": f"Write the words of every {word.one}."})
    Recommendation.objects.bulk_create(rows)
    return numbers
