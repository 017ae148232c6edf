"""What the workbench finds out about one exercise: facts alone; what is wrong with them stands elsewhere."""

from examengine.bank.mutant import Mutant
from examengine.core.model import Exact, Model
from examengine.itemtypes.spec import PartScore


class SolutionRuns(Model):
    """One of the author's own solutions, graded one or more times."""

    file: str
    """Relative to the exercise's folder."""
    least: Exact
    most: Exact
    """What it must and may earn."""
    earned: tuple[Exact, ...]
    """Of each run."""
    parts: tuple[PartScore, ...] = ()
    """Of the first run."""
    failed_tests: tuple[str, ...] = ()
    """Of the first run, as the exercise lists them; only tests that came to run."""
    message: str = ""
    """What the first test that failed in the first run told."""
    flips: tuple[str, ...] = ()
    """What was not the same in all runs, one sentence each."""
    seconds: float = 0.0
    """The first run's."""
    unavailable: str = ""
    """Why it could not be graded, where that is so."""


class ToldMutant(Model):
    """A mutant as reports tell it."""

    line: int
    """Of the reference; of a notebook's cell, where there is one."""
    cell: str = ""
    """The notebook's cell; empty for a file."""
    source: str
    change: str

    def as_mutant(self) -> Mutant:
        """Return it as what statements are about; its text is not kept."""
        return Mutant(self.line, self.source, self.change, "")


class MutantRuns(Model):
    """What became of the mutants of the reference."""

    made: int
    tried: int
    killed: int
    survivors: tuple[ToldMutant, ...] = ()
    out_of_time: tuple[ToldMutant, ...] = ()
    """Killed by the clock alone."""
    untried: tuple[ToldMutant, ...] = ()
    why_untried: str = ""
    """One sentence."""
    unavailable: str = ""
    """Why some could not be graded, where that is so."""


class ExerciseReport(Model):
    """Everything that running an exercise's own solutions and its mutants showed."""

    exercise: str
    """Its id."""
    folder: str
    """Relative to the bank's."""
    runs: int
    """How often each solution was graded, each time under another hash seed and other random numbers."""
    solutions: tuple[SolutionRuns, ...]
    mutants: MutantRuns | None = None
    """None: no mutants were wanted."""
    idle_tests: tuple[str, ...] = ()
    """Hidden tests that no wrong solution and no mutant failed."""
    seconds: float
    """What it took when it was run."""
    is_from_cache: bool = False

    @property
    def is_complete(self) -> bool:
        """Return whether nothing was left out for reasons that may be gone the next time."""
        unavailable = [one.unavailable for one in self.solutions] + [self.mutants.unavailable if self.mutants else ""]
        return not any(unavailable) and not (self.mutants is not None and "time" in self.mutants.why_untried)
