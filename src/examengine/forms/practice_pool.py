"""What can be practised for a certification: the domains of its exams, with their items over all banks drawn on."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from examengine.bank.bank import Bank
from examengine.bank.blueprint import Blueprint
from examengine.core.errors import UsageError
from examengine.forms.eligible import (
    Candidate,
    Draws,
    ExerciseCandidate,
    banks_drawn_on,
    domains_served,
    draws_by_domain,
    find_candidates,
    find_exercises,
    objective_of,
    title_of,
)


@dataclass(frozen=True, slots=True)
class PoolObjective:
    """An objective as a drill names it."""

    name: str
    """`<objective>`; `<bank>.<objective>` where banks mean different things by that."""
    title: str
    sources: frozenset[str]
    """The objectives of banks that it stands for, as `<bank>.<objective>`."""


@dataclass(frozen=True)
class PracticePool:
    """Domains with what they draw on, and the banks that hold it."""

    id: str
    """Of a bank or of an exam."""
    title: str
    draws: Draws
    titles: Mapping[str, str]
    """Of the domains, by id."""
    banks: Mapping[str, Bank]
    """All that are drawn on, by id."""

    @property
    def words(self) -> str:
        """Return where the items come from."""
        return f"bank {self.id}" if list(self.banks) == [self.id] else f"the banks of {self.id}"

    @cached_property
    def candidates(self) -> list[Candidate]:
        """Return every item that serves a domain, and every exercise, each with the domains that it serves."""
        found = find_candidates(self.draws, self.banks)
        for exercise in self.exercises.values():
            domains = self.domains_of(objective_of(exercise.item))
            if domains:
                found.append(Candidate(exercise.item, domains))
        return found

    @cached_property
    def exercises(self) -> dict[str, ExerciseCandidate]:
        """Return the exercises of the banks by id, with their points by domain."""
        return {one.item.id: one for one in find_exercises(self.draws, self.banks, with_quarantined=True)}

    @cached_property
    def filled_domains(self) -> tuple[str, ...]:
        """Return the domains that some item or exercise serves, in their order."""
        served = {domain for candidate in self.candidates for domain in candidate.domains}
        return tuple(domain for domain in self.draws if domain in served)

    @cached_property
    def objectives(self) -> tuple[PoolObjective, ...]:
        """Return the objectives of all domains; those of one name and title are one."""
        titles = self._objective_titles
        by_name: dict[str, list[str]] = {}
        for source in titles:
            by_name.setdefault(source.partition(".")[2], []).append(source)
        found: list[PoolObjective] = []
        for name, sources in by_name.items():
            if len({titles[source] for source in sources}) == 1:
                found.append(PoolObjective(name, titles[sources[0]], frozenset(sources)))
            else:
                found.extend(PoolObjective(source, titles[source], frozenset({source})) for source in sources)
        return tuple(found)

    def domains_of(self, objective: str) -> tuple[str, ...]:
        """Return the domains that draw an objective of a bank, named as `<bank>.<objective>`."""
        return domains_served(self.draws, objective)

    def sources_of(self, domain: str) -> frozenset[str]:
        """Return the objectives that a domain draws on, as `<bank>.<objective>`."""
        return frozenset(source for source in self._objective_titles if domain in self.domains_of(source))

    def objectives_of(self, domain: str) -> tuple[PoolObjective, ...]:
        """Return the objectives that a domain draws on."""
        sources = self.sources_of(domain)
        return tuple(one for one in self.objectives if one.sources & sources)

    def objective_named(self, name: str) -> PoolObjective:
        """Return an objective by its name here, or by its full one.

        Raises:
            UsageError: there is none, or several are meant.
        """
        for one in self.objectives:
            if one.name == name:
                return one
        if name in self._objective_titles:
            return PoolObjective(name, self._objective_titles[name], frozenset({name}))
        meant = [one.name for one in self.objectives if one.name.partition(".")[2] == name]
        if meant:
            raise UsageError(f"objective {name!r} of {self.words} may be several", hint=f"name {' or '.join(meant)}")
        raise UsageError(
            f"there is no objective {name!r} in {self.words}",
            hint=f"there are {', '.join(one.name for one in self.objectives)}",
        )

    @cached_property
    def _objective_titles(self) -> dict[str, str]:
        """Return the titles of the objectives drawn on, by `<bank>.<objective>`."""
        return {
            f"{bank_id}.{objective.id}": objective.title
            for bank_id, bank in self.banks.items()
            for domain in bank.manifest.domains
            for objective in domain.objectives
            if self.domains_of(f"{bank_id}.{objective.id}")
        }


def pool_of_exam(blueprint: Blueprint, banks: Mapping[str, Bank]) -> PracticePool:
    """Return what the domains of one exam draw on.

    Raises:
        UsageError: a bank that it draws on is not among `banks`.
    """
    draws = draws_by_domain(blueprint)
    titles = {domain.id: domain.title for domain in blueprint.domains}
    return _pool(blueprint.id, blueprint.title, draws, titles, banks)


def pool_of_bank(bank: Bank, banks: Mapping[str, Bank]) -> PracticePool:
    """Return what the exams of a bank draw on, domain by domain; without exams, the bank itself.

    Exams that share a domain's id share the domain. What of the bank no exam draws stays in its own domain.

    Args:
        bank: the one that is practised.
        banks: every bank that its exams draw on, by id; others are left aside.

    Raises:
        UsageError: a bank that they draw on is not among `banks`.
    """
    draws: dict[str, tuple[str, ...]] = {}
    titles: dict[str, str] = {}
    for blueprint in bank.blueprints:
        for domain, drawn in draws_by_domain(blueprint).items():
            draws[domain] = tuple(dict.fromkeys((*draws.get(domain, ()), *drawn)))
        for one in blueprint.domains:
            titles[one.id] = titles.get(one.id) or one.title
    of_exams = dict(draws)
    for own in bank.manifest.domains:
        names = [f"{bank.id}.{objective.id}" for objective in own.objectives]
        left = [name for name in names if not domains_served(of_exams, name)]
        if left:
            own_draws = [f"{bank.id}.{own.id}"] if left == names else left
            draws[own.id] = tuple(dict.fromkeys((*draws.get(own.id, ()), *own_draws)))
            titles[own.id] = titles.get(own.id) or own.title
    return _pool(bank.id, bank.manifest.title, draws, titles, {**banks, bank.id: bank})


def _pool(name: str, title: str, draws: Draws, titles: Mapping[str, str], banks: Mapping[str, Bank]) -> PracticePool:
    drawn = banks_drawn_on(draws)
    for one in drawn:
        if one not in banks:
            raise UsageError(f"{name} draws on bank {one!r}, which is not there", hint="give its folder")
    own = name.split(".", 1)[0]
    return PracticePool(
        id=name,
        title=title,
        draws=draws,
        titles={one: titles.get(one) or title_of(one, draws[one], own, banks) for one in draws},
        banks={one: banks[one] for one in drawn},
    )
