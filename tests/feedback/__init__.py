"""Workers are asked what they think of answers, and what they say is kept."""
