"""A number with its noun, as every sentence of the program tells it."""


def counted(number: int, noun: str, many: str | None = None) -> str:
    """Return `1 item` or `1,200 items`; `many` is the noun's plural where it is not the noun with an s."""
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"
