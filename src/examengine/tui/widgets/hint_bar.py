"""The footer: what can be done now and by which key; a click does it."""

from textual import events
from textual.content import Content
from textual.widget import Widget

from examengine.tui.actions import shown_key
from examengine.tui.widgets.action_screen import ActionScreen


class HintBar(Widget):
    """One line with as many hints as fit, the most wanted first and the help always."""

    DEFAULT_CSS = """
    HintBar { dock: bottom; height: 1; width: 100%; background: $panel; color: $foreground; padding: 0 1; }
    """

    def on_mount(self) -> None:
        """Follow focus and state."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def hints(self) -> list[tuple[str, str, str]]:
        """Return the hints shown: action, key and label."""
        screen = self.screen
        if not isinstance(screen, ActionScreen):
            return []
        wanted = [(action.name, key, screen.label(action)) for action, key in screen.active_actions() if action.hinted]
        room = self.content_size.width
        help_hint = [hint for hint in wanted if hint[0] == "help"]
        room -= sum(_width(hint) for hint in help_hint)
        shown = []
        for hint in wanted:
            if hint in help_hint:
                continue
            if _width(hint) > room:
                break
            room -= _width(hint)
            shown.append(hint)
        return shown + help_hint

    def render(self) -> Content:
        """Draw the hints."""
        pieces: list[tuple[str, str]] = []
        for _name, key, label in self.hints():
            pieces += [(shown_key(key), "bold $accent"), (f" {label}  ", "")]
        return Content.assemble(*pieces)

    async def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        place = event.get_content_offset(self)
        left = 0
        for hint in self.hints():
            left += _width(hint)
            if place is not None and place.x < left:
                self.app.call_later(self.screen.run_action, f"do('{hint[0]}', '{hint[1]}')")
                return


def _width(hint: tuple[str, str, str]) -> int:
    return len(shown_key(hint[1])) + len(hint[2]) + 3
