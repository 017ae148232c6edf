"""Finds and opens banks and blueprints for the other use cases."""

from examengine.bank.bank import Bank
from examengine.bank.blueprint import Blueprint
from examengine.bank.catalogue import BankPlace, find_banks, open_bank
from examengine.core.errors import UsageError
from examengine.delivery.services import Services


def list_places(services: Services) -> list[BankPlace]:
    """Return where the banks lie."""
    return find_banks(services.bank_folders, user_folder=services.user_banks)


def open_named_bank(services: Services, name: str) -> Bank:
    """Return a bank by its id or path."""
    return open_bank(name, services.bank_folders, user_folder=services.user_banks)


def open_blueprint(services: Services, name: str) -> tuple[Blueprint, dict[str, Bank]]:
    """Return a blueprint with every bank that it draws from, by bank id.

    Raises:
        UsageError: there is no such blueprint.
        BankError: a bank that it needs has errors.
    """
    owner = name.split(".", 1)[0]
    bank = open_named_bank(services, owner)
    found = next((one for one in bank.blueprints if one.id == name), None)
    if found is None and "." not in name and len(bank.blueprints) == 1:
        found = bank.blueprints[0]
    if found is None:
        known = ", ".join(one.id for one in bank.blueprints) or "none"
        raise UsageError(f"bank {bank.id} has no exam {name!r}", hint=f"its exams are: {known}")
    banks = {bank.id: bank}
    for domain in found.domains:
        for source in domain.draws:
            other = source.split(".", 1)[0]
            if other not in banks:
                banks[other] = open_named_bank(services, other)
    return found, banks
