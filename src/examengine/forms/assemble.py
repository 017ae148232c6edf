"""Assembles the form of an exam: exact counts by section, domain and type, from a seed, or why there is none."""

from collections.abc import Mapping
from fractions import Fraction

from examengine.bank.bank import Bank
from examengine.bank.blueprint import Blueprint, Section
from examengine.core.errors import UsageError
from examengine.core.keyed_order import keyed_order
from examengine.forms.ask import Ask, Key
from examengine.forms.certify import certify
from examengine.forms.draw import Drawn, draw
from examengine.forms.eligible import (
    Draws,
    banks_drawn_on,
    draws_by_domain,
    find_candidates,
    find_exercises,
    find_testlets,
    own_bank,
    stimuli_used,
    templates_of,
    title_of,
)
from examengine.forms.entries import digest_banks, make_entry
from examengine.forms.form import Form, FormDomain, FormEntry, FormSection
from examengine.forms.history import NO_HISTORY, History
from examengine.forms.integer_programme import Undecided
from examengine.forms.quotas import scored_items_by_domain
from examengine.forms.shortfall import Shortfall
from examengine.forms.why_none import explain
from examengine.itemtypes.item import Item

__all__ = ["Shortfall", "assemble"]

TOO_LARGE = Shortfall(lines=("the search for a form grew too large to finish",), missing=0)


def assemble(
    blueprint: Blueprint, banks: Mapping[str, Bank], seed: int, history: History = NO_HISTORY
) -> Form | Shortfall:
    """Return the form of a blueprint and seed, or what the banks lack for it.

    Of all forms that meet the blueprint it is one that overlaps least with the candidate's earlier forms; of those,
    one whose items were used least; and of those, the one that the seed prefers. The same banks, blueprint, seed and
    history give the same form on every machine.

    Args:
        blueprint: what the form is made of.
        banks: every bank that the blueprint draws on, by id; others are left aside.
        seed: any whole number.
        history: the candidate's earlier forms.

    Raises:
        UsageError: a bank that the blueprint draws on is not among `banks`.
    """
    ask = ask_of(blueprint, banks)
    if isinstance(ask, Shortfall):
        return ask
    try:
        drawn = draw(ask, seed, history)
        if drawn is None and ask.may_split_pretest:
            drawn = draw(ask, seed, history, may_split=True)
        return explain(ask) if drawn is None else form_of(ask, drawn, seed, history)
    except Undecided:
        return TOO_LARGE


def ask_of(blueprint: Blueprint, banks: Mapping[str, Bank]) -> Ask | Shortfall:
    """Return a blueprint with everything in the banks that may serve it, or why its counts contradict each other.

    Raises:
        UsageError: a bank that the blueprint draws on is not among `banks`.
    """
    draws = draws_by_domain(blueprint)
    used = _used_banks(blueprint.id, draws, banks)
    try:
        quotas = scored_items_by_domain(blueprint)
    except ValueError as error:
        return Shortfall(lines=(str(error),), missing=0)
    return Ask(
        blueprint,
        used,
        quotas,
        find_candidates(draws, used),
        find_exercises(draws, used),
        find_testlets(used),
    )


def _used_banks(exam: str, draws: Draws, banks: Mapping[str, Bank]) -> dict[str, Bank]:
    names = banks_drawn_on(draws)
    for name in names:
        if name not in banks:
            raise UsageError(f"{exam} draws on bank {name!r}, which is not there", hint="give its folder")
    return {name: banks[name] for name in names}


