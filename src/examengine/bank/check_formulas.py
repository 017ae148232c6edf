"""Lint of the formulas of a bank: which of them a terminal shows as their LaTeX source alone."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from examengine.bank.bank import Bank
from examengine.itemtypes.coding.model import Coding
from examengine.itemtypes.formula_art import formula_rows
from examengine.itemtypes.formula_markdown import formulas_of
from examengine.itemtypes.formula_text import formula_text
from examengine.itemtypes.item import Item

TellItem = Callable[[str, str, str, str, str], None]
"""Item, code, message, hint, field."""
_CODE = frozenset(("starter", "sample_tests", "code", "patterns"))
"""Fields that hold code: a dollar there is a dollar."""
_LONGEST = 80
"""Characters of a formula that a message quotes."""


def check_formulas(bank: Bank, items: Sequence[Item], tell: TellItem) -> None:
    """Tell each formula that falls back to its source, which candidates would have to read."""
    texts = [
        # The stem of an exercise is its statement, a file of its own.
        (item.id, "statement.md" if field == "stem" and isinstance(item, Coding) else field, text)
        for item in items
        for field, text in _texts(item.model_dump(mode="json"))
    ]
    texts += [
        (case.id, f"sections.{index}.text", section.text)
        for case in bank.stimuli
        for index, section in enumerate(case.sections)
    ]
    for owner, field, text in texts:
        for source in dict.fromkeys(formulas_of(text)):
            if is_shown(source):
                continue
            short = source.strip() if len(source) <= _LONGEST else f"{source.strip()[:_LONGEST]}…"
            hint = "use plain commands (\\frac, \\sum, \\hat, …), or say it in words or code"
            tell(owner, "formula-not-shown", f"the formula ${short}$ is shown as its source", hint, field)


def is_shown(source: str) -> bool:
    """Return whether a formula becomes text or a drawing; one without commands reads the same either way."""
    bare = source.strip()
    if "\\" not in bare:
        return True
    return formula_text(bare) != bare or formula_rows(bare) != (bare,)


def _texts(value: object, field: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if "$" in value:
            yield field, value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            if name in _CODE:
                continue
            yield from _texts(one, f"{field}.{name}".lstrip("."))
    elif isinstance(value, list | tuple):
        for index, one in enumerate(value):
            yield from _texts(one, f"{field}.{index}".lstrip("."))
