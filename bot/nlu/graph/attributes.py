"""What the components hand on to each other on a Rasa message."""

NORMALISED = "normalised"
"""The text in one form (str); for components only."""
READING = "reading"
"""The message by itself, in context and in parts (bot.nlu.reading.Reading); for components only."""
CONTEXT = "context"
"""In the message's metadata: what was answered before (bot.nlu.reading.Context as a dictionary)."""
UNDERSTANDING = "understanding"
"""{"label", "also", "confidence", "follows", "aspects", "ranking": [{"label", "confidence"}]}; see
bot.nlu.decision.Decision. It reaches the actions in tracker.latest_message."""
