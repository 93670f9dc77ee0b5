"""What is broken is named, with how to mend it."""
