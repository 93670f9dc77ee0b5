"""When people of the hotline work: the calendar, where it is kept, and working time for whoever counts in it."""
