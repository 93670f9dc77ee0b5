"""Trains models in the background, examines each, and puts into service what is good enough."""
