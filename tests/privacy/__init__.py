"""Personal data: masked where it is shown, kept no longer than said, deleted with proof, never logged."""
