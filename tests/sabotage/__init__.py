"""`make sabotage`: holes made on purpose, one at a time, and the test that finds each."""
