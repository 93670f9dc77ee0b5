"""The pages of the content."""
