"""What a command does not need, it does not load."""

import subprocess
import sys
from pathlib import Path

import pytest

from end_to_end.short_form import BANK, EXAM
from end_to_end.test_lines import environment, run

PROBE = """
import sys
from examengine.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as ended:
    code = ended.code
found = sorted({name.split(".")[0] for name in sys.modules} & {"textual", "rich", "pytest"})
print(f"exit {code}, loaded: {' '.join(found) or 'nothing'}", file=sys.stderr)
"""


@pytest.mark.parametrize(
    "words",
    [
        ["--version"],
        ["--help"],
        ["bank", "check", str(BANK)],
        ["bank", "list"],
        ["--banks", str(BANK), "form", EXAM, "--seed", "7", "--json"],
        ["history"],
        ["report", "--format", "text"],
        ["report", "--format", "json"],
        ["--banks", str(BANK), "exam", EXAM, "--plain"],
    ],
    ids=" ".join,
)
def test_commands_without_screens_load_neither_textual_nor_a_test_runner(words: list[str], tmp_path: Path) -> None:
    home = tmp_path / "home"
    run(home, "--banks", str(BANK), "exam", EXAM, "--plain", lines="submit\n")
    ended = subprocess.run(
        [sys.executable, "-c", PROBE, *words],
        input="submit\n",
        capture_output=True,
        text=True,
        env=environment(home),
        timeout=120,
        check=False,
    )
    assert ended.stderr.splitlines()[-1] == "exit 0, loaded: nothing"
