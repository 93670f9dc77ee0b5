"""Programs and websites of others that ask here: their keys and limits, and the description of the interface."""
