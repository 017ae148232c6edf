"""The error of a search that grew too large."""


class Undecided(Exception):  # noqa: N818
    """The search ended before an optimum was proven."""
