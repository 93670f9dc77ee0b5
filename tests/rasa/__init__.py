"""Conversations with the trained assistant, as the service runs it."""
