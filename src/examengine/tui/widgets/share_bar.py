"""A share as a bar in one line, with the cut marked on it; readable without colour."""

from textual.content import Content

_FILLED = "█"
_REST = "░"
_CUT = "┃"


def share_bar(percent: float, cut: float | None, width: int) -> Content:
    """Return a bar of `width` cells for a share in per cent; below the cut it never reaches the mark."""
    filled = int(width * min(100.0, max(0.0, percent)) / 100)
    mark = None if cut is None else min(width - 1, int(width * cut / 100))
    if cut is not None and mark is not None and percent < cut:
        filled = min(filled, mark)
    pieces: list[tuple[str, str]] = []
    for index in range(width):
        is_filled = index < filled
        if index == mark:
            pieces.append((_CUT, "bold $cut on $bar" if is_filled else "bold $cut"))
        else:
            pieces.append((_FILLED, "$bar") if is_filled else (_REST, "$bar-back"))
    return Content.assemble(*pieces)
