"""Faults over real servers and processes: what workers were shown is counted against what they wrote."""
