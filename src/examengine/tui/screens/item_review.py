"""One item after the session: the response, the key, why, and for code its parts, tests and the submitted files."""

import contextlib
from collections.abc import Iterable, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.highlight import highlight
from textual.widget import Widget
from textual.widgets import Static

from examengine.bank.figure import Figure
from examengine.bank.markdown_figures import figures_with_words
from examengine.bank.stimulus import Stimulus
from examengine.core.errors import StoreError, UsageError
from examengine.delivery.drill_domain import drill_domain
from examengine.forms.form import Form
from examengine.itemtypes.widget import inline_content
from examengine.reports.session_report import ItemReport, OptionReport, SessionReport, SubmittedFile, TestReport
from examengine.reports.way_words import CERTAINTIES, attempt_lines
from examengine.reports.words import (
    MARKS,
    VERDICTS,
    duration,
    item_in_points,
    option_note,
    option_sign,
    part_line,
    printable,
)
from examengine.tui.actions import Action, bindings_of
from examengine.tui.screens.figure_actions import FigureActions
from examengine.tui.theme import FLAG_SIGN
from examengine.tui.widgets.figure import FigureView, ShownFigure, shown_figures
from examengine.tui.widgets.hanging_text import HangingText, Line, plain_line
from examengine.tui.widgets.hint_bar import HintBar
from examengine.tui.widgets.prose import Prose

_OUTPUT_LINES = 30


class OptionBlock(Horizontal):
    """One option (or answer) with its sign, what it was, and its rationale."""

    DEFAULT_CSS = """
    OptionBlock { height: auto; border-left: outer $panel; padding: 0 0 0 1; margin: 0 0 1 0; }
    OptionBlock.-key { border-left: outer $mark-right; }
    OptionBlock.-pick { border-left: outer $mark-wrong; }
    OptionBlock Vertical { width: 1fr; height: auto; }
    OptionBlock Static { height: auto; }
    OptionBlock .head { width: auto; }
    OptionBlock .why { color: $quiet; }
    """

    def __init__(self, option: OptionReport) -> None:
        kind = "-key" if option.is_key else "-pick" if option.is_picked else ""
        super().__init__(classes=kind)
        self._option = option

    def compose(self) -> ComposeResult:
        """Lay out sign and label, and beside them text and rationale."""
        option = self._option
        style = "bold $mark-right" if option.is_key else "bold $mark-wrong" if option.is_picked else ""
        note = option_note(option)
        head = Content.assemble((f"{option_sign(option)} ", style), (f"{option.label}  ", "bold"))
        yield Static(head, classes="head", markup=False)
        with Vertical():
            text = inline_content(printable(option.text)) if option.text else Content("")
            said = Content.styled(f"[{note}]", style) if note else Content("")
            yield Static(Content("  " if option.text and note else "").join([text, said]), markup=False)
            if option.rationale:
                yield Static(inline_content(printable(option.rationale)), classes="why", markup=False)


