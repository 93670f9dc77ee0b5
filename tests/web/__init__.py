"""Tests of the website channel."""
