"""Which figures a form needs, and the form with them in it."""

from collections.abc import Iterable, Iterator, Mapping

from examengine.bank.bank import Bank
from examengine.bank.figure import Figure, figure_of
from examengine.bank.markdown_figures import figures_with_words
from examengine.bank.stimulus import Stimulus
from examengine.forms.form import Form
from examengine.itemtypes.item import Item

MOST_FIGURE_BYTES = 16 * 1024 * 1024
"""Of all figures of a form; those beyond it are shown as their text alternatives."""


def with_figures(form: Form, banks: Mapping[str, Bank]) -> Form:
    """Return the form with the bytes of every figure that its items and cases refer to."""
    found: dict[tuple[str, str], Figure] = {}
    size = 0
    for owner, names in _wanted(form):
        bank = banks.get(owner)
        for name in names:
            data = bank.figures.get(name) if bank is not None else None
            if data is None or (owner, name) in found or size + len(data) > MOST_FIGURE_BYTES:
                continue
            figure = figure_of(owner, name, data)
            if figure is not None:
                found[owner, name] = figure
                size += len(data)
    return form.model_copy(update={"figures": tuple(found.values())}) if found else form


def figures_in_item(item: Item) -> list[tuple[str, str]]:
    """Return name and text alternative of the figures in any text of an item, the stem's first, each name once."""
    return _each_once([*figures_with_words(item.stem), *_figures_in(item.model_dump(mode="json"))])


def figures_in_case(stimulus: Stimulus) -> list[tuple[str, str]]:
    """Return the same of a case, in the order of its tabs."""
    texts = [pair for section in stimulus.sections for pair in figures_with_words(section.text)]
    return _each_once([*texts, *((one.figure, one.alt) for one in stimulus.exhibits if one.figure)])


def _wanted(form: Form) -> Iterator[tuple[str, list[str]]]:
    for entry in form.entries:
        yield entry.item.id.split(".", 1)[0], [name for name, _ in figures_in_item(entry.item)]
    for stimulus in form.stimuli:
        yield stimulus.id.split(".", 1)[0], [name for name, _ in figures_in_case(stimulus)]


def _figures_in(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if "![" in value:
            yield from figures_with_words(value)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _figures_in(one)
    elif isinstance(value, Iterable):
        for one in value:
            yield from _figures_in(one)


def _each_once(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for name, words in pairs:
        found.setdefault(name, words)
    return list(found.items())
