"""Tests of deploy/: its files, and what they describe, run on this machine."""
