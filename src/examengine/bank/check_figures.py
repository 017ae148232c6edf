"""Lint of the pictures of a bank: whether each can be shown, and is told in words too."""

import io
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from examengine.bank.bank import Bank
from examengine.bank.figure import MOST_BYTES, MOST_PIXELS, media_of
from examengine.bank.markdown_figures import figures_without_words, find_figures
from examengine.itemtypes.coding.model import Coding
from examengine.itemtypes.item import Item

Tell = Callable[[str, str, str, str, Literal["error", "warning"]], None]
"""File, code, message, hint, severity."""
TellItem = Callable[[str, str, str, str, str], None]
"""Item, code, message, hint, field."""
_FORMATS = "a figure is PNG, JPEG, GIF or WebP"


def check_figures(bank: Bank, tell: Tell) -> None:
    """Tell which files below `figures/` cannot be shown, and which nothing refers to."""
    used = _used(bank)
    for name, data in bank.figures.items():
        if name not in used:
            tell(
                name,
                "figure-unused",
                "no item and no case refers to this figure",
                "refer to it, or remove it",
                "warning",
            )
        if media_of(data) is None:
            tell(name, "figure-format", _what_it_is(data), f"{_FORMATS}; convert it to PNG", "error")
        elif len(data) > MOST_BYTES:
            hint = f"a figure has at most {MOST_BYTES} bytes; 1200 pixels of width are plenty"
            tell(name, "figure-too-large", f"the figure has {len(data)} bytes", hint, "error")
        else:
            fault = _fault(data)
            if fault:
                tell(name, "figure-damaged", fault, "export it again", "error")


def check_words(bank: Bank, items: Sequence[Item], tell: TellItem) -> None:
    """Tell where a picture of an item or a case has no text alternative."""
    texts = [
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
        for name in figures_without_words(text):
            hint = f"write ![what it shows]({name}): it is all that line mode and screen readers have"
            tell(owner, "figure-without-words", f"figure '{name}' has no text alternative", hint, field)


def _used(bank: Bank) -> set[str]:
    items = [*bank.items, *(exercise.package.item for exercise in bank.exercises)]
    texts = [text for item in items for _, text in _texts(item.model_dump(mode="json"))]
    texts += [text for template in bank.templates.values() for _, text in _texts(template.model_dump(mode="json"))]
    texts += [section.text for case in bank.stimuli for section in case.sections]
    exhibits = {exhibit.figure for case in bank.stimuli for exhibit in case.exhibits}
    return exhibits | {name for text in texts for name in find_figures(text)}


def _texts(value: object, field: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text that may hold a picture, with the path of its field."""
    if isinstance(value, str):
        if "![" in value:
            yield field, value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from _texts(one, f"{field}.{name}".lstrip("."))
    elif isinstance(value, list | tuple):
        for index, one in enumerate(value):
            yield from _texts(one, f"{field}.{index}".lstrip("."))


def _what_it_is(data: bytes) -> str:
    start = data[:512].lstrip().lower()
    if start.startswith((b"<svg", b"<?xml", b"<!doctype svg")):
        return "this is SVG, which a terminal cannot show and a page must not run"
    if start.startswith(b"%pdf"):
        return "this is PDF"
    return "this is no picture of a known format" if data else "the file is empty"


def _fault(data: bytes) -> str:
    # Only the check pays for the picture library, not everyone who opens a bank.
    from PIL import Image

    try:
        with (
            warnings.catch_warnings(action="error"),
            Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP")) as picture,
        ):
            if picture.width * picture.height > MOST_PIXELS:
                return f"the figure has {picture.width} x {picture.height} pixels; at most {MOST_PIXELS} are shown"
            picture.load()
    except Exception as error:  # noqa: BLE001 - the library raises many kinds over damaged files
        return f"the figure cannot be read: {str(error)[:200] or type(error).__name__}"
    return ""
