"""Takes the pictures of the administrator's guide: `python -m tests.pictures [FOLDER]`."""
