"""New banks, items and exercises: whole files, nothing overwritten, and clear refusals."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from bank.bank_folder import CHOICE, write_bank
from examengine.bank.read import read_bank
from examengine.bank.scaffold import SCHEMAS, schema_name
from examengine.bank.schema import KINDS, kind_of
from examengine.core.errors import BankError, UsageError
from examengine.delivery.scaffold_bank import new_bank, new_exercise, new_item
from examengine.delivery.services import Services
from examengine.itemtypes.registry import ITEM_TYPES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_bank(tmp_path / "demo")


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def schema_beside(path: Path) -> Path:
    """Return the schema that the first line of a file leads to."""
    line = path.read_text().splitlines()[0]
    start = "# yaml-language-server: $schema="
    assert line.startswith(start)
    return (path.parent / line.removeprefix(start)).resolve()


def test_a_new_bank_has_its_folders_name_and_the_schemas_that_its_files_point_at(tmp_path: Path):
    made = new_bank(tmp_path / "my-bank", title="A title: with 'signs'")
    assert made.id == "my-bank"
    manifest = tmp_path / "my-bank/bank.yaml"
    assert made.files == (manifest,)
    assert "A title: with 'signs'" in manifest.read_text()
    assert {path.name for path in made.schemas} == {schema_name(kind) for kind in KINDS}
    for path in made.schemas:
        Draft7Validator.check_schema(json.loads(path.read_text()))
    assert schema_beside(manifest) == (tmp_path / "my-bank" / SCHEMAS / schema_name("bank")).resolve()
    assert all(problem.code == "unfilled" for problem in read_bank(tmp_path / "my-bank").problems)


def test_the_schemas_are_no_part_of_the_bank(folder: Path, services: Services):
    before = read_bank(folder).bank
    made = new_item(services, str(folder), "numeric", "alpha.new")
    made.files[0].unlink()
    assert len(made.schemas) == len(KINDS)
    assert read_bank(folder).bank == before


@pytest.mark.parametrize("name", ["My Bank", "a_b", "-a"])
def test_a_bank_needs_an_id(name: str, tmp_path: Path):
    with pytest.raises(UsageError, match="--id"):
        new_bank(tmp_path / name)
    assert not (tmp_path / name).exists()
    assert new_bank(tmp_path / name, "fine").id == "fine"


def test_no_bank_is_overwritten(folder: Path):
    before = everything_in(folder)
    with pytest.raises(UsageError, match="is there already"):
        new_bank(folder)
    assert everything_in(folder) == before


@pytest.mark.parametrize("kind", [name for name in ITEM_TYPES if name != "coding"])
def test_a_new_item_of_every_type_gets_a_file_of_its_own(kind: str, folder: Path, services: Services):
    made = new_item(services, str(folder), kind, "alpha.brand-new")
    assert made.id == "demo.alpha.brand-new"
    assert made.files == (folder / "items/alpha/brand-new.yaml",)
    assert schema_beside(made.files[0]).name == schema_name("items")
    assert schema_beside(made.files[0]).exists()
    problems = read_bank(folder).problems
    assert problems
    assert {problem.code for problem in problems} == {"unfilled"}
    lines = made.files[0].read_text().splitlines()
    assert lines[made.line - 1] == "- id: demo.alpha.brand-new"


@pytest.mark.parametrize(
    "before",
    [CHOICE, CHOICE.rstrip("\n"), CHOICE.replace("\n", "\r\n"), CHOICE + "\n# the end\n", "", "# nothing yet\n"],
)
def test_an_item_is_added_behind_those_of_a_file_which_stay_as_they_are(before: str, folder: Path, services: Services):
    path = folder / "items/alpha/choice.yaml"
    path.write_bytes(before.encode())
    made = new_item(services, str(folder), "short_text", "demo.alpha.named", "items/alpha/choice.yaml")
    after = path.read_bytes().decode()
    assert after.startswith(before)
    assert after.splitlines()[made.line - 1] == "- id: demo.alpha.named"
    assert {problem.code for problem in read_bank(folder).problems} == {"unfilled"}
    if "\r\n" in before:
        assert "\n" not in after.replace("\r\n", "")


@pytest.mark.parametrize(
    "content", ["id: no list\n", "[{id: demo.alpha.flow}]\n", "  - id: demo.alpha.indented\n", "- {"]
)
def test_a_file_that_takes_no_entry_is_left_alone(content: str, folder: Path, services: Services):
    path = folder / "items/alpha/odd.yaml"
    path.write_text(content)
    with pytest.raises(BankError, match="no list of items"):
        new_item(services, str(folder), "short_text", "alpha.named", "items/alpha/odd.yaml")
    assert path.read_text() == content


@pytest.mark.parametrize(
    ("kind", "item_id", "file", "told"),
    [
        ("multiple_guess", "alpha.new", None, "not an item type"),
        ("coding", "alpha.new", None, "new-exercise"),
        ("numeric", "gamma.new", None, "no domain 'gamma'"),
        ("numeric", "alph.new", None, "did you mean alpha"),
        ("numeric", "alpha", None, "not the id of an item"),
        ("numeric", "alpha.New One", None, "not the id of an item"),
        ("numeric", "alpha.sky", None, "is there already, in items/alpha/choice.yaml:1"),
        ("numeric", "alpha.new", "../outside.yaml", "no item file"),
        ("numeric", "alpha.new", "exams/new.yaml", "no item file"),
        ("numeric", "alpha.new", "items/new.txt", "no item file"),
    ],
)
def test_what_cannot_be_begun_is_told_and_writes_nothing(
    kind: str, item_id: str, file: str | None, told: str, folder: Path, services: Services
):
    before = everything_in(folder.parent)
    with pytest.raises(UsageError, match=told):
        new_item(services, str(folder), kind, item_id, file)
    assert everything_in(folder.parent) == before


def test_errors_elsewhere_in_the_bank_keep_nobody_from_writing(folder: Path, services: Services):
    new_item(services, str(folder), "numeric", "alpha.first")
    assert read_bank(folder).bank is None
    new_item(services, str(folder), "numeric", "alpha.second")
    with pytest.raises(UsageError, match="is there already"):
        new_item(services, str(folder), "numeric", "alpha.first", "items/other.yaml")


def test_a_manifest_with_errors_is_mended_first(tmp_path: Path, services: Services):
    new_bank(tmp_path / "my-bank")
    with pytest.raises(BankError, match="mend it first"):
        new_item(services, str(tmp_path / "my-bank"), "numeric", "alpha.first")


@pytest.mark.parametrize("notebook", [False, True])
def test_a_new_exercise_gets_a_folder_of_its_own(notebook: bool, folder: Path, services: Services):
    made = new_exercise(services, str(folder), "mean-error", notebook=notebook)
    assert made.id == "demo.ex.mean-error"
    home = folder / "exercises/mean-error"
    assert set(made.files) == {path for path in home.rglob("*") if path.is_file()}
    beside = (home / "exercise.ipynb").exists()
    assert beside is notebook
    kind = kind_of("exercises/mean-error/exercise.yaml", beside_notebook=beside)
    assert kind is not None
    assert schema_beside(home / "exercise.yaml").name == schema_name(kind)
    problems = read_bank(folder).problems
    assert {problem.code for problem in problems} == {"unfilled"}, [str(one) for one in problems]
    before = everything_in(folder)
    with pytest.raises(UsageError, match="is there already"):
        new_exercise(services, str(folder), "mean-error")
    assert everything_in(folder) == before


def test_an_exercise_needs_a_name(folder: Path, services: Services):
    with pytest.raises(UsageError, match="cannot name an exercise"):
        new_exercise(services, str(folder), "Mean error")


FILLED = {
    "exercise.yaml": (
        "id: demo.ex.total\ntitle: A total\nobjective: alpha.basics\ndifficulty: foundational\nminutes: 5\nparts:\n"
        "  - {id: usual, title: Usual, points: 3, domain: alpha, tests: [test_usual_case]}\n"
        "  - {id: edges, title: Edges, points: 1, domain: beta, tests: [test_empty_input]}\n"
        "wrong:\n  - {file: wrong/first_mistake.py, mistake: Forgets the first., most: 1}\n"
        "rationale: Adding.\nreferences: [{title: A page}]\nverified: 2026-11-21\n"
    ),
    "statement.md": "Write `total(values)`.\n",
    "starter.py": "def total(values):\n    raise NotImplementedError\n",
    "reference.py": "def total(values):\n    return sum(values)\n",
    "wrong/first_mistake.py": "def total(values):\n    return sum(values[1:])\n",
    "test_sample.py": "from solution import total\n\n\ndef test_example():\n    assert total([1, 2]) == 3\n",
    "test_hidden.py": (
        "from solution import total\n\n\ndef test_usual_case():\n    assert total([1, 2]) == 3\n\n\n"
        "def test_empty_input():\n    assert total([]) == 0\n"
    ),
}


def test_an_exercise_whose_marks_are_filled_in_can_be_read(folder: Path, services: Services):
    made = new_exercise(services, str(folder), "total")
    home = folder / "exercises/total"
    assert {str(path.relative_to(home)) for path in made.files} == set(FILLED)
    for name, text in FILLED.items():
        (home / name).write_text(text)
    bank = read_bank(folder).bank
    assert bank is not None
    assert bank.item_named("demo.ex.total") is not None
