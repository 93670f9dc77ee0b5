"""The website channel: the chat page and the JSON interface that web and app clients ask."""
