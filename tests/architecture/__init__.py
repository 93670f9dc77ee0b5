"""Rules that hold for the whole code."""
