"""Remembers how far panes were scrolled at each size of the screen: who comes back to a size finds it as it was."""

from collections.abc import Callable, Iterable

from textual.geometry import Size
from textual.widget import Widget


class KeptScroll:
    """The memory of one widget's scrolling panes."""

    def __init__(self, owner: Widget, panes: Callable[[], Iterable[Widget]]) -> None:
        self._owner = owner
        self._panes = panes
        self._settled: Size | None = None
        self._places: dict[Size, list[tuple[Widget, float]]] = {}

    def follow(self, *panes: Widget) -> None:
        """Note each move of some panes from now on."""
        self._settled = self._settled or self._owner.app.size
        for pane in panes:
            self._owner.watch(pane, "scroll_y", self._note, init=False)

    def forget(self) -> None:
        """Forget every place: something else is shown."""
        self._places.clear()

    def resized(self) -> None:
        """Scroll to where this size was left, once it is laid out."""
        self._owner.call_after_refresh(self._settle)

    def _note(self) -> None:
        # While a new size is being laid out the panes move by themselves.
        if self._owner.app.size == self._settled:
            self._places[self._owner.app.size] = [(pane, pane.scroll_y) for pane in self._panes()]

    def _settle(self) -> None:
        for pane, place in self._places.get(self._owner.app.size, ()):
            if pane.is_attached:
                pane.scroll_to(y=place, animate=False, force=True, immediate=True)
        self._settled = self._owner.app.size
