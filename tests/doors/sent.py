"""What is sent to each route that takes something: enough for whoever may, to do it."""

SENT = {
    "date_request": {"keep": "", "answer": "It is needed by then."},
    "note": {"words": "It goes on.", "seen": 0},
    "offer": {"withdraw": ""},
    "plan_export": {"kind": "docx"},
    "role_end": {"when": "now"},
    "submission": {"seen": 1, "accept": ""},
}
