"""Canned replies: the hotline wording of every topic and the team's own texts, found while typing, filled, and checked."""
