"""Every door of the site, tried by everybody: the table of routes, the people who try them, what they find."""
