"""What a run says: printed text and each test's outcome as they come, then the whole."""

import re
from collections.abc import Mapping, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from examengine.core.evidence import Evidence, TestOutcome, TestStatus
from examengine.itemtypes.coding.failure import failure_rows
from examengine.itemtypes.widget import QUIET

_SIGNS = {TestStatus.PASSED: ("✓", "$success"), TestStatus.SKIPPED: ("·", QUIET)}
_LIVE_LINES = 200
"""While a run goes on, the last lines are shown; all of them when it has ended."""
_COUNT = re.compile(r"All tests passed\.|\d+ of \d+ tests (passed|failed)\.")
"""Messages that say no more than the title does."""
_STOP = "[■ Stop]"


class OutputPane(VerticalScroll):
    """A title line above the text; test names lead to their source."""

    DEFAULT_CSS = """
    OutputPane { height: auto; min-height: 4; max-height: 40%; border-top: solid $panel; padding: 0 1; display: none; }
    OutputPane.-shown { display: block; }
    OutputPane:focus { border-top: solid $primary; }
    OutputPane #output-head { dock: top; height: 1; width: 100%; text-wrap: nowrap; text-overflow: ellipsis; }
    OutputPane #outcome { height: auto; }
    """

    class TestChosen(Message):
        """The source of a test is wanted."""

        def __init__(self, test: str) -> None:
            super().__init__()
            self.test = test

    class StopChosen(Message):
        """The run is to end."""

    def __init__(self) -> None:
        super().__init__(id="output")
        self._shown: tuple[str, int, int, int] | None = None
        """What of a run is on the screen."""

    def compose(self) -> ComposeResult:
        """Lay out the title, which stays, and the text."""
        yield Static("", id="output-head", markup=False)
        yield Static("", id="outcome", markup=False)

    def hide(self) -> None:
        """Take the pane off the screen."""
        self._shown = None
        self.remove_class("-shown")

    def show_running(self, what: str, seconds: float, outcomes: Sequence[TestOutcome], text: str) -> None:
        """Show what a run has said so far."""
        shown = (what, int(seconds), len(outcomes), len(text))
        if shown == self._shown:
            return
        self._shown = shown
        place = self.scroll_y if self.scroll_y >= self.max_scroll_y else None
        stop = Content.styled(_STOP, "bold $accent").stylize(Style.from_meta({"stop": "yes"}))
        head = Content.assemble(stop, f" Running {what} … {seconds:.0f} s; you can go on working.")
        lines = text.splitlines()
        left_out = max(0, len(lines) - _LIVE_LINES)
        pieces = [line for one in outcomes for line in _test_lines(one)]
        if left_out:
            pieces.append(Content.styled(f"… {left_out:,} lines above", QUIET))
        pieces += [Content(f"  {line}") for line in lines[left_out:]]
        self._show(head, pieces)
        if place is not None:
            self.call_after_refresh(self._follow, place)

    def show_evidence(self, evidence: Evidence, *, is_stopped: bool = False) -> None:
        """Show the outcome of each sample test, and what the code printed."""
        self._shown = None
        head, *pieces = _evidence_lines(evidence, is_stopped=is_stopped)
        self._show(head, pieces)
        self.scroll_home(animate=False)

    def show_scratch(self, ended: str, message: str, output: str, seconds: float) -> None:
        """Show what became of the scratch cell."""
        self._shown = None
        pieces: list[Content] = []
        if message and ended not in ("raised", "stopped"):
            pieces.append(Content(message))
        pieces += [Content(f"  {line}") for line in output.splitlines()]
        if not output.strip() and ended == "finished":
            pieces.append(Content.styled("  It printed nothing.", QUIET))
        self._show(_scratch_head(ended, seconds), pieces)
        if ended == "raised":
            # What was raised stands at the end of the trace.
            self.call_after_refresh(self.scroll_end, animate=False)
        else:
            self.scroll_home(animate=False)

    def on_click(self, event: events.Click) -> None:
        """Stop the run, or show the source of a test."""
        meta: Mapping[str, object] = event.style.meta
        if "stop" in meta:
            self.post_message(self.StopChosen())
        elif "test" in meta:
            self.post_message(self.TestChosen(str(meta["test"])))

    def _follow(self, place: float) -> None:
        """Go to the end, unless somebody has scrolled meanwhile."""
        if self.scroll_y == place:
            self.scroll_end(animate=False)

    def _show(self, head: Content, pieces: Sequence[Content]) -> None:
        self.add_class("-shown")
        self.query_one("#output-head", Static).update(head)
        self.query_one("#outcome", Static).update(Content("\n").join(pieces))


def _evidence_lines(evidence: Evidence, *, is_stopped: bool) -> list[Content]:
    """Return the outcome of a run: one line a test, and below a failed one what was called, expected and given."""
    passed = sum(test.outcome is TestStatus.PASSED for test in evidence.tests)
    took = f"{evidence.seconds:.1f} s"
    head = f"Sample tests: {passed} of {len(evidence.tests)} passed ({took})."
    if is_stopped:
        head = f"Stopped after {took}; nothing of the run goes on."
    elif not evidence.tests:
        head = f"Sample tests: {evidence.verdict.value} ({took})."
    pieces: list[Content] = [Content.styled(head, "bold")]
    if evidence.message and not is_stopped and not _COUNT.fullmatch(evidence.message):
        pieces.append(Content(evidence.message))
    for test in evidence.tests:
        pieces += _test_lines(test)
    if evidence.output.strip():
        pieces.append(Content.styled("Printed:", "bold"))
        pieces += [Content(f"  {line}") for line in evidence.output.splitlines()]
    return pieces


def _test_lines(test: TestOutcome) -> list[Content]:
    sign, colour = _SIGNS.get(test.outcome, ("✗", "$error"))
    name = test.id.split("::", 1)[-1]
    head = Content.styled(f"{sign} {name} {test.outcome.value}", f"bold {colour}")
    lines = [head.stylize(Style.from_meta({"test": test.id}))]
    for label, text in failure_rows(test.message) if test.message else []:
        first, *rest = text.splitlines() or [""]
        width = len("expected") + 2 if label else 0
        lines.append(Content.assemble("  ", (f"{label:<{width}}", QUIET), first))
        lines += [Content(f"  {'':<{width}}{line}") for line in rest]
    return lines


def _scratch_head(ended: str, seconds: float) -> Content:
    took = f"({seconds:.1f} s)"
    match ended:
        case "finished":
            return Content.styled(f"✓ Scratch cell: done {took}.", "bold $success")
        case "raised":
            return Content.styled(f"✗ Scratch cell: an exception {took}.", "bold $error")
        case "stopped":
            return Content.styled(f"Stopped after {seconds:.1f} s; nothing of the run goes on.", "bold")
        case _:
            return Content.styled(f"✗ Scratch cell: {ended} {took}.", "bold $error")
