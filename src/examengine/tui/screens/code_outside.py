"""Work on an exercise outside of the program: in the person's own editor, or in a folder that is watched."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from examengine.delivery.external_editor import edit_outside, editor_command
from examengine.delivery.sitting import Sitting
from examengine.forms.form import FormEntry
from examengine.itemtypes.coding.model import Coding
from examengine.itemtypes.spec import FileEdit
from examengine.session import commands as cmd
from examengine.tui.screens.code_workspace import CodeWorkspace
from examengine.tui.screens.confirm import ConfirmScreen
from examengine.tui.screens.folder import FolderScreen, FolderWish

if TYPE_CHECKING:
    from examengine.delivery.code_folder import CodeFolder, Found

OUTSIDE = frozenset({"open_editor", "work_in_folder"})
_LOOK_SECONDS = 1.0


class CodeOutside(CodeWorkspace):
    """The actions that hand the code out; what comes back is taken as edits while the item is open."""

    def __init__(self) -> None:
        super().__init__()
        self._looking_at: set[int] = set()

    async def on_mount(self) -> None:
        """Look at the folders that are watched, as long as this screen is there."""
        self.set_interval(_LOOK_SECONDS, self.look_at_folders)

    def can_go_outside(self) -> bool:
        """Return whether the item on the screen is an exercise whose code may change."""
        entry = self.entry
        return isinstance(entry.item, Coding) and self.is_open(entry.number)

    @property
    def _folders(self) -> "dict[tuple[str, int], CodeFolder]":
        return self.exam_app.code_folders

    def show_code_extras(self, entry: FormEntry) -> None:
        """Show what the runs have said, and which folder is watched."""
        super().show_code_extras(entry)
        self.show_folder_status()

    def show_folder_status(self) -> None:
        """Say below the editor which folder is watched."""
        view = self.code_view
        if view is None:
            return
        folder = self._folders.get((self._sitting.row.id, self.entry.number))
        if folder is None:
            view.show_status("")
        else:
            taken = {0: "no save taken yet", 1: "1 save taken"}.get(folder.saves, f"{folder.saves} saves taken")
            view.show_status(f"Folder watched, {taken}: {_short(folder.path)}")

    def action_open_editor(self) -> None:
        """Open the file in the person's editor, and come back with what was saved."""
        view, sitting, number = self.code_view, self._sitting, self.entry.number
        command = editor_command(os.environ)
        if view is None or not isinstance(sitting, Sitting):
            return
        if not command:
            self.exam_app.notice("No editor was found: set $VISUAL or $EDITOR, or use the folder.", is_warning=True)
            return
        name = view.file if view.file in view.texts else next(iter(view.texts))
        saves = _SavesOf(sitting, number, name, view.texts[name])
        try:
            with self.app.suspend():
                told = edit_outside(command, name, view.texts[name], saves.take, self.exam_app.services.home / "kept")
        except SuspendNotSupported:
            self.exam_app.notice(
                "An editor of your own needs a terminal, which this window is not. "
                "Use the folder instead: it takes in what any program saves there.",
                is_warning=True,
            )
            return
        self.app.refresh(layout=True)
        for sentence in [*told, *saves.told]:
            self.exam_app.notice(sentence, is_warning=True)
        if self.app.screen is self and number == self.entry.number:
            view.show_taken(name, saves.text)

    def action_work_in_folder(self) -> None:
        """Ask for the folder."""
        from examengine.delivery.code_folder import default_folder

        sitting, entry = self._sitting, self.entry
        watched = self._folders.get((sitting.row.id, entry.number))
        path = watched.path if watched is not None else default_folder(sitting.row.id, entry.item.id)
        screen = FolderScreen(_short(path), is_watched=watched is not None)
        self.app.push_screen(screen, lambda wish: self._folder_chosen(entry.number, wish))

    def look_at_folders(self) -> None:
        """Look beside the screen whether something was saved in a watched folder."""
        for (session, number), folder in self._folders.items():
            if session == self._sitting.row.id and number not in self._looking_at and self._may_change(number):
                self._looking_at.add(number)
                texts = self._texts_of(number)
                self.exam_app.background.run(
                    self,
                    lambda folder=folder, texts=texts: folder.look(texts),  # type: ignore[misc]
                    lambda found, folder=folder, number=number: self._found(number, folder, found),  # type: ignore[misc]
                    self.exam_app.report,
                )

    def _folder_chosen(self, number: int, wish: FolderWish | None) -> None:
        if wish is None:
            return
        if wish.path is None:
            self._folders.pop((self._sitting.row.id, number), None)
            self.exam_app.notice("The folder is not watched any more; its files stay.")
            self.show_folder_status()
            return
        from examengine.delivery.code_folder import CodeFolder
        from examengine.delivery.exercise_files import ExerciseFiles

        item = self._sitting.form.entry(number).item
        if not isinstance(item, Coding):
            return
        package = self.exam_app.services.store.read_package(item.package_digest)
        folder = CodeFolder(Path(wish.path).expanduser().absolute(), ExerciseFiles(package))
        try:
            foreign = folder.foreign(self._texts_of(number))
        except OSError as error:
            self._not_written(folder.path, error)
            return
        if not foreign:
            self._write(number, folder)
            return
        body = (
            f"In {_short(folder.path)} these differ from what would be written: {', '.join(foreign)}. "
            "They are kept beside, under other names."
        )
        question = ConfirmScreen("Write over files that are there?", body, "Write")
        self.app.push_screen(question, lambda yes: self._write(number, folder) if yes else None)

    def _write(self, number: int, folder: "CodeFolder") -> None:
        try:
            kept = folder.write(self._texts_of(number))
        except OSError as error:
            self._not_written(folder.path, error)
            return
        self._folders[self._sitting.row.id, number] = folder
        beside = f" Kept beside: {', '.join(kept)}." if kept else ""
        self.exam_app.notice(f"Written to {folder.path}. What is saved there comes into your exam.{beside}")
        self.show_folder_status()

    def _not_written(self, path: Path, error: OSError) -> None:
        self.exam_app.notice(f"{path} cannot be written: {error.strerror or error}.", is_warning=True)

    def _found(self, number: int, folder: "CodeFolder", found: "Found") -> None:
        self._looking_at.discard(number)
        if not self._may_change(number):
            return
        for name, text in found.texts.items():
            if self.take_text(number, name, text):
                folder.agree(name, text)
            else:
                folder.refuse(name, text)
        for remark in found.remarks:
            self.exam_app.notice(remark, is_warning=True)
        if found.texts and number == self.entry.number:
            self.show_folder_status()

    def _texts_of(self, number: int) -> dict[str, str]:
        item = self._sitting.form.entry(number).item
        return dict(self.response_of(number).files or (item.starter if isinstance(item, Coding) else {}))

    def _may_change(self, number: int) -> bool:
        state = self._sitting.state
        is_here = state.section == self._sitting.form.entry(number).section and state.pause is None
        return is_here and self.is_open(number)


class _SavesOf:
    """Takes each save of an editor into the session, on the thread that watches it."""

    def __init__(self, sitting: Sitting, number: int, name: str, text: str) -> None:
        self._sitting = sitting
        self._number = number
        self._name = name
        self.text = text
        self.told: list[str] = []

    def take(self, text: str) -> None:
        """Keep a save as an edit."""
        from examengine.core.errors import StoreError

        edit = FileEdit.between(self._name, self.text, text)
        if edit is None:
            return
        try:
            refusal = self._sitting.perform(cmd.EditFile(self._number, edit)).refusal
        except StoreError as error:
            self.told = [f"A save of the editor was not taken: {error}"]
            return
        if refusal is None:
            self.text = text
        else:
            self.told = [f"A save of the editor was not taken: {refusal.message}"]


def _short(path: Path) -> str:
    try:
        return f"~/{path.relative_to(Path.home())}"
    except ValueError:
        return str(path)
