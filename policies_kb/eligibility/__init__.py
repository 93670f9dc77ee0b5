"""Does a worker qualify: rules as data, answers with three values, and reasons that anyone can check."""
