"""What the assistant does: one thin rasa_sdk action a file, all words from the knowledge base."""
