"""The page before an exam: its rules, where its figures come from, and the one key that starts the clock."""

from fractions import Fraction

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from examengine.bank.blueprint import CreditUpTo
from examengine.core.counted import counted
from examengine.core.errors import ExamEngineError
from examengine.delivery.missing_packages import missing_packages, missing_sentence
from examengine.delivery.start_session import PreparedSession, prepare_exam
from examengine.forms.form import Form, FormSection
from examengine.itemtypes.coding.model import Coding
from examengine.reports.words import breaks_line, duration, in_points, points
from examengine.tui.widgets.action_screen import ActionScreen
from examengine.tui.widgets.hanging_text import HangingText, Line, bullet, plain_line
from examengine.tui.widgets.hint_bar import HintBar

_STEP = 0.25
_LEAST, _MOST = 0.25, 10.0


class StartScreen(ActionScreen[None]):
    """Assembles the form at once and shows it; nothing is stored before the candidate begins."""

    PLACE = "start"

    def __init__(self, blueprint: str, seed: int | None = None, time_multiplier: float = 1.0) -> None:
        super().__init__()
        self._blueprint = blueprint
        self._seed = seed
        self._multiplier = time_multiplier
        self._prepared: PreparedSession | None = None

    def compose(self) -> ComposeResult:
        """Lay out a page that scrolls."""
        with VerticalScroll(id="page"):
            yield HangingText([plain_line(f"Assembling {self._blueprint} …")], id="rules")
        yield HintBar()

    def on_mount(self) -> None:
        """Assemble the form beside the screen."""
        services = self.exam_app.services

        def prepare() -> PreparedSession:
            return prepare_exam(services, self._blueprint, self._seed, self._multiplier)

        self.exam_app.background.run(self, prepare, self._show, self._fail)

    def can(self, name: str) -> bool:
        """Begin only what is assembled."""
        return name not in ("begin", "more_time", "less_time") or self._prepared is not None

    async def action_begin(self) -> None:
        """Store the session and open it: from here on the exam's clock runs."""
        prepared, self._prepared = self._prepared, None
        if prepared is None:
            return
        ready = PreparedSession(prepared.form, prepared.banks, self._multiplier)
        try:
            session = ready.store(self.exam_app.services)
        except ExamEngineError as error:
            self._prepared = prepared
            self.exam_app.report(error)
            return
        await self.exam_app.open_session(session)

    def action_more_time(self) -> None:
        """Lengthen every clock."""
        self._change_time(_STEP)

    def action_less_time(self) -> None:
        """Shorten every clock."""
        self._change_time(-_STEP)

    def action_scroll_up(self) -> None:
        """Scroll the page."""
        self.query_one("#page", VerticalScroll).scroll_relative(y=-5, animate=False)

    def action_scroll_down(self) -> None:
        """Scroll the page."""
        self.query_one("#page", VerticalScroll).scroll_relative(y=5, animate=False)

    def action_back(self) -> None:
        """Go home."""
        self.app.pop_screen()

    def _change_time(self, step: float) -> None:
        self._multiplier = min(_MOST, max(_LEAST, self._multiplier + step))
        if self._prepared is not None:
            self._show(self._prepared)

    def _show(self, prepared: PreparedSession) -> None:
        self._prepared = prepared
        self.query_one("#rules", HangingText).set_lines(page_lines(prepared.form, self._multiplier))
        self.refresh_bindings()

    def _fail(self, error: ExamEngineError) -> None:
        self.query_one("#rules", HangingText).set_lines(
            [
                plain_line("✗ This exam cannot be sat.", "bold $error"),
                plain_line(""),
                plain_line(error.message),
                plain_line(error.hint, "$quiet"),
            ]
        )


