"""A message comes in on any channel, is answered once, and is remembered."""
