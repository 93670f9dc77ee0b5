"""The working calendar: its sums, its pages, and what other rooms ask it."""
