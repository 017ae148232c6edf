"""The command line's promises: exit codes, data on stdout, no traceback, and nothing loaded that is not needed."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from examengine.cli.main import COMMANDS
from examengine.core import errors

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs/cli.md").read_text(encoding="utf-8")


def run(*words: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    import os

    return subprocess.run(
        [sys.executable, "-m", "examengine", *words],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | environment,
        check=False,
    )


def test_without_a_terminal_the_program_lists_the_exams_and_ends_well():
    done = run()
    assert done.returncode == 0
    assert "cmla.mock" in done.stdout
    assert "examengine exam cmla.mock --plain" in done.stdout


@pytest.mark.parametrize(
    "words",
    [["--version"], ["bank", "list"], ["bank", "check", "cmla"], ["history"], ["form", "cmla.mock", "--seed", "1"]],
)
def test_commands_that_show_no_screen_load_no_screen_library(words: list[str]):
    code = (
        "import sys; from examengine.cli import main as m\n"
        f"code = m._run({words!r})\n"
        "print('LOADED', sorted(n for n in sys.modules if n.split('.')[0] in ('textual', 'rich')), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    assert "LOADED []" in done.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nonsense"], 2),
        (["exam"], 2),
        (["exam", "cmla.mock"], 2),
        (["exam", "no.such", "--plain"], 2),
        (["exam", "cmla.nothing", "--plain"], 2),
        (["drill", "cmla", "--domain", "nothing", "--plain"], 2),
        (["resume"], 2),
        (["report"], 2),
        (["report", "abc"], 2),
        (["grade", "missing.py", "--tests", "missing_too.py"], 2),
        (["grade", "missing.py"], 2),
        (["bank", "show", "cmla", "cmla.math.nothing"], 2),
        (["drill", "cmla", "--domain", "math", "-n", "500", "--plain"], 4),
    ],
)
def test_a_wrong_call_ends_with_its_code_a_sentence_and_no_traceback(words: list[str], code: int):
    done = run(*words)
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert re.search(r"^(error: |Error: )", done.stderr, re.MULTILINE)


def test_a_mistyped_command_is_told_with_the_nearest_one():
    assert "Did you mean 'report'?" in run("reprot").stderr


def test_a_fault_of_the_program_shows_no_traceback_and_keeps_it_on_request(tmp_path, monkeypatch, capsys):
    from examengine.cli import main as module

    def broken(*_args, **_options):
        raise ZeroDivisionError("the key is b")

    monkeypatch.setattr(module.entry, "main", broken)
    monkeypatch.chdir(tmp_path)
    assert module._run([]) == 70
    assert list(tmp_path.iterdir()) == []
    assert module._run(["--debug"]) == 70
    printed = capsys.readouterr()
    assert "the key is b" not in printed.out + printed.err
    (written,) = tmp_path.iterdir()
    assert "ZeroDivisionError" in written.read_text()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_come_for_every_shell(shell: str):
    done = run("completion", shell)
    assert done.returncode == 0
    assert "_EXAMENGINE_COMPLETE" in done.stdout


def test_the_shell_completes_commands_and_exams():
    found = run(_EXAMENGINE_COMPLETE="bash_complete", COMP_WORDS="examengine exam cm", COMP_CWORD="2").stdout
    assert "cmla.mock" in found


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_stands_in_the_docs(command: str):
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"examengine {command}" in DOCS


def test_the_exit_codes_in_the_docs_are_those_of_the_program():
    from examengine.cli.exit_codes import ExitCode, exit_code_of

    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", DOCS, re.MULTILINE)}
    assert documented == {code.value for code in ExitCode}
    kinds = [errors.UsageError, errors.BankError, errors.StoreError, errors.SandboxUnavailable]
    assert [exit_code_of(kind("x")) for kind in kinds] == [2, 4, 3, 3]


def test_line_mode_commands_in_the_docs_are_those_of_the_program():
    from examengine.plain.session_loop import ACTIONS

    documented = set(re.findall(r"`(\w+)[^`]*`", DOCS.split("## Line mode")[1]))
    assert set(ACTIONS) <= documented


def test_the_form_of_a_seed_is_the_same_in_every_process_and_names_its_banks():
    one, two = (run("form", "cmla.mock", "--seed", "7", "--json", PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert one.stdout == two.stdout
    form = json.loads(one.stdout)
    assert form["seed"] == 7
    assert len(form["bank_digest"]) == 64
    assert len(form["items"]) == 54
    assert {"id", "section", "domain", "type"} <= set(form["items"][0])


def test_a_thread_at_work_in_compiled_code_does_not_abort_the_end():
    at_work = """
import sys, threading
from typing import Annotated
from pydantic import AfterValidator, TypeAdapter
begun = threading.Event()
def slowly(value):
    begun.set()
    return sum(range(2000)) + value
numbers = TypeAdapter(list[Annotated[int, AfterValidator(slowly)]])
def work():
    while True:
        numbers.validate_python(list(range(1000)))
threading.Thread(target=work, daemon=True).start()
begun.wait()
from examengine.cli.main import main
sys.argv = ["examengine", "--version"]
main()
"""
    ended = subprocess.run([sys.executable, "-c", at_work], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("examengine, version")
