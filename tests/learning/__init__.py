"""Training, and what is put into service."""
