"""The calculator, where the section allows one: a line to type into, and a tape of what came before."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from examengine.delivery.calculator import Line, calculate, function_names
from examengine.itemtypes.text_fields import LineField
from examengine.tui.widgets.action_screen import ActionModal
from examengine.tui.widgets.hint_bar import HintBar

_LONGEST = 200


class CalculatorScreen(ActionModal[None]):
    """Enter computes; the tape outlives the screen, for its owner keeps it."""

    PLACE = "calculator"
    DEFAULT_CSS = """
    CalculatorScreen #tape { height: 9; margin: 1 0; }
    CalculatorScreen #tape-text { height: auto; }
    CalculatorScreen #functions { height: auto; color: $quiet; margin-top: 1; }
    """

    def __init__(self, tape: list[Line]) -> None:
        super().__init__()
        self._tape = tape

    def compose(self) -> ComposeResult:
        """Lay out tape, field and the functions."""
        with Vertical(classes="dialog"):
            yield Static(Content.styled("Calculator", "bold $primary"), markup=False)
            with VerticalScroll(id="tape", can_focus=False):
                yield Static("", id="tape-text", markup=False)
            yield LineField(placeholder="such as 12/(12+3) or sqrt(0.2*0.8/50)", max_length=_LONGEST, id="sum")
            yield Static(
                Content(f"+ - * / ^ ( ); ans is the result before. {' '.join(function_names())}"),
                id="functions",
                markup=False,
            )
        yield HintBar()

    def on_mount(self) -> None:
        """Show the tape."""
        self._show()
        self.query_one(Input).focus()

    def action_compute(self) -> None:
        """Compute what was typed."""
        field = self.query_one(Input)
        if not field.value.strip():
            return
        before = next((one.value for one in reversed(self._tape) if one.value is not None), None)
        line = calculate(field.value, before)
        self._tape.append(line)
        if line.value is not None:
            field.value = ""
        self._show()

    def action_clear(self) -> None:
        """Empty field and tape."""
        self._tape.clear()
        self.query_one(Input).value = ""
        self._show()

    def action_back(self) -> None:
        """Close."""
        self.dismiss(None)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_compute()

    def _show(self) -> None:
        lines = [
            Content.assemble(
                (f"{one.typed}\n", "$quiet"),
                (
                    f"  = {one.result}" if one.value is not None else f"  ! {one.result}",
                    "bold" if one.value is not None else "$error",
                ),
            )
            for one in self._tape
        ]
        self.query_one("#tape-text", Static).update(Content("\n").join(lines))
        self.query_one("#tape").scroll_end(animate=False)
