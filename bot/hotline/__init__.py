"""The hotline's desk: people take over conversations, answer in them, and give them back."""
