"""The pages of the hours."""
