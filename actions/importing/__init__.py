"""Taking in a board's own plan: what its file holds, which column is which, what each cell means, what would change.

The way in, each step with a module of its own: `checking` and `readers` (a file becomes tables of cells), `layout`
(where the headings are, what is a row and what a section), `columns` (which column is which), `readings` (what the
cells of a row mean to this board). Nothing here writes; what is confirmed is written by `actions.changes.importing`.
"""
