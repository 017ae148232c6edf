"""The runs of an exercise in the exam room: sample tests and scratch cell, followed while they go on, and stopped."""

from textual import on
from textual.timer import Timer

from examengine.core.errors import ExamEngineError, StoreError
from examengine.core.evidence import Evidence, TestStatus
from examengine.delivery.live_run import WORDS, Kind, LiveRun
from examengine.delivery.looking import Looking
from examengine.delivery.run_samples import SCRATCH_START, run_samples, run_scratch
from examengine.delivery.sitting import Sitting
from examengine.forms.form import FormEntry
from examengine.grading.scratch import ScratchRun
from examengine.itemtypes.coding.model import Coding, CodingResponse
from examengine.itemtypes.coding.widget import CodingView
from examengine.itemtypes.coding.widget_output import OutputPane
from examengine.session import commands as cmd
from examengine.session.decide import Decision
from examengine.tui.widgets.action_screen import ActionScreen
from examengine.tui.widgets.item_pane import ItemPane

_LOOK_SECONDS = 0.1
"""How often what a run says comes on the screen."""


class CodeRuns(ActionScreen[None]):
    """The actions that run code; the exam screen gives session, item and the way to send commands."""

    _sitting: Sitting | Looking

    def __init__(self) -> None:
        super().__init__()
        self.runs: dict[int, LiveRun] = {}
        """What runs, by item."""
        self.said: dict[int, Evidence | ScratchRun] = {}
        """What the last run of an item came to."""
        self._stopped: set[int] = set()
        """Items whose last run was stopped."""
        self._tests_shown: dict[int, int] = {}
        self._run_timer: Timer | None = None

    @property
    def entry(self) -> FormEntry:
        """Return the item on the screen."""
        raise NotImplementedError

    def perform(self, command: cmd.Command) -> Decision | None:
        """Send a command."""
        raise NotImplementedError

    @property
    def code_view(self) -> CodingView | None:
        """Return the workspace, where the item is an exercise."""
        view = self.query_one(ItemPane).view
        return view if isinstance(view, CodingView) else None

    def response_of(self, number: int) -> CodingResponse:
        """Return the files of an exercise as they are on disk."""
        return CodingResponse.model_validate(self._sitting.state.responses.get(number, {}))

    def is_open(self, number: int) -> bool:
        """Return whether the response of an item may still change."""
        state = self._sitting.state
        return isinstance(self._sitting, Sitting) and number not in state.checked | state.locked

    def show_code_extras(self, entry: FormEntry) -> None:
        """Show what the runs of an exercise have said, when it comes on the screen."""
        if entry.number in self.runs:
            self.show_run()
        elif entry.number in self.said:
            self.show_said(entry.number)

    def stop_all_runs(self) -> None:
        """End everything that runs."""
        for run in self.runs.values():
            run.stop()

    def on_unmount(self) -> None:
        """Leave nothing running behind."""
        self.stop_all_runs()

    def on_screen_suspend(self) -> None:
        """Keep what is in the scratch cell before another screen comes up: it may lead out."""
        view = self.code_view if self.query_one(ItemPane).entry is not None else None
        if view is not None and view.is_scratch_shown:
            self._keep_scratch(self.entry.number, view.scratch.text)

    def action_run_samples(self) -> None:
        """Run the sample tests beside the screen."""
        entry, services = self.entry, self.exam_app.services
        if not isinstance(entry.item, Coding):
            return
        item, number, response = entry.item, entry.number, self.response_of(entry.number)
        run = self._begin("samples", number)
        self.exam_app.background.run(
            self,
            lambda: run_samples(
                services,
                item,
                response,
                cancel=run.cancel,
                on_output=run.take_output,
                on_progress=run.take_outcome,
            ),
            lambda evidence: self._samples_done(number, run, evidence),
            lambda error: self._run_failed(number, error),
        )

    def action_run_scratch(self) -> None:
        """Run the scratch cell beside the screen."""
        entry, view, services = self.entry, self.code_view, self.exam_app.services
        if not isinstance(entry.item, Coding) or view is None:
            return
        item, number, response = entry.item, entry.number, self.response_of(entry.number)
        code = view.scratch.text
        self._keep_scratch(number, code)
        run = self._begin("scratch", number)
        self.exam_app.background.run(
            self,
            lambda: run_scratch(services, item, response, code, cancel=run.cancel, on_output=run.take_output),
            lambda said: self._scratch_done(number, said),
            lambda error: self._run_failed(number, error),
        )

    def action_stop_run(self) -> None:
        """End what runs for the item on the screen."""
        run = self.runs.get(self.entry.number)
        if run is not None:
            run.stop()

    def action_scratch_cell(self) -> None:
        """Open the scratch cell, or close it where it has the keys."""
        view = self.code_view
        if view is None:
            return
        if view.is_scratch_shown and view.scratch.has_focus:
            view.hide_scratch()
        else:
            number = self.entry.number
            shown = view.scratch.text if view.is_scratch_shown else None
            kept = self._sitting.state.scratch.get(number, SCRATCH_START)
            view.show_scratch(kept if shown is None else shown, number)
        self.refresh_bindings()

    def action_show_test(self) -> None:
        """Show the source of the next failed sample test."""
        view, number = self.code_view, self.entry.number
        failed = self.failed_tests(number)
        if view is not None and failed:
            place = self._tests_shown.get(number, 0) % len(failed)
            self._tests_shown[number] = place + 1
            view.show_test(failed[place])

    @on(CodingView.ScratchLeft)
    def _scratch_left(self, event: CodingView.ScratchLeft) -> None:
        event.stop()
        self._keep_scratch(event.owner, event.text)
        self.refresh_bindings()

    @on(OutputPane.StopChosen)
    def _stop_chosen(self, event: OutputPane.StopChosen) -> None:
        event.stop()
        self.action_stop_run()

    def _keep_scratch(self, number: int, text: str) -> None:
        sitting = self._sitting
        if not isinstance(sitting, Sitting) or sitting.state.scratch.get(number, SCRATCH_START) == text:
            return
        try:
            refusal = sitting.perform(cmd.KeepScratch(number, text)).refusal
        except StoreError as error:
            self.exam_app.report(error)
            return
        if refusal is not None and refusal.code == "scratch-too-long":
            self.exam_app.notice(refusal.message, is_warning=True)

    def _begin(self, kind: Kind, number: int) -> LiveRun:
        run = self.runs[number] = LiveRun(kind, self._sitting.now().monotonic)
        if self._run_timer is None:
            self._run_timer = self.set_interval(_LOOK_SECONDS, self.show_run)
        self.show_run()
        self.refresh_bindings()
        return run

    def show_run(self) -> None:
        """Show what the run of the item on the screen has said so far."""
        view, run = self.code_view, self.runs.get(self.entry.number)
        if view is not None and run is not None:
            said = run.look()
            seconds = self._sitting.now().monotonic - run.began
            view.show_run(WORDS[run.kind], seconds, said.outcomes, said.text)

    def _ended(self, number: int) -> LiveRun | None:
        run = self.runs.pop(number, None)
        if not self.runs and self._run_timer is not None:
            self._run_timer.stop()
            self._run_timer = None
        return run

    def _run_failed(self, number: int, error: ExamEngineError) -> None:
        self._ended(number)
        self.exam_app.report(error)
        view = self.code_view
        if view is not None and number == self.entry.number:
            view.output.hide()
            self.show_code_extras(self.entry)
        self.refresh_bindings()

    def _samples_done(self, number: int, run: LiveRun, evidence: Evidence) -> None:
        self._ended(number)
        is_stopped = run.is_end_of(evidence)
        said = run.look()
        if is_stopped:
            # What was told before the end stays on the screen; nothing is put on record.
            evidence = evidence.model_copy(update={"tests": said.outcomes, "output": said.text})
            self._stopped.add(number)
        else:
            self._stopped.discard(number)
        self.said[number] = evidence
        self._tests_shown.pop(number, None)
        passed = sum(test.outcome is TestStatus.PASSED for test in evidence.tests)
        if not is_stopped and self._sitting.state.section == self._sitting.form.entry(number).section:
            self.perform(cmd.NoteSamples(number, evidence.verdict.value, passed, len(evidence.tests)))
        self._tell_end(number, f"{passed} of {len(evidence.tests)} sample tests passed.")

    def _scratch_done(self, number: int, said: ScratchRun) -> None:
        run = self._ended(number)
        if run is not None and said.ended == "stopped":
            said = said.model_copy(update={"output": run.look().text})
        self.said[number] = said
        self._tell_end(number, f"the scratch cell has ended ({said.ended}).")

    def _tell_end(self, number: int, text: str) -> None:
        if number == self.entry.number:
            self.show_said(number)
        else:
            self.exam_app.notice(f"Item {number}: {text}")
        self.refresh_bindings()

    def show_said(self, number: int) -> None:
        """Show what the last run of an item came to."""
        view, said = self.code_view, self.said[number]
        if view is None:
            return
        if isinstance(said, Evidence):
            view.output.show_evidence(said, is_stopped=number in self._stopped)
        else:
            view.output.show_scratch(said.ended, said.message, said.output, said.seconds)

    def failed_tests(self, number: int) -> list[str]:
        """Return the sample tests that failed in the last run of an item, by their ids."""
        said = self.said.get(number)
        if not isinstance(said, Evidence):
            return []
        return [test.id for test in said.tests if test.outcome not in (TestStatus.PASSED, TestStatus.SKIPPED)]
