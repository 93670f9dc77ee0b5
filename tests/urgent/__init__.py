"""What is urgent: the phrasings that must be found, the look-alikes that must not, and what workers get."""
