"""Opens what can be practised under a name: a bank with all that its exams draw on, or one exam."""

from examengine.bank.bank import Bank
from examengine.delivery.open_banks import list_places, open_blueprint, open_named_bank
from examengine.delivery.services import Services
from examengine.forms.drill import DRILL_MARK
from examengine.forms.eligible import banks_drawn_on, draws_by_domain
from examengine.forms.practice_pool import PracticePool, pool_of_bank, pool_of_exam


def open_pool(services: Services, name: str) -> PracticePool:
    """Return what can be practised of a bank, named by its id or folder, or of an exam, named by its id.

    Raises:
        UsageError: there is no such bank or exam, or not every bank that it draws on.
        BankError: a bank has errors.
    """
    head, dot, _ = name.partition(".")
    if dot and any(place.id == head for place in list_places(services)):
        found = open_blueprint(services, name)
        return pool_of_exam(found.blueprint, found.banks)
    return _pool_of(services, open_named_bank(services, name))


def open_pool_of_form(services: Services, blueprint: str) -> PracticePool:
    """Return what can be practised of what a form was made of: its exam, or the pool of its drill.

    Where the exam is no more, the bank that had it stands in.

    Args:
        services: where the banks lie.
        blueprint: what the form names.
    """
    name = blueprint.removesuffix(DRILL_MARK)
    bank = open_named_bank(services, name.split(".", 1)[0])
    is_exam = any(one.id == name for one in bank.blueprints)
    return open_pool(services, name) if is_exam else _pool_of(services, bank)


def _pool_of(services: Services, bank: Bank) -> PracticePool:
    names = {name for blueprint in bank.blueprints for name in banks_drawn_on(draws_by_domain(blueprint))}
    others = {name: open_named_bank(services, name) for name in sorted(names - {bank.id})}
    return pool_of_bank(bank, others)
