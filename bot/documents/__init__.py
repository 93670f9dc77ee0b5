"""Policy papers as text: their items beside the topics that cite them, and what a new edition changes."""
