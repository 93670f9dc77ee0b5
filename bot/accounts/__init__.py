"""Who may use the consoles: accounts, roles, sessions, and the audit log of what they did."""
