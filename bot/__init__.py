"""The service that faces people: WeChat, the web page and the command line."""
