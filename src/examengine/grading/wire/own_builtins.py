"""The language's own functions, kept for this program: tests replace them to see that a submission does without."""

import builtins
import sys
from typing import Final

_CALLERS_CHOICE: Final = frozenset({"open", "input", "print", "eval", "exec", "compile", "breakpoint", "exit", "quit"})
"""What the judge or the candidate replaces on purpose, or looks up anew at each use."""


def keep_builtins() -> None:
    """Let every loaded module of the grading use the functions as they are now, whatever tests put in their place."""
    kept = {
        name: value
        for name, value in vars(builtins).items()
        if not name.startswith("_") and name not in _CALLERS_CHOICE and callable(value)
    }
    for name, module in list(sys.modules.items()):
        if name.startswith("examengine.grading."):
            names = vars(module)
            for text, value in kept.items():
                names.setdefault(text, value)
