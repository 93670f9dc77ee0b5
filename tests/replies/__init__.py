"""Canned replies: found, filled, kept, confirmed, exchanged."""
