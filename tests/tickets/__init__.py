"""Requests to be called back: how workers leave them, and how agents deal with them."""
