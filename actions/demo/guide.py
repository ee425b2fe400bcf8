"""What `manage.py demo` prints: who can sign in, with what, and what to look at first."""

from actions.demo.people import PASSPHRASE, sign_ins

FIRST_LOOKS = (
    (
        "coordinator.dudley@example.org",
        "Plans, then any action: enter an update. Your work shows what waits to be read.",
    ),
    ("chair.dudley@example.org", "Review: what is overdue, worst first, with first dates and dates that moved."),
    ("manager.dudley@example.org", "Reports: the quarterly update of the last closed quarter, as a page and a PDF."),
    ("contact.dudley@example.org", "Your work: what West Midlands Police owes this quarter. Sandwell stays closed."),
)


def text():
    """The sign-ins as a table, the password, and four first looks."""
    rows = [("ROLE", "BOARD", "E-MAIL"), *sign_ins()]
    widths = [max(len(row[column]) for row in rows) + 2 for column in (0, 1)]
    table = [f"  {role:{widths[0]}}{where:{widths[1]}}{email}" for role, where, email in rows]
    looks = [f"  {email:{max(len(look[0]) for look in FIRST_LOOKS) + 2}}{what}" for email, what in FIRST_LOOKS]
    lines = ["Four demo boards. Sign in as:", "", *table, "", f"The password of all: {PASSPHRASE}", ""]
    return "\n".join([*lines, "What to look at first:", "", *looks, ""])
