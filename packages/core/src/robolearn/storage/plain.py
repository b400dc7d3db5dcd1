"""Text from outside, made fit for PostgreSQL."""


def storable(text: str) -> str:
    """The text without what a column refuses: NUL becomes a space, a lone surrogate a question mark."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
