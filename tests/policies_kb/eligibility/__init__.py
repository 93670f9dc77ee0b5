"""Tests of policies_kb.eligibility."""
