"""Problems of banks as lines: for people, and as annotations that GitHub shows beside the lines of a change."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from examengine.bank.guessers import GuesserResult
from examengine.bank.problem import Problem
from examengine.core.counted import counted
from examengine.delivery.check_banks import CheckedBank

_MOST_CANDIDATES = 6


def print_checked(checked: Sequence[CheckedBank], shape: str) -> None:
    """Print what a check found on stdout, as `text`, `json` or `github`, and what it amounts to on stderr."""
    if shape == "json":
        click.echo(json.dumps([one.model_dump(mode="json") for one in checked], indent=2))
        return
    for problem in (problem for one in checked for problem in one.problems):
        click.echo(github_line(problem, Path.cwd()) if shape == "github" else text_line(problem))
    for line in summary_lines(checked):
        click.echo(line, err=True)


def text_line(problem: Problem) -> str:
    """Return a problem in one line: file, line and column, what is wrong, what would be right."""
    return f"{problem}{'' if problem.severity == 'error' else ' [warning]'}"


def github_line(problem: Problem, root: Path) -> str:
    """Return a problem as a workflow command; `root` is what the names of files are told relative to."""
    file = Path(problem.file)
    if file.is_absolute() and file.is_relative_to(root):
        file = file.relative_to(root)
    message = f"{problem.item}: {problem.message}" if problem.item else problem.message
    if problem.hint:
        message = f"{message}; {problem.hint}"
    properties = {
        "file": file.as_posix(),
        "line": str(problem.line),
        "col": str(problem.column),
        "title": f"bank check: {problem.code}",
    }
    shown = ",".join(f"{name}={_in_property(value)}" for name, value in properties.items())
    return f"::{problem.severity} {shown}::{_in_message(message)}"


def summary_lines(checked: Sequence[CheckedBank]) -> Iterator[str]:
    """Yield for each bank what it holds and how it stands, and how candidates fare who know nothing."""
    for one in checked:
        yield (
            f"{one.id or one.folder}: {counted(one.items, 'item')}, {counted(one.exercises, 'exercise')},"
            f" {counted(one.blueprints, 'exam')};"
            f" {counted(len(one.errors), 'error')}, {counted(len(one.warnings), 'warning')}"
        )
        yield from candidate_lines(one.guessers)


def candidate_lines(guessers: Sequence[GuesserResult]) -> Iterator[str]:
    """Yield a table of the test-wise candidates that decide, those least likely by chance first."""
    judged = sorted((one for one in guessers if one.decides), key=lambda one: (one.probability, one.strategy))
    if not judged:
        return
    width = max(len(one.strategy) for one in judged)
    yield f"  {'candidates who know nothing':<{max(27, width)}}  choices   hits  chance  at most"
    for one in judged[:_MOST_CANDIDATES]:
        fails = "  beats chance" if one.fails else ""
        yield (
            f"  {one.strategy:<{max(27, width)}}  {one.questions:>7}  {one.hits:>5}  {one.chance:>6.1f}"
            f"  {one.bound:>7}{fails}"
        )
    if len(judged) > _MOST_CANDIDATES:
        yield f"  and {len(judged) - _MOST_CANDIDATES} more, nearer to chance"


def _in_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _in_property(text: str) -> str:
    return _in_message(text).replace(":", "%3A").replace(",", "%2C")
