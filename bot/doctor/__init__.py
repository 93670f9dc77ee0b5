"""Looks at everything that the service needs, and says in plain words what to mend."""
