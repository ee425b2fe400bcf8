"""The questions that pages of a board ask about people and access."""
