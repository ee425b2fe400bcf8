"""The pages of a board that need nothing of the apps above: its people and what they may do."""
