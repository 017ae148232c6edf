"""Which exams can be assembled, so that none is offered that cannot; kept with the banks that were read."""

import hashlib
from collections.abc import Mapping

from examengine.bank.bank import Bank
from examengine.bank.blueprint import Blueprint
from examengine.bank.cached_bank import program_marks
from examengine.core.digest import digest_json
from examengine.core.errors import ExamEngineError
from examengine.delivery.services import Services
from examengine.forms.eligible import banks_drawn_on, draws_by_domain

_LONGEST = 1_000


def why_not_offered(services: Services, bank: Bank, blueprint: Blueprint, others: Mapping[str, Bank]) -> str:
    """Return what keeps an exam from being assembled, in a few words; empty where it can be.

    Args:
        services: where the answer is kept.
        bank: the one that the blueprint belongs to.
        blueprint: what a form is made of.
        others: every bank that can be read, by id.
    """
    banks = {bank.id: bank}
    for name in banks_drawn_on(draws_by_domain(blueprint)):
        if name not in others:
            return f"bank {name}, which it draws on, is not there or has errors"
        banks[name] = others[name]
    if not any(len(one.items) or one.exercises for one in banks.values()):
        return "no items yet"
    name = _name(blueprint, banks)
    kept = services.bank_cache.load(name) if services.bank_cache is not None else None
    if kept is not None:
        return kept.decode("utf-8", "replace")
    why = _why(blueprint, banks)[:_LONGEST]
    if services.bank_cache is not None:
        services.bank_cache.store(name, why.encode())
    return why


def _why(blueprint: Blueprint, banks: dict[str, Bank]) -> str:
    # Imported here: numpy and the solver take a moment, which a start with a kept answer need not pay.
    from examengine.delivery.audit_blueprint import what_is_missing
    from examengine.forms.assemble import Shortfall, assemble
    from examengine.forms.audit import audit
    from examengine.forms.integer_programme import Undecided

    try:
        made = assemble(blueprint, banks, 1)
        if not isinstance(made, Shortfall):
            return ""
        return what_is_missing(audit(blueprint, banks)) or made.lines[0]
    except Undecided as error:
        return f"the search for a form grew too large to finish: {error}"
    except ExamEngineError as error:
        return error.message.splitlines()[0].rstrip(":")


def _name(blueprint: Blueprint, banks: dict[str, Bank]) -> str:
    """Return the name under which the answer is kept: blueprint, banks and program decide it."""
    digests = {bank_id: bank.digest for bank_id, bank in banks.items()}
    asked = ["can be assembled", program_marks("forms"), blueprint.model_dump(mode="json"), digests]
    return hashlib.sha256(digest_json(asked).encode()).hexdigest()
