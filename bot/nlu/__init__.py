"""Rasa graph components: what turns a worker's text into an intent, a topic and entities."""
