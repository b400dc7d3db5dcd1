"""The HTTP side of the platform: catalogue, search and the web pages."""
