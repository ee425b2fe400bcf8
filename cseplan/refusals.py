"""The page for a form whose token is not the one we gave: what was typed is shown, so that nobody types it twice.

A browser may not give it back when one goes back, since no page of ours is kept. Only what came from a page of ours is
shown: of a form from elsewhere, not a word.
"""

from urllib.parse import urlsplit

from django.shortcuts import render

LEAST = 20
"""Characters from which on something is worth copying."""


def csrf_failure(request, reason=""):
    ours = urlsplit(request.headers.get("origin", "")).netloc == request.get_host()
    typed = [
        value
        for name in request.POST
        if ours and "password" not in name and name not in ("csrfmiddlewaretoken", "kept", "credential")
        for value in request.POST.getlist(name)
        if len(value) >= LEAST
    ]
    return render(request, "403_csrf.html", {"typed": typed}, status=403)
