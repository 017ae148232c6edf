"""Code in line mode: run it, try it, stop it, compare it, work on it in an editor or a folder of one's own."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from examengine.core.counted import counted
from examengine.core.evidence import TestOutcome
from examengine.delivery.code_folder import CodeFolder, default_folder
from examengine.delivery.exercise_files import ExerciseFiles
from examengine.delivery.external_editor import edit_outside, editor_command
from examengine.delivery.live_run import LiveRun
from examengine.delivery.run_samples import SCRATCH_START, run_samples, run_scratch
from examengine.delivery.services import Services
from examengine.delivery.sitting import Sitting
from examengine.itemtypes.coding.difference import differences
from examengine.itemtypes.coding.failure import failure_rows
from examengine.itemtypes.coding.model import Coding, CodingResponse
from examengine.itemtypes.spec import FileEdit
from examengine.plain.present import evidence_lines
from examengine.session import commands as cmd

if TYPE_CHECKING:
    from examengine.plain.session_loop import SessionLoop

T = TypeVar("T")
_WAIT_SECONDS = 0.05
_LOOK_SECONDS = 1.0
_NO_EXERCISE = "This item is no coding exercise."


class CodeDesk:
    """What line mode keeps of a session's code: the folders that are watched."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.folders: dict[int, CodeFolder] = {}
        self.asked: tuple[int, Path] | None = None
        """The folder whose files were named, and that is written at the second asking."""
        self._looked = 0.0

    def look(self, loop: "SessionLoop") -> None:
        """Take in what was saved in watched folders, once a second."""
        sitting = loop.sitting
        if not self.folders or not isinstance(sitting, Sitting):
            return
        now = sitting.now().monotonic
        if abs(now - self._looked) < _LOOK_SECONDS:
            return
        self._looked = now
        self.look_now(loop)

    def look_now(self, loop: "SessionLoop") -> None:
        """Take in what was saved in watched folders, as far as their items are open."""
        if not isinstance(loop.sitting, Sitting):
            return
        for number, folder in self.folders.items():
            state = loop.sitting.state
            if state.section != loop.sitting.form.entry(number).section or number in state.checked | state.locked:
                continue
            found = folder.look(_files(loop, number))
            for name, text in found.texts.items():
                if _take(loop, number, name, text):
                    folder.agree(name, text)
                    loop.say(f"Item {number}: {name} was saved in the folder and is taken.")
                else:
                    folder.refuse(name, text)
            for remark in found.remarks:
                loop.say(remark)


def read_code(loop: "SessionLoop", rest: str) -> None:
    """Read the code as it stands, or one file: the candidate's or a sample test."""
    number, item = _exercise(loop)
    if item is None:
        loop.say(_NO_EXERCISE)
        return
    own = _files(loop, number)
    known = {**own, **item.sample_tests}
    if rest and rest not in known:
        loop.say(f"There is no file {rest}; there is {', '.join(known)}.")
        return
    for name, text in ({rest: known[rest]} if rest else own).items():
        loop.say(f"{name}:")
        for line in text.splitlines():
            loop.say(line)


def run(loop: "SessionLoop", _rest: str) -> None:
    """Run the sample tests; Ctrl+C stops them."""
    number, item = _exercise(loop)
    if item is None or not item.sample_tests:
        loop.say("This item has no sample tests.")
        return
    loop.say("Running the sample tests. Ctrl+C stops them.")
    response = CodingResponse(files=_files(loop, number))
    live = LiveRun("samples", 0.0)
    evidence = _followed(
        loop,
        live,
        lambda: run_samples(
            loop.desk.services,
            item,
            response,
            cancel=live.cancel,
            on_output=live.take_output,
            on_progress=live.take_outcome,
        ),
    )
    if live.is_end_of(evidence):
        loop.say(f"Stopped after {evidence.seconds:.1f} seconds; nothing of the run goes on.")
        return
    passed = sum(test.outcome.value == "passed" for test in evidence.tests)
    loop.perform(cmd.NoteSamples(number, evidence.verdict.value, passed, len(evidence.tests)))
    head, *_rest_of_it = evidence_lines(evidence)
    loop.say(head)
    for test in evidence.tests:
        if test.message:
            loop.say(_outcome(test))
            for label, text in failure_rows(test.message):
                loop.say(f"  {label}: {text}" if label else f"  {text}")
    loop.say(f"It took {evidence.seconds:.1f} seconds.")


def try_out(loop: "SessionLoop", rest: str) -> None:
    """Run a scratch cell beside the code; Ctrl+C stops it."""
    number, item = _exercise(loop)
    if item is None:
        loop.say(_NO_EXERCISE)
        return
    if not rest:
        kept = loop.sitting.state.scratch.get(number, "")
        for line in kept.splitlines() or ["Nothing was tried yet. Say what to run, such as try print(1 + 1)."]:
            loop.say(line)
        return
    code = loop.lines_until(rest[2:].strip()) if rest.startswith("<<") else f"{SCRATCH_START}{rest}\n"
    loop.perform(cmd.KeepScratch(number, code))
    response = CodingResponse(files=_files(loop, number))
    live = LiveRun("scratch", 0.0)
    said = _followed(
        loop,
        live,
        lambda: run_scratch(loop.desk.services, item, response, code, cancel=live.cancel, on_output=live.take_output),
    )
    if said.ended == "stopped":
        loop.say(f"Stopped after {said.seconds:.1f} seconds; nothing of the run goes on.")
    elif said.ended == "finished":
        loop.say(f"Done in {said.seconds:.1f} seconds.")
    else:
        loop.say(f"It ended after {said.seconds:.1f} seconds: {said.message or said.ended}")


