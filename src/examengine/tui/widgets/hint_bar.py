"""The footer: what can be done now and by which key; a click does it, and a click on "More" lists the rest."""

from textual import events
from textual.content import Content
from textual.widget import Widget

from examengine.tui.actions import shown_key
from examengine.tui.widgets.action_screen import ActionScreen

MORE = ("", "ctrl+backslash", "More")
"""Shown where not everything fits: opens the palette, which lists all that can be done now."""


class HintBar(Widget):
    """One line with as many hints as fit, the most wanted first, and the help where the first one leaves it room."""

    DEFAULT_CSS = """
    HintBar { dock: bottom; height: 1; width: 100%; background: $panel; color: $foreground; padding: 0 1; }
    """

    def on_mount(self) -> None:
        """Follow focus and state."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def hints(self) -> list[tuple[str, str, str]]:
        """Return the hints shown: action, key and label."""
        return self._chosen()[0]

    @property
    def has_more(self) -> bool:
        """Return whether something can be done that no hint shows."""
        return self._chosen()[1]

    def _chosen(self) -> tuple[list[tuple[str, str, str]], bool]:
        """Return the hints, and whether something else can be done."""
        screen = self.screen
        if not isinstance(screen, ActionScreen):
            return [], False
        active = [(action, (action.name, key, screen.label(action))) for action, key in screen.active_actions()]
        wanted = [hint for action, hint in active if action.hinted]
        help_hint = [hint for hint in wanted if hint[0] == "help"]
        others = [hint for hint in wanted if hint not in help_hint]
        room = self.content_size.width - sum(_width(hint) for hint in help_hint)
        if len(wanted) == len(active) and sum(_width(hint) for hint in others) <= room:
            return others + help_hint, False
        room -= _width(MORE)
        shown = []
        for hint in others:
            if _width(hint) > room:
                break
            room -= _width(hint)
            shown.append(hint)
        if others and not shown and _width(others[0]) <= room + sum(_width(hint) for hint in help_hint):
            # What leads on counts for more than the help, which "More" lists too.
            return others[:1], True
        return shown + help_hint, True

    def _all_hints(self) -> list[tuple[str, str, str]]:
        hints, has_more = self._chosen()
        return [*hints, MORE] if has_more else hints

    def render(self) -> Content:
        """Draw the hints."""
        pieces: list[tuple[str, str]] = []
        for _name, key, label in self._all_hints():
            pieces += [(shown_key(key), "bold $accent"), (f" {label}  ", "")]
        return Content.assemble(*pieces)

    async def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        place = event.get_content_offset(self)
        left = 0
        for hint in self._all_hints():
            left += _width(hint)
            if place is not None and place.x < left:
                if hint is MORE:
                    self.app.action_command_palette()
                else:
                    self.app.call_later(self.screen.run_action, f"do('{hint[0]}', '{hint[1]}')")
                return


def _width(hint: tuple[str, str, str]) -> int:
    return len(shown_key(hint[1])) + len(hint[2]) + 3
