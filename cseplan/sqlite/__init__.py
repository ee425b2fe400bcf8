"""Django's SQLite engine, made to work with tables that refuse to be emptied."""
