"""Tables, repositories and migrations; nothing else in bot/ imports sqlalchemy."""
