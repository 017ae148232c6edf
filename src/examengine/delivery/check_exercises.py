"""Grades the author's own solutions of a bank's exercises: the reference, the starter and the wrong ones."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from examengine.bank.bank import Bank, Exercise
from examengine.bank.problem import Problem
from examengine.core.evidence import TestStatus, Verdict
from examengine.delivery.assignments import ExerciseAssignment
from examengine.delivery.notebook_job import is_notebook
from examengine.delivery.read_submission import ChosenFiles
from examengine.delivery.services import Services
from examengine.itemtypes.coding.measured_text import basis_text
from examengine.itemtypes.coding.model import SOLUTION
from examengine.notebooks.assignment import SOURCE as NOTEBOOK


def check_exercises(
    services: Services, bank: Bank, progress: Callable[[str], None] = lambda _name: None
) -> list[Problem]:
    """Return every solution that earns other than it should; `progress` hears each file before its grading.

    Of an exercise from a notebook, the reference and the starter are told under the notebook's name.
    """
    return [problem for exercise in bank.exercises for problem in _problems(services, bank, exercise, progress)]


def _problems(services: Services, bank: Bank, exercise: Exercise, progress: Callable[[str], None]) -> Iterator[Problem]:
    item = exercise.package.item
    possible = sum((part.points for part in item.parts), Fraction(0))
    reference, starter = (NOTEBOOK, NOTEBOOK) if is_notebook(exercise.package) else ("reference.py", "starter.py")
    solutions = [
        (reference, exercise.reference, possible, possible),
        (starter, item.starter[SOLUTION].encode(), Fraction(0), Fraction(0)),
        *((one.file, exercise.wrong_files[one.file], Fraction(0), Fraction(str(one.most))) for one in exercise.wrong),
    ]
    for file, content, least, most in solutions:
        progress(f"{exercise.folder}/{file}")
        chosen = ChosenFiles({SOLUTION: content}, None, SOLUTION)
        score = ExerciseAssignment(exercise, item.limits).grade(chosen, services.grading, None).graded
        evidence = score.evidence
        if evidence.verdict is not Verdict.UNAVAILABLE and least <= score.earned <= most:
            continue
        if evidence.verdict is Verdict.UNAVAILABLE:
            code, message, hint = "not-graded", evidence.message, "see examengine doctor"
        elif score.earned < least:
            code = "reference-loses"
            message = f"it earns {float(score.earned):g} of {float(possible):g} points"
            lost = [f"{part.title}: {basis_text(part)}" for part in score.parts if part.earned < part.possible]
            told = next((one.message for one in evidence.tests if one.outcome is not TestStatus.PASSED), "")
            hint = "; ".join((*lost, *([told.splitlines()[0]] if told else [])))
        else:
            code = "starter-earns" if content == item.starter[SOLUTION].encode() else "wrong-earns"
            message = f"it earns {float(score.earned):g} points, and may earn {float(most):g}"
            hint = "; ".join(f"{part.title}: {basis_text(part)}" for part in score.parts if part.earned)
        yield Problem(
            file=f"{bank.folder}/{exercise.folder}/{file}",
            line=1,
            column=1,
            item=item.id,
            code=code,
            message=message,
            hint=hint,
        )