class ItemReviewScreen(FigureActions[int | None]):
    """Goes through the items of a list; the answer of the screen is the item it ended at."""

    PLACE = "item_review"
    BINDINGS = list(bindings_of(PLACE))  # noqa: RUF012 - Textual declares it so
    DEFAULT_CSS = """
    ItemReviewScreen .title-line { dock: top; height: 1; width: 100%; background: $panel; padding: 0 1; }
    ItemReviewScreen #panes { height: 1fr; }
    ItemReviewScreen #review { width: 1fr; height: 1fr; padding: 1 1 0 2; scrollbar-size-vertical: 1; }
    ItemReviewScreen #review Static { height: auto; }
    ItemReviewScreen Prose { padding: 0; margin: 0; height: auto; background: transparent; }
    ItemReviewScreen #options, ItemReviewScreen #figures { height: auto; }
    ItemReviewScreen FigureView { margin-bottom: 1; }
    ItemReviewScreen #outcome, ItemReviewScreen #references { margin: 0 0 1 0; }
    ItemReviewScreen #references { color: $quiet; }
    ItemReviewScreen #attempts, ItemReviewScreen #own-note { height: auto; margin: 0 0 1 0; }
    ItemReviewScreen #code { display: none; width: 1fr; height: 1fr; padding: 1 0 0 1; scrollbar-size: 1 1; }
    ItemReviewScreen #code { overflow-x: auto; }
    ItemReviewScreen #code Static { height: auto; width: auto; }
    ItemReviewScreen.-narrow.-on-code #code { display: block; }
    ItemReviewScreen.-narrow.-on-code #review { display: none; }
    ItemReviewScreen.-wide.-has-code #code { display: block; border-left: solid $panel; }
    ItemReviewScreen.-wide.-has-code.-on-code #code { border-left: solid $primary; }
    """

    def __init__(self, report: SessionReport, number: int, numbers: Sequence[int] | None = None) -> None:
        super().__init__()
        self._report = report
        self._numbers = list(numbers) if numbers else [item.number for item in report.items]
        self._place = self._numbers.index(number) if number in self._numbers else 0
        self._form: Form | None = None
        """What was sat, for its cases; none where the session is not in the store."""

    def compose(self) -> ComposeResult:
        """Lay out the item and the code."""
        yield Static("", classes="title-line", markup=False)
        with Horizontal(id="panes"):
            with VerticalScroll(id="review", can_focus=False):
                yield Static("", id="title", markup=False)
                yield Static("", id="case-title", markup=False)
                yield HangingText(id="outcome")
                yield Prose(id="stem")
                yield Vertical(id="figures")
                yield Static("", id="response", markup=False)
                yield HangingText(id="attempts")
                yield Vertical(id="options")
                yield Prose(id="rationale")
                yield HangingText(id="references")
                yield HangingText(id="own-note")
            with VerticalScroll(id="code", can_focus=False):
                yield Static("", id="code-text", markup=False)
        yield HintBar()

    async def on_mount(self) -> None:
        """Show the item asked for."""
        store = self.exam_app.services.store
        with contextlib.suppress(UsageError, StoreError):
            self._form = store.read_form(store.read_session(self._report.session).form_digest)
        await self._show()

    @property
    def item(self) -> ItemReport:
        """Return the item that is shown."""
        return self._report.items[self._numbers[self._place] - 1]

    def can(self, name: str) -> bool:
        """Stop at both ends; offer the code where there is some."""
        match name:
            case "next_item":
                return self._place + 1 < len(self._numbers)
            case "previous_item":
                return self._place > 0
            case "other_pane":
                return bool(self.item.files)
            case "case":
                return self._stimulus() is not None
            case "figure":
                return bool(self.figures_here())
        return True

    def figures_here(self) -> Sequence[ShownFigure]:
        """Return the figures of the item's stem, options and rationale."""
        texts = [self.item.stem, *(option.text for option in self.item.options), self.item.rationale]
        pairs: dict[str, str] = {}
        for name, words in (pair for text in texts if "![" in text for pair in figures_with_words(text)):
            pairs.setdefault(name, words)
        return shown_figures(pairs.items(), self._figures())

    def label(self, action: Action) -> str:
        """Say which pane comes next."""
        if action.name == "other_pane":
            return "Item" if self.has_class("-on-code") else "Code"
        return action.label

    async def action_next_item(self) -> None:
        """Go on."""
        self._place += 1
        await self._show()

    async def action_previous_item(self) -> None:
        """Go back."""
        self._place -= 1
        await self._show()

    def action_case(self) -> None:
        """Show the case that the item stands on."""
        from examengine.tui.screens.case import CaseScreen

        stimulus = self._stimulus()
        if stimulus is not None:
            self.app.push_screen(CaseScreen(stimulus, self._figures()))

    def action_other_pane(self) -> None:
        """Show the code, or the item again; where both are shown, scroll the other one."""
        self.toggle_class("-on-code")
        self.refresh_bindings()

    def action_drill(self) -> None:
        """Drill the domain of the item."""
        app, services, report = self.exam_app, self.exam_app.services, self._report
        domain = next((one for one in report.domains if one.id == self.item.domain), None)
        app.notice(f"Putting together a drill of {domain.title if domain else self.item.domain} …")
        wanted = self.item.domain
        app.background.run(
            self,
            lambda: drill_domain(services, report, wanted),
            lambda session: app.call_next(app.open_session, session),
            app.report,
        )

    def action_defect(self) -> None:
        """Write a note on a defect of the item."""
        from examengine.tui.screens.defect import DefectScreen

        self.app.push_screen(DefectScreen(self._report, self.item))

    def action_scroll_up(self) -> None:
        """Scroll up."""
        self._scroller().scroll_relative(y=-self._step(), animate=False)

    def action_scroll_down(self) -> None:
        """Scroll down."""
        self._scroller().scroll_relative(y=self._step(), animate=False)

    def action_back(self) -> None:
        """Go back to the results."""
        self.dismiss(self.item.number)

    def _figures(self) -> dict[str, Figure]:
        bank = self.item.id.split(".", 1)[0]
        return {one.name: one for one in self._report.figures if one.bank == bank}

    async def _show_figures(self, stem: str) -> None:
        holder = self.query_one("#figures", Vertical)
        await holder.remove_children()
        below = shown_figures(figures_with_words(stem) if "![" in stem else (), self._figures())
        await holder.mount_all(FigureView.for_app(shown, self.app, has_words=False) for shown in below)
        holder.display = bool(below)

    def _stimulus(self) -> Stimulus | None:
        if self._form is None or self.item.number > len(self._form.entries):
            return None
        return self._form.stimulus_of(self._form.entry(self.item.number))

    def _scroller(self) -> Widget:
        return self.query_one("#code" if self.has_class("-on-code") else "#review")

    def _step(self) -> int:
        return max(1, self._scroller().size.height // 3)

    async def _show(self) -> None:
        item = self.item
        self.set_class(bool(item.files), "-has-code")
        self.remove_class("-on-code")
        self.query_one(".title-line", Static).update(self._title_line(item))
        title = self.query_one("#title", Static)
        # A statement that begins with its own title needs no second one.
        title.display = bool(item.title) and item.title not in item.stem.split("\n", 1)[0]
        title.update(Content.styled(printable(item.title), "bold $primary"))
        stimulus = self._stimulus()
        case = self.query_one("#case-title", Static)
        case.display = stimulus is not None
        if stimulus is not None:
            case.update(Content.assemble(("Case: ", "$quiet"), printable(stimulus.title), "\n"))
        self.query_one("#response", Static).update(_response_content(item))
        self._show_lines("#attempts", [plain_line(line) for line in attempt_lines(item)])
        self._show_lines("#own-note", note_lines(item))
        self.query_one("#outcome", HangingText).set_lines(outcome_lines(item))
        self.query_one("#outcome").display = bool(item.parts or item.verdict)
        self.query_one("#references", HangingText).set_lines(references_lines(item.references))
        self.query_one("#code-text", Static).update(code_content(item.files))
        options = self.query_one("#options", Vertical)
        async with self.batch():
            await options.remove_children()
            await options.mount_all(OptionBlock(option) for option in item.options)
            await self.query_one("#stem", Prose).update(printable(item.stem))
            await self._show_figures(item.stem)
            await self.query_one("#rationale", Prose).update(printable(item.rationale))
        for name in ("#review", "#code"):
            self.query_one(name).scroll_home(animate=False)
        self.refresh_bindings()

    def _show_lines(self, name: str, lines: list[Line]) -> None:
        place = self.query_one(name, HangingText)
        place.set_lines(lines)
        place.display = bool(lines)

    def _title_line(self, item: ItemReport) -> Content:
        sign, word = MARKS[item.mark]
        of = "" if len(self._numbers) == len(self._report.items) else f" ({self._place + 1}/{len(self._numbers)})"
        pretest = "  pretest, unscored" if item.pretest else ""
        flag = f"  {FLAG_SIGN}" if item.flagged else ""
        changes = f", changed {item.changes}×" if item.changes else ""  # noqa: RUF001 - times
        return Content.assemble(
            (f"Item {item.number} of {len(self._report.items)}{of}  ", "bold"),
            (f"{sign} {word}", f"bold $mark-{item.mark}"),
            f"  {item_in_points(item)}{pretest}",
            (f"  {duration(item.seconds)} (expected {duration(item.expected_seconds)}){changes}", "$quiet"),
            (flag, "$accent"),
        )


def _response_content(item: ItemReport) -> Content:
    sure = f"\nYou were: {CERTAINTIES[item.certainty]}." if item.certainty else ""
    unseen = "" if item.seen else " (never seen)"
    return Content.assemble(
        ("Your response: ", "bold"), printable(item.response) or f"(blank){unseen}", (sure, "$quiet"), "\n"
    )


def note_lines(item: ItemReport) -> list[Line]:
    """Return what the candidate wrote beside the item."""
    if not item.note:
        return []
    return [plain_line("Your note", "bold"), *(plain_line(line) for line in printable(item.note).splitlines())]


def outcome_lines(item: ItemReport) -> list[Line]:
    """Return how the grading ended, each part with its tests, and what the code printed."""
    lines: list[Line] = []
    if item.verdict:
        isolation = f" Isolation level {item.isolation}." if item.isolation else ""
        meaning = VERDICTS.get(item.verdict, item.verdict)
        said = Content.assemble(
            ("Grading: ", "bold"), f"{meaning}. ", printable(item.message), (f"{isolation}", "$quiet")
        )
        lines.append(plain_line(said))
    for part in item.parts:
        mark = item.mark if item.mark in ("ungraded", "blank") else _part_mark(part.earned, part.possible)
        sign = Content.styled(f"{MARKS[mark][0]} ", f"bold $mark-{mark}")
        lines.append((sign, Content.styled(part_line(item, part), "bold")))
        lines += [line for test in item.tests if test.part == part.id for line in _test_lines(test)]
    lines += [line for test in item.tests if not test.part for line in _test_lines(test)]
    if item.output.strip():
        printed = printable(item.output).rstrip().splitlines()
        lines += [plain_line(""), plain_line("Your code printed", "bold")]
        lines += [(Content("  "), Content.styled(line, "$quiet")) for line in printed[:_OUTPUT_LINES]]
        if len(printed) > _OUTPUT_LINES:
            rest = f"… and {len(printed) - _OUTPUT_LINES} lines more"
            lines.append((Content("  "), Content.styled(rest, "$quiet")))
    return lines


def _part_mark(earned: float, possible: float) -> str:
    return "right" if earned == possible else "partial" if earned else "wrong"


def _test_lines(test: TestReport) -> Iterable[Line]:
    mark = "right" if test.outcome == "passed" else "wrong"
    word = "" if test.outcome == "passed" else f"  {test.outcome}"
    yield Content.styled(f"    {MARKS[mark][0]} ", f"$mark-{mark}"), Content(f"{printable(test.name)}{word}")
    for line in printable(test.message).splitlines():
        yield Content("      "), Content.styled(line, "$quiet")


def references_lines(references: Iterable[tuple[str, str]]) -> list[Line]:
    """Return titles and addresses, one a line."""
    return [
        (Content("See: "), Content(f"{printable(title)}{f' <{printable(url)}>' if url else ''}"))
        for title, url in references
    ]


def code_content(files: Iterable[SubmittedFile]) -> Content:
    """Return the files with line numbers and highlighting."""
    blocks: list[Content] = []
    for file in files:
        code = highlight(printable(file.text).rstrip("\n"), language="python")
        numbered = [
            Content.assemble((f"{number:>4}  ", "$quiet"), line)
            for number, line in enumerate(code.split("\n", allow_blank=True), start=1)
        ]
        blocks.append(Content("\n").join([Content.styled(f"{file.name} as submitted", "bold $primary"), *numbered]))
    return Content("\n\n").join(blocks)
