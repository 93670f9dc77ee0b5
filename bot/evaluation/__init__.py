"""Measures understanding on questions that were used neither for training nor for choosing thresholds."""
