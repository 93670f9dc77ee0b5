"""Operators stop the assistant or a topic: at once here, within seconds everywhere, with an entry in the audit log."""