def form_of(ask: Ask, drawn: Drawn, seed: int, history: History) -> Form:
    """Return the form of what was drawn, with its certificate."""
    blueprint, draws, own = ask.blueprint, draws_by_domain(ask.blueprint), own_bank(ask.blueprint)
    entries: list[FormEntry] = []
    for section in blueprint.sections:
        if section.slots:
            entries.extend(_slot_entries(ask, section, drawn.values, seed, len(entries)))
        else:
            entries.extend(_item_entries(ask, section, drawn.values, seed, len(entries), history))
    return Form(
        blueprint=blueprint.id,
        title=blueprint.title,
        kind="exam",
        seed=seed,
        bank_digest=digest_banks({name: bank.digest for name, bank in ask.banks.items()}),
        seconds=blueprint.duration_minutes * 60,
        sections=tuple(
            FormSection(
                id=section.id,
                title=section.title,
                seconds=section.minutes * 60,
                navigation=section.navigation,
                leave=section.leave,
                materials=section.materials,
                calculator=section.calculator,
            )
            for section in blueprint.sections
        ),
        domains=tuple(
            FormDomain(
                id=domain.id,
                title=domain.title or title_of(domain.id, draws[domain.id], own, ask.banks),
                weight=domain.weight,
            )
            for domain in blueprint.domains
        ),
        entries=tuple(entries),
        scoring=blueprint.scoring,
        feedback=blueprint.feedback,
        interruptions=blueprint.interruptions,
        breaks=blueprint.breaks,
        status=blueprint.status,
        facts=blueprint.shown_facts,
        sources=blueprint.sources,
        stimuli=stimuli_used((entry.item for entry in entries), ask.banks),
        certificate=certify(
            blueprint,
            ask.quotas,
            ask.testlets,
            entries,
            history,
            least_overlap=drawn.least_overlap,
            least_exposure=drawn.least_exposure,
        ),
    )


def _item_entries(
    ask: Ask, section: Section, solution: Mapping[Key, int], seed: int, before: int, history: History
) -> list[FormEntry]:
    candidates = {candidate.item.id: candidate for candidate in ask.candidates}
    chosen = {key[1]: key[3] for key in solution if key[0] == "item" and key[2] == section.id}
    units = {name: candidates[name].unit for name in chosen}
    pretest = {key[1] for key in solution if key[0] == "pretest" and key[2] == section.id}
    if ask.quotas is None:
        pretest |= _pretest_of(units, pretest, section.pretest, seed)
    else:
        for domain in ask.quotas:
            mine = {name: units[name] for name, serves in chosen.items() if serves == domain}
            scored = solution.get(("scored", section.id, domain), 0)
            pretest |= _pretest_of(mine, pretest, len(mine) - scored, seed)
    templates = templates_of(ask.banks)
    return [
        make_entry(
            candidates[name].item,
            number=before + place,
            section=section.id,
            domain=chosen[name],
            points=section.points_each,
            seed=seed,
            pretest=name in pretest,
            template=templates.get(name),
            shunned=history.instances,
        )
        for place, name in enumerate(_placed(units, ask.testlets, seed), 1)
    ]


def _pretest_of(units: Mapping[str, str], pretest: set[str], count: int, seed: int) -> set[str]:
    """Return which of some items are pretest items beside those that are already: testlets stay whole if they can.

    Args:
        units: item to its stimulus, or to itself.
        pretest: items of testlets that are pretest items as a whole.
        count: how many of the items are pretest items.
        seed: of the form.
    """
    rest = [name for name in units if name not in pretest]
    order = sorted(keyed_order(rest, seed, "pretest"), key=lambda name: units[name] != name)
    return set(order[: count - (len(units) - len(rest))])


def _placed(units: Mapping[str, str], testlets: Mapping[str, tuple[Item, ...]], seed: int) -> list[str]:
    """Return the items in the order of the form; those of a testlet follow each other as in their bank."""
    order = keyed_order(dict.fromkeys(units.values()), seed, "place")
    return [name for unit in order for name in ([item.id for item in testlets.get(unit, ())] or [unit])]


def _slot_entries(ask: Ask, section: Section, solution: Mapping[Key, int], seed: int, before: int) -> list[FormEntry]:
    exercises = {candidate.item.id: candidate for candidate in ask.exercises}
    chosen = {key[3]: key[1] for key in solution if key[0] == "exercise" and key[2] == section.id}
    entries = []
    for place, slot in enumerate(section.slots, 1):
        candidate = exercises[chosen[slot.id]]
        # The domain that gets most of the points stands for the entry; ties: the slot's order.
        domain = max(slot.points, key=lambda name: slot.points[name])
        entries.append(
            make_entry(
                candidate.item,
                number=before + place,
                section=section.id,
                domain=domain,
                points=sum(slot.points.values(), Fraction(0)),
                seed=seed,
                shown=candidate.in_drawn_domains(),
            )
        )
    return entries