def page_lines(form: Form, multiplier: float) -> list[Line]:
    """Return the whole start page."""
    scored = [entry for entry in form.entries if not entry.pretest]
    pretest = len(form.entries) - len(scored)
    blocks = [plain_line(form.title, "bold $primary")]
    if form.status is not None:
        note = f"; {form.status.note}" if form.status.note else ""
        blocks.append(plain_line(f"Status: {form.status.state}, as of {form.status.as_of}{note}"))
    unscored = f" and {pretest} pretest items that count nowhere" if pretest else ""
    limit = "without a clock" if form.seconds is None else f"in {duration(form.seconds * multiplier)}"
    blocks.append(plain_line(f"{len(scored)} scored items{unscored}, {limit}."))
    missing = missing_packages(form)
    if missing:
        blocks.append(plain_line(f"! {missing_sentence(missing)}", "bold $warning"))
    if multiplier != 1:
        blocks.append(plain_line(f"Time multiplier: {multiplier:g} (every clock)", "bold $accent"))
    blocks += [plain_line(""), plain_line("Sections", "bold")]
    blocks += [bullet(section_line(form, section, multiplier)) for section in form.sections]
    blocks += [plain_line(""), plain_line("Rules", "bold")]
    blocks += [bullet(line) for line in rule_lines(form)]
    if form.facts:
        blocks += [plain_line(""), plain_line("What is known about the exam, and how well", "bold")]
        blocks += [bullet(Content.assemble(f"{fact.text} ", (f"[{fact.basis}]", "$quiet"))) for fact in form.facts]
    if form.sources:
        blocks += [plain_line(""), plain_line("Sources", "bold")]
        for source in form.sources:
            url = f" {source.url}" if source.url else ""
            blocks.append(bullet(f"{source.title}{url} (looked at on {source.verified})"))
    seed = f"Seed {form.seed}: the same seed and bank give the same form."
    return [*blocks, plain_line(""), plain_line(seed, "$quiet")]


def section_line(form: Form, section: FormSection, multiplier: float) -> str:
    """Return one section's size, time and rules in a line."""
    entries = form.entries_of(section.id)
    kind = "exercise" if all(isinstance(one.item, Coding) for one in entries) else "item"
    possible = sum((one.points for one in entries if not one.pretest), Fraction(0))
    parts = [counted(len(entries), kind), in_points(float(possible))]
    if form.seconds is not None:
        parts.append(duration(section.seconds * multiplier))
    if section.navigation == "linear":
        parts.append("forward only")
    if section.leave == "locks" and len(form.sections) > 1:
        parts.append("closes for good when you leave it")
    if section.calculator:
        parts.append("with a calculator")
    if section.materials:
        parts.append(f"materials: {section.materials}")
    return f"{section.title}: {', '.join(parts)}"


def rule_lines(form: Form) -> list[str]:
    """Return how the exam is run and scored."""
    lines = []
    if form.seconds is not None:
        reserve = form.seconds - sum(section.seconds for section in form.sections)
        if len(form.sections) > 1 and reserve > 0:
            lines.append(
                f"The exam's clock runs from the beginning; between sections too, for which {duration(reserve)} are in"
                " reserve."
            )
        lines.append("When the time is up, what you have entered is submitted; every change is saved as you make it.")
    lines.append(_interruption_line(form))
    breaks = breaks_line(form)
    if breaks:
        lines.append(breaks)
    if form.kind == "exam":
        scoring = form.scoring
        basis = "" if scoring.basis == "official" else f" [{scoring.basis}]"
        scale = f"{points(float(scoring.min))} to {points(float(scoring.max))}"
        lines.append(
            f"Scale {scale}, cut score {points(float(scoring.cut))} at {points(float(scoring.cut_raw_percent))} % of"
            f" the points{basis}."
        )
        titles = {section.id: section.title for section in form.sections}
        lines += [
            f"At least {points(float(floor))} % in {titles.get(name, name)}{basis}."
            for name, floor in scoring.section_floor_percent.items()
        ]
    when = "after each item" if form.feedback == "immediate" else "after the submission, never before"
    lines.append(f"Keys and rationales are shown {when}.")
    return lines


def _interruption_line(form: Form) -> str:
    match form.interruptions:
        case "credit":
            return "Leaving the program stops the clock; you resume with the time you had."
        case "charge":
            return "Leaving the program does not stop the clock."
        case CreditUpTo(credit_up_to=minutes):
            return f"Leaving the program stops the clock for up to {minutes:g} minutes in all; beyond that it goes on."
