"""The port to Rasa: ask a question of a conversation, get a typed reply."""
