"""What is sent to each route that takes something: enough for whoever may, to do it."""

SENT = {
    "note": {"words": "It goes on.", "seen": 0},
    "offer": {"withdraw": ""},
    "role_end": {"when": "now"},
    "submission": {"seen": 1, "accept": ""},
}
