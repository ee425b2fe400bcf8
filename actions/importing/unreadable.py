"""What a coordinator is told when a file cannot be read. Pure."""


class Unreadable(ValueError):
    """A file that is not read, with one sentence or two for the person who brought it: what it is, what to do."""


DAMAGED = "This file is damaged or cut short. Ask for it again, or open it in the program it was made with and save it."
"""The sentence for whatever is broken in a way that nobody could name better."""
