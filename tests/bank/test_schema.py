"""The schemas hold for what the reader takes, and refuse what it refuses."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from bank.bank_folder import BLUEPRINT, CHOICE, EXERCISE, FILES, MANIFEST, OTHER_ITEMS
from examengine.bank.catalogue import installed_folder
from examengine.bank.read import read_bank
from examengine.bank.scaffold import item_text
from examengine.bank.schema import KINDS, kind_of, schema_of
from examengine.bank.yaml_source import read_yaml
from examengine.itemtypes.registry import ITEM_TYPES

CORPORA = Path(__file__).parents[1] / "corpora"
LISTED = [name for name in ITEM_TYPES if name != "coding"]


def complaints(kind: str, content: str | bytes) -> list[str]:
    """Return what the schema of a kind has against a file, with the places."""
    root = read_yaml(content.encode() if isinstance(content, str) else content).root
    assert root is not None
    found = Draft7Validator(schema_of(kind)).iter_errors(root.data)
    return sorted(f"{'/'.join(str(part) for part in one.absolute_path)}: {one.message}" for one in found)


def banks_in(*shelves: Path) -> Iterator[Path]:
    for shelf in shelves:
        yield from sorted(path.parent for path in shelf.rglob("bank.yaml"))


def files_of(bank: Path) -> Iterator[tuple[str, Path]]:
    """Yield kind and path of every file that a schema speaks of."""
    for path in sorted(bank.rglob("*.yaml")):
        kind = kind_of(str(path.relative_to(bank)), beside_notebook=(path.parent / "exercise.ipynb").exists())
        if kind is not None:
            yield kind, path


@pytest.mark.parametrize("kind", KINDS)
def test_every_schema_is_one(kind: str):
    Draft7Validator.check_schema(schema_of(kind))


def test_every_file_of_every_sound_bank_fits_its_schema():
    shelf = installed_folder()
    assert shelf is not None
    met: dict[str, int] = {}
    for bank in banks_in(shelf, CORPORA / "sound_banks"):
        if read_bank(bank).bank is None:
            continue
        for kind, path in files_of(bank):
            assert complaints(kind, path.read_bytes()) == [], path
            met[kind] = met.get(kind, 0) + 1
    assert {"bank", "items", "stimuli", "exercise", "blueprint"} <= set(met)
    assert met["items"] >= 10


def test_an_exercise_with_a_notebook_has_a_schema_of_its_own():
    content = (CORPORA / "notebooks/temperatures/exercise.yaml").read_bytes()
    assert complaints("notebook-exercise", content) == []
    assert complaints("exercise", content) != []


@pytest.mark.parametrize("name", LISTED)
def test_the_example_of_each_type_fits_and_does_not_without_any_of_its_required_fields(name: str):
    text = item_text(ITEM_TYPES[name], "demo.alpha.new", ["alpha.basics"], samples=True)
    assert complaints("items", text) == []
    root = read_yaml(text.encode()).root
    assert root is not None
    validator = Draft7Validator(schema_of("items"))
    required = [field for field, info in ITEM_TYPES[name].model.model_fields.items() if info.is_required()]
    assert len(required) >= 10
    for field in required:
        broken: Any = copy.deepcopy(root.data)
        del broken[0][field]
        assert not validator.is_valid(broken), field


@pytest.mark.parametrize(
    ("kind", "content", "old", "new", "where"),
    [
        ("bank", MANIFEST, "format: 1", "format: 2", "format"),
        ("bank", MANIFEST, "version: 1.0.0", "version: one", "version"),
        ("bank", MANIFEST, "id: demo", "id: Demo Bank", "id"),
        ("bank", MANIFEST, "licence:", "license:", ""),
        ("items", CHOICE, "multiple_choice", "multiple_guess", "0/type"),
        ("items", CHOICE, "foundational", "easy", "0/difficulty"),
        ("items", CHOICE, "seconds: 60", "seconds: soon", "0/seconds"),
        ("items", CHOICE, "seconds: 60", "seconds: 2", "0/seconds"),
        ("items", CHOICE, "  key: b", "  keys: [b]", "0"),
        ("items", CHOICE, "verified: 2026-11-21", "verified: 21.11.2026", "0/verified"),
        ("items", CHOICE, "https://", "ftp://", "0/references/0/url"),
        ("items", CHOICE, "id: demo.alpha.sky", "id: Sky", "0/id"),
        ("items", CHOICE, "rationale: Dust would.", "reason: Dust would.", "0/options/2"),
        ("items", OTHER_ITEMS, "answer: 0.5", "answer: a half", "1/answer"),
        ("items", OTHER_ITEMS, "answer: 0.5", 'answer: "{{half}}"', "1/answer"),
        ("items", OTHER_ITEMS, "choose: 2", "choose: two", "0/choose"),
        ("exercise", EXERCISE, "minutes: 5", "minutes: 500", "minutes"),
        ("exercise", EXERCISE, "points: 3", "points: three", "parts/0"),
        ("blueprint", BLUEPRINT, "kind: percent", "kind: stars", "scoring/kind"),
        ("blueprint", BLUEPRINT, "weight: 50, items: 1", "weight: {from: 15, until: 20}, items: 1", "domains/0/weight"),
    ],
)
def test_a_broken_file_does_not_fit_where_it_is_broken(kind: str, content: str, old: str, new: str, where: str):
    assert complaints(kind, content) == []
    assert old in content
    told = complaints(kind, content.replace(old, new, 1))
    assert [line for line in told if line.split(": ")[0] == where], told


@pytest.mark.parametrize(
    ("kind", "content", "old", "new"),
    [
        ("items", CHOICE, "text: Green", "text: 0.50"),
        ("items", CHOICE, "text: Green", "text: true"),
        ("items", OTHER_ITEMS, "answer: 0.5", "answer: 1/2"),
        ("items", OTHER_ITEMS, "answer: 0.5", "answer: 5e-1"),
        ("blueprint", BLUEPRINT, "weight: 50, items: 1", "weight: {from: 15, to: 50}, items: 1"),
        ("bank", MANIFEST, "title: Demo bank", "title: 2026"),
    ],
)
def test_what_the_reader_takes_in_another_form_fits(kind: str, content: str, old: str, new: str):
    assert old in content
    assert complaints(kind, content.replace(old, new, 1)) == []


TEMPLATE = OTHER_ITEMS.split("- id: demo.beta.half")[1].join(["- id: demo.beta.half", ""])


def test_placeholders_stand_in_numbers_and_choices_of_a_template_and_in_no_field_that_holds_none():
    template = TEMPLATE.replace("answer: 0.5", 'parameters: {n: {range: [2, 9]}}\n  answer: "{{1 / n}}"')
    assert complaints("items", template) == []
    assert complaints("items", template.replace("absolute: 0.01", "absolute: '{{n / 100}}'")) == []
    assert complaints("items", template.replace("seconds: 60", 'seconds: "{{n}}"')) != []
    assert complaints("items", template.replace("range: [2, 9]", "range: [2]")) != []
    assert complaints("items", template.replace("range: [2, 9]", "rang: [2, 9]")) != []
    choice = CHOICE.replace("  key: b", "  parameters: {n: {range: [2, 9]}}\n  key: \"{{'a' if n > 4 else 'b'}}\"")
    assert complaints("items", choice) == []


def test_fields_come_with_what_they_mean():
    fields = schema_of("items")["$defs"]["MultipleChoice"]["properties"]
    assert fields["seconds"]["description"] == "Expected time."
    assert schema_of("items")["items"]["properties"]["type"]["enum"] == LISTED


def test_every_yaml_file_of_a_bank_has_a_kind():
    assert {kind_of(name) for name in FILES if name.endswith(".yaml")} == {"bank", "items", "exercise", "blueprint"}
    assert kind_of("stimuli/a.yaml") == "stimuli"
    assert kind_of("exercises/a/exercise.yaml", beside_notebook=True) == "notebook-exercise"
    assert kind_of("data/a.csv") is None
