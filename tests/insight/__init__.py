"""What workers need, in figures: right counts, and nothing that gives one worker away."""
