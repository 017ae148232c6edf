"""What the short exam asks with a seed, and which keys answer it rightly."""

from pathlib import Path

from examengine.delivery.services import Services
from examengine.delivery.start_session import assemble_exam
from examengine.forms.form import Form, FormEntry
from examengine.itemtypes.registry import spec_of
from examengine.itemtypes.spec import position_label

BANK = Path(__file__).resolve().parents[1] / "corpora" / "sound_banks" / "short"
EXAM = "short.exam"
SEED = 7
SOLUTION = "return [sum(numbers[: end + 1]) for end in range(len(numbers))]"


def short_form(home: Path) -> Form:
    """Return the form: the same bank, blueprint and seed give the program the same one."""
    services = Services(home=home, bank_folders=(BANK,))
    try:
        return assemble_exam(services, EXAM, SEED)[0]
    finally:
        services.close()


def right_letters(entry: FormEntry) -> list[str]:
    """Return the letters of an item's keys as they stand on the screen."""
    right = spec_of(entry.item).correct_response(entry.item).model_dump()
    keys = {right["option"]} if "option" in right else set(right["options"])
    return [position_label(place) for place, option in enumerate(entry.order) if option in keys]


def wrong_letter(entry: FormEntry) -> str:
    """Return a letter that is no key."""
    return next(
        position_label(place) for place in range(len(entry.order)) if position_label(place) not in right_letters(entry)
    )
