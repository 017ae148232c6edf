"""What the program remembers of its looks between two runs: a small file beside the sessions."""

import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

SETTINGS = "settings.json"
_MOST_BYTES = 10_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What was chosen; none: nothing yet."""

    theme: str | None = None


def read_settings(home: Path) -> Settings:
    """Return what was remembered; a file that is missing, damaged or not ours is as good as none."""
    try:
        with (home / SETTINGS).open("rb") as file:
            found = json.loads(file.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return Settings()
    theme = found.get("theme") if isinstance(found, dict) else None
    return Settings(theme=theme if isinstance(theme, str) else None)


def write_settings(home: Path, settings: Settings) -> None:
    """Remember what was chosen, as a whole or not at all; a disk that refuses costs no more than that."""
    path = home / SETTINGS
    draft = path.with_name(f"{SETTINGS}.{os.getpid()}")
    with contextlib.suppress(OSError):
        home.mkdir(parents=True, exist_ok=True)
        try:
            draft.write_text(json.dumps({"theme": settings.theme}), encoding="utf-8")
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
