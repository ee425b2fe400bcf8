"""Accounts: how a person proves who they are. What they may then do is in boards.permissions."""
