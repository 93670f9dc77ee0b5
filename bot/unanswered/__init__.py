"""What could not be answered: gathered and masked, clustered across days, and made into content in one step."""
