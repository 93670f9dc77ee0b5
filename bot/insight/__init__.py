"""What workers need, at a glance: counts over 7, 30 and 90 days in which no group is smaller than ten workers."""
