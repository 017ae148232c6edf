"""The page before and between sections: what comes next, while the exam's own clock runs."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from examengine.core.errors import StoreError
from examengine.delivery.sitting import Sitting
from examengine.forms.form import FormSection
from examengine.reports.words import duration
from examengine.session import commands as cmd
from examengine.session.standing import counts, standings
from examengine.tui.screens.start import section_line
from examengine.tui.widgets.action_screen import ActionScreen
from examengine.tui.widgets.exam_header import ExamHeader
from examengine.tui.widgets.hanging_text import HangingText, Line, bullet, plain_line
from examengine.tui.widgets.hint_bar import HintBar

_SUBMIT = "submit:"
_WHY_CLOSED = {"left": "closed, you left it", "time_up": "closed, its time was up", "submitted": "closed"}


class SectionPage(ActionScreen[None]):
    """Sections that are done, the next one with its rules, and the note about the reserve."""

    PLACE = "section"

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._sitting = sitting

    def compose(self) -> ComposeResult:
        """Lay out header, page and list."""
        yield ExamHeader(self._sitting, self._place)
        with Vertical(id="page"):
            yield HangingText(self._lines())
            yield OptionList(*self._options(), id="sections")
        yield HintBar()

    def _place(self) -> tuple[str, str]:
        is_first = not self._sitting.state.section_used
        return self._sitting.form.title, "before the first section" if is_first else "between sections"

    def on_mount(self) -> None:
        """Take over the choice about the clock."""
        self.query_one(ExamHeader).is_clock_hidden = self.exam_app.is_clock_hidden
        self.query_one(OptionList).highlighted = 0
        self.query_one(OptionList).focus()

    def action_begin(self) -> None:
        """Open the marked section."""
        self.query_one(OptionList).action_select()

    def action_toggle_clock(self) -> None:
        """Hide or show the clock."""
        self.exam_app.is_clock_hidden = not self.exam_app.is_clock_hidden
        self.query_one(ExamHeader).is_clock_hidden = self.exam_app.is_clock_hidden

    def action_leave(self) -> None:
        """Ask, then leave."""
        from examengine.tui.screens.confirm import ask_to_leave

        ask_to_leave(self.exam_app, self._sitting)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if event.option_id == _SUBMIT:
            from examengine.tui.screens.confirm import ConfirmScreen

            self.app.push_screen(
                ConfirmScreen("Submit the exam?", "It ends for good and is scored.", "Submit"),
                lambda yes: self._perform(cmd.Submit()) if yes else None,
            )
        else:
            self._perform(cmd.OpenSection((event.option_id or "").removeprefix("section:")))

    def _perform(self, command: cmd.Command) -> None:
        try:
            decision = self._sitting.perform(command)
        except StoreError as error:
            self.exam_app.report(error)
            return
        if decision.refusal is not None:
            self.exam_app.notice(decision.refusal.message, is_warning=True)

    def _open_sections(self) -> list[FormSection]:
        closed = self._sitting.state.sections_closed
        return [section for section in self._sitting.form.sections if section.id not in closed]

    def _options(self) -> list[Option]:
        found = self._open_sections()
        if found and found[0].leave == "locks":
            found = found[:1]
        options = [Option(Content(f"Begin: {section.title}"), f"section:{section.id}") for section in found]
        if any(self._sitting.state.section_used.get(section.id) for section in found):
            options.append(Option(Content("Submit the exam"), _SUBMIT))
        return options

    def _lines(self) -> list[Line]:
        form, state = self._sitting.form, self._sitting.state
        lines: list[Line] = []
        for section in form.sections:
            if section.id in state.sections_closed:
                done = counts(standings(form, state, section.id))
                why = _WHY_CLOSED.get(state.sections_closed[section.id], "closed")
                lines.append(bullet(f"{section.title}: {why}; {done['answered']} answered.", "✓", "$success"))
            else:
                lines.append(bullet(section_line(form, section, state.time_multiplier), "▸", "$accent"))
            lines.append(plain_line(""))
        if form.seconds is not None:
            sections = sum(section.seconds for section in self._open_sections()) * state.time_multiplier
            lines.append(
                plain_line(
                    "The exam's clock is running. A section's own clock starts when you begin it. The sections to come"
                    f" need {duration(sections)}; what the exam's clock holds beyond that is your reserve."
                )
            )
            lines.append(plain_line(""))
        return lines
