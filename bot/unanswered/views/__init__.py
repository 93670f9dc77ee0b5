"""The pages of what was not answered, and the acts on them."""
