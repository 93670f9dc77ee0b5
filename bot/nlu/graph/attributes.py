"""What the components hand on to each other on a Rasa message."""

NORMALISED = "normalised"
"""The text in one form (str); for components only."""
KNOWN_SHARE = "known_share"
"""Which share of the text's sounds training has seen (float, 0 to 1); for components only."""
UNDERSTANDING = "understanding"
"""{"label", "confidence", "ranking": [{"label", "confidence"}]}; reaches the actions in tracker.latest_message."""
