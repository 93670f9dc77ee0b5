"""Eligibility asked outside the chat: the JSON interface and the pages."""
