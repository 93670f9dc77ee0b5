"""The pages of the canned replies at /desk/replies."""
