"""Versions of the content, and what is served of them."""
