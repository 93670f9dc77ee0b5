"""Online practice: what a day asks, how it is played, and what is kept of it."""
