"""Starts a session: an exam or a drill, assembled, stored, and ready to be opened."""

from collections.abc import Mapping
from dataclasses import dataclass

from examengine.bank.bank import Bank, ExercisePackage
from examengine.delivery.assemble_forms import assemble_forms, candidates_history, made_or_error, with_banks
from examengine.delivery.drawn_before import drawn_before
from examengine.delivery.open_pool import open_pool
from examengine.delivery.practice_history import practice_history
from examengine.delivery.services import Services
from examengine.delivery.store_session import store_session
from examengine.forms.drill import DrillChoice, assemble_drill, fitting
from examengine.forms.form import Form
from examengine.forms.history import NO_HISTORY, History
from examengine.forms.practice_pool import PracticePool
from examengine.itemtypes.coding.model import Coding
from examengine.practice.encounters import practised

_SEEDS = 2**31


def assemble_exam(
    services: Services, blueprint: str, seed: int, history: History = NO_HISTORY
) -> tuple[Form, dict[str, Bank]]:
    """Return the form of a blueprint and seed, with the banks it was drawn from.

    Raises:
        BankError: the banks cannot meet the blueprint; the message says what is missing.
    """
    (form,), banks = assemble_forms(services, blueprint, seed, history=history)
    return form, banks


@dataclass(frozen=True, slots=True)
class PreparedSession:
    """An assembled form with the banks it came from, not stored yet: no clock runs."""

    form: Form
    banks: Mapping[str, Bank]
    time_multiplier: float = 1.0

    def store(self, services: Services) -> str:
        """Store it as a new session with everything that its grading will need; return the session's id."""
        form = with_banks(self.form, self.banks)
        return store_session(services, form, _packages(form, self.banks), self.time_multiplier)


def prepare_exam(
    services: Services, blueprint: str, seed: int | None = None, time_multiplier: float = 1.0
) -> PreparedSession:
    """Assemble an exam.

    Without a seed it gets a fresh one, and holds as little of the candidate's earlier exams as can be. A seed that is
    named gives the form that it gives to everybody.
    """
    if seed is None:
        form, banks = assemble_exam(services, blueprint, fresh_seed(services), candidates_history(services))
    else:
        form, banks = assemble_exam(services, blueprint, seed)
    return PreparedSession(form, banks, time_multiplier)


def prepare_drill(services: Services, name: str, choice: DrillChoice, seed: int | None = None) -> PreparedSession:
    """Assemble a drill of what fits of a bank or an exam, new items first; no seed: a fresh one."""
    pool = open_pool(services, name)
    choice = with_history(services, pool, choice)
    form = assemble_drill(pool, choice, fresh_seed(services) if seed is None else seed)
    return PreparedSession(made_or_error(f"{name} drill", form), pool.banks)


def count_fitting(services: Services, name: str, choice: DrillChoice) -> int:
    """Return how many items of a bank or an exam fit a choice."""
    pool = open_pool(services, name)
    return len(fitting(pool, with_history(services, pool, choice)))


def with_history(services: Services, pool: PracticePool, choice: DrillChoice) -> DrillChoice:
    """Return a choice that knows what the candidate has met."""
    met = practised(practice_history(services))
    return choice.model_copy(
        update={
            "seen": choice.seen | met.seen,
            "missed": choice.missed | met.missed,
            "flagged": choice.flagged | met.flagged,
            "drawn": choice.drawn | drawn_before(services, pool.banks),
        }
    )


def start_exam(services: Services, blueprint: str, seed: int | None = None, time_multiplier: float = 1.0) -> str:
    """Assemble and store an exam; return the id of its session."""
    return prepare_exam(services, blueprint, seed, time_multiplier).store(services)


def start_drill(services: Services, name: str, choice: DrillChoice, seed: int | None = None) -> str:
    """Assemble and store a drill of a bank or an exam; return the id of its session."""
    return prepare_drill(services, name, choice, seed).store(services)


def fresh_seed(services: Services) -> int:
    """Return a seed that nobody chose."""
    return int(services.ids.new_id()[-8:], 16) % _SEEDS


def _packages(form: Form, banks: Mapping[str, Bank]) -> dict[str, ExercisePackage]:
    wanted = {entry.item.package_digest for entry in form.entries if isinstance(entry.item, Coding)}
    packages = [exercise.package for bank in banks.values() for exercise in bank.exercises]
    return {one.item.package_digest: one for one in packages if one.item.package_digest in wanted}
