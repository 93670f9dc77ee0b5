"""Workers say whether an answer was of use; what was not becomes a task of the topic's owner."""