def diff(loop: "SessionLoop", _rest: str) -> None:
    """Say what has changed since the starter."""
    number, item = _exercise(loop)
    if item is None:
        loop.say(_NO_EXERCISE)
        return
    lines = differences(item.starter, _files(loop, number))
    if not lines:
        loop.say("Your code is the starter as it was given.")
    for line in lines:
        loop.say(line.signed)


def reset(loop: "SessionLoop", _rest: str) -> None:
    """Put the starter back."""
    number, item = _exercise(loop)
    if item is None:
        loop.say(_NO_EXERCISE)
        return
    if all(_take(loop, number, name, text) for name, text in item.starter.items()):
        loop.say("The starter is back.")


def edit(loop: "SessionLoop", rest: str) -> None:
    """Open the code in the person's own editor."""
    number, item = _exercise(loop)
    if item is None or not isinstance(loop.sitting, Sitting):
        loop.say(_NO_EXERCISE)
        return
    files = _files(loop, number)
    name = rest or next(iter(files))
    if name not in files:
        loop.say(f"There is no file {name}; there is {', '.join(files)}.")
        return
    command = editor_command(os.environ)
    if not command or not loop.has_terminal:
        loop.say("There is no editor here: set $VISUAL or $EDITOR in a terminal, or use folder or load.")
        return
    saves = 0

    def saved(text: str) -> None:
        nonlocal saves
        saves += _take(loop, number, name, text)

    for sentence in edit_outside(command, name, files[name], saved, loop.desk.services.home / "kept"):
        loop.say(sentence)
    loop.say(f"Back from the editor: {counted(saves, 'save')} taken.")


def folder(loop: "SessionLoop", rest: str) -> None:
    """Write the exercise to a folder and take in what is saved there; or stop that."""
    number, item = _exercise(loop)
    desk = loop.desk
    if item is None:
        loop.say(_NO_EXERCISE)
        return
    if rest == "stop":
        gone = desk.folders.pop(number, None)
        loop.say("No folder is watched." if gone is None else f"{gone.path} is not watched any more; its files stay.")
        return
    watched = desk.folders.get(number)
    if watched is not None and not rest:
        desk.look_now(loop)
        loop.say(f"{watched.path} is watched; saves taken: {watched.saves}.")
        return
    path = Path(rest).expanduser().absolute() if rest else default_folder(loop.sitting.row.id, item.id)
    made = CodeFolder(path, ExerciseFiles(desk.services.store.read_package(item.package_digest)))
    files = _files(loop, number)
    try:
        foreign = made.foreign(files)
        if foreign and desk.asked != (number, path):
            desk.asked = (number, path)
            loop.say(f"In {path} these differ from what would be written: {', '.join(foreign)}.")
            loop.say("Say it once more to write; they are kept beside, under other names.")
            return
        kept = made.write(files)
    except OSError as error:
        loop.say(f"{path} cannot be written: {error.strerror or error}.")
        return
    desk.asked = None
    desk.folders[number] = made
    if kept:
        loop.say(f"Kept beside: {', '.join(kept)}.")
    loop.say(f"Written to {path}. What is saved there is taken while the exercise is open; folder stop ends that.")


def _exercise(loop: "SessionLoop") -> tuple[int, Coding | None]:
    number = loop.current()
    if number is None:
        return 0, None
    item = loop.sitting.form.entry(number).item
    return number, item if isinstance(item, Coding) else None


def _files(loop: "SessionLoop", number: int) -> dict[str, str]:
    item = loop.sitting.form.entry(number).item
    response = CodingResponse.model_validate(loop.sitting.state.responses.get(number, {}))
    return dict(response.files or (item.starter if isinstance(item, Coding) else {}))


def _take(loop: "SessionLoop", number: int, name: str, text: str) -> bool:
    """Take a file's whole text as one edit; return whether it is on disk. A refusal is said."""
    change = FileEdit.between(name, _files(loop, number).get(name, ""), text)
    return change is None or loop.perform(cmd.EditFile(number, change)).refusal is None


def _followed(loop: "SessionLoop", live: LiveRun, work: Callable[[], T]) -> T:
    """Do work on a thread of its own, saying what it says; the first Ctrl+C stops it, a second one goes through."""
    done: list[T] = []
    failed: list[BaseException] = []

    def do() -> None:
        try:
            done.append(work())
        except BaseException as error:  # noqa: BLE001 - raised again by the thread that waits
            failed.append(error)
        finally:
            over.set()

    told: set[str] = set()
    said = 0
    # An event: a join that Ctrl+C interrupts takes a running thread for one that has ended.
    over = threading.Event()
    threading.Thread(target=do, name="code-run", daemon=True).start()
    while not over.is_set():
        try:
            over.wait(_WAIT_SECONDS)
            said = _say_new(loop, live, told, said, is_over=False)
        except KeyboardInterrupt:
            if live.is_stopped:
                raise
            live.stop()
    _say_new(loop, live, told, said, is_over=True)
    if failed:
        raise failed[0]
    return done[0]


def _say_new(loop: "SessionLoop", live: LiveRun, told: set[str], said: int, *, is_over: bool) -> int:
    progress = live.look()
    for outcome in progress.outcomes:
        if outcome.id not in told and not is_over:
            told.add(outcome.id)
            loop.say(_outcome(outcome))
    whole = len(progress.text) if is_over else progress.text.rfind("\n") + 1
    for line in progress.text[said:whole].splitlines():
        loop.say(f"  {line}")
    return max(said, whole)


def _outcome(outcome: TestOutcome) -> str:
    return f"{outcome.id.split('::', 1)[-1]}: {outcome.outcome.value}."
