"""What there is to learn from an item whose response is final."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from examengine.itemtypes.widget import inline_content
from examengine.reports.session_report import ItemReport
from examengine.reports.words import MARKS, in_points, points


class FeedbackPane(VerticalScroll):
    """Mark and points, parts and tests for code, and the rationale with its references."""

    DEFAULT_CSS = """
    FeedbackPane { height: auto; display: none; padding: 1 1 0 1; border-top: solid $panel; margin-top: 1; }
    FeedbackPane.-shown { display: block; }
    """

    def __init__(self) -> None:
        super().__init__(id="feedback", can_focus=False)

    def compose(self) -> ComposeResult:
        """Lay out one text."""
        yield Static("", id="feedback-text", markup=False)

    def show_report(self, report: ItemReport, *, with_options: bool) -> None:
        """Show a report; the options too where the item's own widget does not."""
        self.query_one(Static).update(feedback_content(report, with_options=with_options))
        self.add_class("-shown")

    def show_wait(self) -> None:
        """Say that the code is being graded."""
        self.query_one(Static).update(Content("Grading with the hidden tests …"))
        self.add_class("-shown")

    def hide(self) -> None:
        """Show nothing."""
        self.remove_class("-shown")


def verdict_line(report: ItemReport) -> str:
    """Return mark and points in one line."""
    sign, word = MARKS[report.mark]
    return f"{sign} {word[:1].upper()}{word[1:]}: {points(report.earned)} of {in_points(report.possible)}"


def feedback_content(report: ItemReport, *, with_options: bool) -> Content:
    """Return the feedback as text."""
    # Where the options tell their own rationale, the verdict stands above them already.
    blocks = [Content.styled(verdict_line(report), f"bold $mark-{report.mark}")] if with_options else []
    if report.message:
        blocks.append(Content(report.message))
    for part in report.parts:
        whole = part.earned == part.possible
        part_sign = MARKS["right" if whole else "partial" if part.earned else "wrong"][0]
        blocks.append(
            Content(f"{part_sign} {part.title}: {part.basis}, {points(part.earned)} of {points(part.possible)}")
        )
    blocks += [
        Content(f"  ✗ {test.name}: {test.outcome}. {test.message}".rstrip())
        for test in report.tests
        if test.outcome != "passed"
    ]
    if with_options:
        for option in report.options:
            if option.rationale:
                head = f"{option.label} ({option.verdict})" if option.verdict else option.label
                blocks.append(Content.assemble((f"{head}: ", "bold"), inline_content(option.rationale)))
            elif option.label:
                blocks.append(Content.assemble((f"{option.verdict or 'key'}: ", "bold"), option.label))
    if blocks:
        blocks.append(Content(""))
    blocks.append(inline_content(report.rationale))
    for title, url in report.references:
        blocks.append(Content.styled(f"See: {title}{' <' + url + '>' if url else ''}", "$quiet"))
    return Content("\n").join(blocks)
