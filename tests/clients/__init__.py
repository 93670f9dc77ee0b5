"""Clients of the interface: their keys, limits and the description."""
