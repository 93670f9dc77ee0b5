"""The content as it is kept: versions, who drafted and published them, and what is served at a moment."""
