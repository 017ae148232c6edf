"""A start pays for no picture: the picture libraries come in with the first figure that is drawn."""

import subprocess
import sys

_SHOWN = """
import sys
import examengine.tui.app, examengine.tui.screens.exam, examengine.tui.screens.figure
print(sorted(name for name in sys.modules if name.split(".")[0] in ("PIL", "textual_image")))
"""


def test_the_screens_are_imported_without_the_picture_libraries() -> None:
    ended = subprocess.run([sys.executable, "-c", _SHOWN], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"
