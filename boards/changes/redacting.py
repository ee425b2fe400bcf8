"""Taking words out of everything a board keeps."""

from django.core.exceptions import ValidationError
from django.db import transaction

from boards import redaction
from boards.audit import change


def redact(*, board, passage, reason, by, at, seen=None):
    """Take a passage out of everything the board keeps, and leave a mark that says when and why it went.

    Args:
        seen: `redaction.fingerprint` of the places somebody has looked at; others now make this an error.
    Returns:
        {kind of place: how many}.
    Raises:
        ValidationError: too short, without a reason or with the passage in it, or nowhere to be found.
    """
    if len("".join(passage.split())) < redaction.SHORTEST:
        raise ValidationError({"passage": f"The passage must be {redaction.SHORTEST} characters or more."})
    if not reason.strip():
        raise ValidationError({"reason": "Say why the passage has to go."})
    with change(board, by=by, at=at) as turn:
        gone = redaction.Passage(passage, redaction.mark_of(turn.on, reason.strip()))
        if gone.stands_in(gone.mark):
            raise ValidationError({"reason": "The reason stays on the record. Give it without the passage in it."})
        places = redaction.find(board, gone)
        if not places:
            raise ValidationError({"passage": "This passage stands nowhere in what the board keeps."})
        if seen is not None and seen != redaction.fingerprint(places):
            raise ValidationError(
                "These are not the places that you looked at: the words were typed anew, or somebody wrote meanwhile."
                " Look at them and confirm again."
            )
        if gone.stands_in(str(by)):
            raise ValidationError({"passage": "This is in your own name, which stands beside all that you do."})
        turn.record_many("words.redacted", redaction.told(places, gone, reason.strip()))
        redaction.take_out(places)
        redaction.forget_kept_words(board, gone)
        board.refresh_from_db()
        found = redaction.by_kind(places)
        turn.record("passage.redacted", board, reason=reason.strip(), places=found)
        transaction.on_commit(redaction.scrub, robust=True)  # done either way: a busy file is not a failure
    return found
