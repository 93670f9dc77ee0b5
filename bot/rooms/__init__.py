"""The rooms of the consoles, each put together: its services on the database, and its pages."""
