"""Finding a text within an item, as far as its candidate may see it."""

from collections.abc import Sequence

from examengine.forms.form import Form, FormEntry
from examengine.itemtypes.registry import spec_of
from examengine.itemtypes.spec import position_label


def searchable_lines(form: Form, entry: FormEntry) -> list[tuple[str, str]]:
    """Return the lines of an item and its case that its candidate may see: the part they belong to, and the line."""
    item, ask_lines = entry.item, spec_of(entry.item).ask_lines
    lines = [("Item", line) for line in item.stem.splitlines() if line.strip()]
    texts = {option.id: option.text for option in getattr(item, "options", ())}
    if ask_lines is not None:
        lines += [("Answer", line) for line in ask_lines(item, entry.order) if line.strip()]
        texts = {}
    for index, name in enumerate(entry.order):
        if name in texts:
            lines += [(f"Option {position_label(index)}", line) for line in texts[name].splitlines() if line.strip()]
    stimulus = form.stimulus_of(entry)
    if stimulus is not None:
        for section in stimulus.sections:
            lines += [(f"Case, {section.title}", line) for line in section.text.splitlines() if line.strip()]
        for exhibit in stimulus.exhibits:
            rows = [" | ".join(row) for row in (exhibit.header, *exhibit.rows) if row]
            lines += [(f"Case, {exhibit.title}", line) for line in (*rows, exhibit.alt) if line]
    for field in ("starter", "sample_tests"):
        for name, text in getattr(item, field, {}).items():
            lines += [(name, line) for line in text.splitlines() if line.strip()]
    return lines


def found_lines(lines: Sequence[tuple[str, str]], wanted: str) -> list[tuple[str, str, list[int]]]:
    """Return where a text is found, case aside.

    Args:
        lines: the part of the item that a line belongs to, and the line.
        wanted: what is looked for; nothing is found of an empty one.

    Returns:
        Part, line, and the places in it, for each line that holds the text.
    """
    low = wanted.lower()
    found = []
    for part, line in lines:
        text, places, start = line.lower(), [], 0
        while low and (start := text.find(low, start)) >= 0:
            places.append(start)
            start += len(low)
        if places:
            found.append((part, line, places))
    return found
