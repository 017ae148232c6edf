"""Finds and opens banks and blueprints for the other use cases."""

from examengine.bank.bank import Bank
from examengine.bank.catalogue import BankPlace, FoundBlueprint, find_banks, find_blueprint, open_bank
from examengine.delivery.services import Services


def list_places(services: Services) -> list[BankPlace]:
    """Return where the banks lie."""
    return find_banks(services.bank_folders, user_folder=services.user_banks)


def open_named_bank(services: Services, name: str) -> Bank:
    """Return a bank by its id or path."""
    return open_bank(name, services.bank_folders, user_folder=services.user_banks, cache=services.bank_cache)


def open_blueprint(services: Services, name: str) -> FoundBlueprint:
    """Return a blueprint with every bank that it draws from.

    Raises:
        UsageError: there is no such blueprint.
        BankError: a bank that it needs has errors.
    """
    return find_blueprint(name, services.bank_folders, user_folder=services.user_banks, cache=services.bank_cache)
