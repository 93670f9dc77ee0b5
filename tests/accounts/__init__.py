"""Accounts, sessions and the audit log."""
