"""What items with options share: their keys, their letters, and the flaws of option writing."""

import re
from collections.abc import Collection, Sequence

from examengine.itemtypes.item import Option
from examengine.itemtypes.spec import LintFinding, position_label


def require_known_keys(options: Sequence[Option], keys: Sequence[str]) -> None:
    """Raise ValueError unless option ids are unique and every key is one of them."""
    ids = [option.id for option in options]
    repeated = sorted({name for name in ids if ids.count(name) > 1})
    if repeated:
        raise ValueError(f"option id {repeated[0]!r} stands twice; give each option its own id")
    for key in keys:
        if key not in ids:
            raise ValueError(f"key {key!r} is not an option; the options are {', '.join(ids)}")


def letters_to_options(text: str, order: Sequence[str]) -> list[str]:
    """Read letters such as `A` or `a c` or `A,C` as option ids in the order shown.

    Raises:
        ValueError: a letter has no option; the message says which letters there are.
    """
    letters = [letter for letter in re.split(r"[\s,;]+", text.strip()) if letter]
    if len(letters) == 1 and len(letters[0]) > 1 and letters[0].isalpha():
        letters = list(letters[0])
    known = {position_label(index).lower(): name for index, name in enumerate(order)}
    picked: list[str] = []
    for letter in letters:
        if letter.lower() not in known:
            last = position_label(len(order) - 1)
            raise ValueError(f"{letter!r} is not an option; answer with letters from A to {last}")
        if known[letter.lower()] not in picked:
            picked.append(known[letter.lower()])
    return picked


def name_options(picked: Collection[str], options: Sequence[Option], order: Sequence[str]) -> str:
    """Return picked options as `B. text; D. text`, in the order shown."""
    texts = {option.id: " ".join(option.text.split()) for option in options}
    return "; ".join(f"{position_label(index)}. {texts[name]}" for index, name in enumerate(order) if name in picked)


def lint_options(options: Sequence[Option], keys: Collection[str]) -> list[LintFinding]:
    """Return the flaws that a draw of a template may bring; `bank/flaws.py` has those of the wording."""
    found: list[LintFinding] = []
    seen: dict[str, str] = {}
    for index, option in enumerate(options):
        normal = " ".join(option.text.lower().split())
        if normal in seen:
            place = f"options.{index}.text"
            found.append(LintFinding("option-repeated", f"options {seen[normal]} and {option.id} say the same", place))
        seen[normal] = option.id
    longest = max(len(option.text) for option in options)
    others = [len(option.text) for option in options if option.id not in keys]
    if len(keys) == 1 and others and longest not in others and longest > 1.5 * max(others) and longest > 40:
        found.append(LintFinding("key-much-longer", "the key is by far the longest option", "options"))
    return found
