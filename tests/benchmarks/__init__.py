"""Benchmarks against a stock Rasa assistant: `make bench`; nothing here runs under pytest."""
