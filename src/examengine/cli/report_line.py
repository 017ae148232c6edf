"""What running an exercise showed, in one line of progress."""

from examengine.delivery.exercise_report import ExerciseReport, MutantRuns


def report_line(report: ExerciseReport) -> str:
    """Return what was run, what came of it, and how long it took."""
    flips = sum(bool(one.flips) for one in report.solutions)
    runs = f"{report.runs} runs" if report.runs > 1 else "1 run"
    told = [
        f"{len(report.solutions)} solutions in {runs}{f', {flips} flip' if flips else ''}",
        *([_mutants(report.mutants)] if report.mutants is not None else ["no mutants tried"]),
    ]
    if report.idle_tests:
        told.append(f"{len(report.idle_tests)} tests kill nothing")
    took = "known from before" if report.is_from_cache else f"{report.seconds:.0f} s"
    return f"{report.exercise}: {'; '.join(told)} ({took})"


def _mutants(mutants: MutantRuns) -> str:
    told = f"{mutants.made} mutants"
    if mutants.tried < mutants.made:
        told += f", {mutants.tried} tried{f' ({mutants.why_untried})' if mutants.why_untried else ''}"
    return f"{told}, {len(mutants.survivors)} survive"
