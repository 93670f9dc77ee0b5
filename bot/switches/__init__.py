"""Operators stop the assistant or a topic, and let it go on; every process follows within seconds."""
