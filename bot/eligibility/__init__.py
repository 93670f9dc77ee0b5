"""Does a worker qualify, asked outside the chat: by other programs, and by a form that works without JavaScript."""
