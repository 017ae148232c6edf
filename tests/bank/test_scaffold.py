"""Scaffolds: what is to be filled in is told, each at its place, and what is filled in passes."""

from pathlib import Path

import nbformat
import pytest

from bank.bank_folder import write_bank
from examengine.bank.check import check_bank
from examengine.bank.problem import Problem
from examengine.bank.read import read_bank, read_draft
from examengine.bank.scaffold import bank_text, exercise_files, item_text
from examengine.core.errors import UsageError
from examengine.itemtypes.registry import ITEM_TYPES
from examengine.itemtypes.scaffold import MARK, MARKED, with_samples

LISTED = [name for name in ITEM_TYPES if name != "coding"]
OBJECTIVES = ["alpha.basics", "alpha.more"]
MANIFEST = """format: 1
id: demo
title: Demo bank
version: 1.0.0
licence: CC-BY-4.0
domains:
  - id: alpha
    title: Alpha
    objectives:
      - {id: alpha.basics, title: Basics}
      - {id: alpha.more, title: More}
"""


def only(folder: Path, **files: str) -> Path:
    """Write a bank of these files (`__` for `/`) and the manifest."""
    named = {name.replace("__", "/") + ".yaml": text for name, text in files.items()}
    for name, text in {"bank.yaml": MANIFEST, **named}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def marks_in(folder: Path) -> list[tuple[str, int, int]]:
    """Return file, line and column of every mark in a folder."""
    return sorted(
        (str(path), number, found.start() + 1)
        for path in folder.rglob("*")
        if path.is_file()
        for number, line in enumerate(path.read_text().split("\n"), 1)
        for found in MARKED.finditer(line)
    )


def places_of(problems: tuple[Problem, ...]) -> list[tuple[str, int, int]]:
    return sorted((one.file, one.line, one.column) for one in problems)


@pytest.mark.parametrize("name", LISTED)
def test_every_mark_of_a_new_item_is_one_error_at_its_place_and_there_are_no_others(name: str, tmp_path: Path):
    text = item_text(ITEM_TYPES[name], "demo.alpha.new", OBJECTIVES)
    folder = only(tmp_path, items__alpha__new=text)
    reading = read_bank(folder)
    assert reading.bank is None
    assert {one.code for one in reading.problems} == {"unfilled"}
    assert {one.item for one in reading.problems} == {"demo.alpha.new"}
    assert places_of(reading.problems) == marks_in(folder)
    assert len(reading.problems) >= 10


@pytest.mark.parametrize("name", LISTED)
def test_the_samples_of_a_type_make_an_item_that_the_check_has_nothing_against(name: str, tmp_path: Path):
    text = item_text(ITEM_TYPES[name], "demo.alpha.new", OBJECTIVES[:1], samples=True)
    assert MARK not in text
    reading = read_bank(only(tmp_path, items__alpha__new=text))
    assert reading.problems == ()
    assert reading.bank is not None
    assert [problem.code for problem in check_bank(reading.bank)] == ["objective-without-items"]  # alpha.more
    assert reading.bank.items[0].type == name


def test_a_type_without_a_scaffold_of_its_own_says_what_to_do():
    with pytest.raises(UsageError, match="new-exercise"):
        item_text(ITEM_TYPES["coding"], "demo.alpha.new", OBJECTIVES)


def test_an_author_sees_no_sample():
    for name in LISTED:
        assert " | " not in "".join(
            found[0] for found in MARKED.finditer(item_text(ITEM_TYPES[name], "a.b.c", ["b.d"]))
        )


def test_a_mark_that_has_lost_its_end_is_told_all_the_same(tmp_path: Path):
    text = item_text(ITEM_TYPES["short_text"], "demo.alpha.new", OBJECTIVES[:1], samples=True)
    broken = text.replace("seconds: 90", "seconds: 90\n  tags: []\n  # <fill in more")
    problems = read_bank(only(tmp_path, items__alpha__new=broken)).problems
    assert [(one.code, one.message) for one in problems] == [("unfilled", "still to be filled in: more")]


def test_the_manifest_of_a_new_bank_tells_its_marks_alone_and_passes_with_the_samples(tmp_path: Path):
    (tmp_path / "bank.yaml").write_text(bank_text("demo", None))
    problems = read_bank(tmp_path).problems
    assert places_of(problems) == marks_in(tmp_path)
    titled = bank_text("demo", 'Ada\'s "bank": a draft')
    (tmp_path / "bank.yaml").write_text(with_samples(titled.replace(" such as CC-BY-4.0", "").replace(">", " | x>")))
    assert "Ada's" in titled


@pytest.mark.parametrize("notebook", [False, True])
def test_every_mark_of_a_new_exercise_is_one_error_at_its_place(notebook: bool, tmp_path: Path):
    files = exercise_files("demo.ex.new", "new", OBJECTIVES, ["alpha", "beta"], notebook=notebook)
    folder = only(tmp_path)
    for name, text in files.items():
        path = folder / "exercises/new" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    problems = read_bank(folder).problems
    assert {one.code for one in problems} == {"unfilled"}, [str(one) for one in problems if one.code != "unfilled"]
    assert {one.item for one in problems} == {"demo.ex.new"}
    assert places_of(problems) == marks_in(folder)


def test_a_new_notebook_is_one(tmp_path: Path):
    text = exercise_files("demo.ex.new", "new", OBJECTIVES, ["alpha"], notebook=True)["exercise.ipynb"]
    nbformat.validate(nbformat.reads(text, as_version=4))


@pytest.mark.parametrize(
    ("slug", "function"), [("mean-error", "mean_error"), ("class", "solve_class"), ("2d", "solve_2d")]
)
def test_the_function_of_an_exercise_is_named_after_its_folder(slug: str, function: str):
    files = exercise_files(f"demo.ex.{slug}", slug, OBJECTIVES, ["alpha"])
    assert files["starter.py"].startswith(f"def {function}(values):")
    assert f"`{function}(values)`" in files["statement.md"]


def test_a_draft_holds_what_is_sound_and_the_problems_of_the_rest(tmp_path: Path):
    new = item_text(ITEM_TYPES["numeric"], "demo.alpha.new", ["alpha.basics"])
    folder = write_bank(tmp_path, {"items/alpha/new.yaml": new})
    assert read_bank(folder).bank is None
    draft = read_draft(folder)
    assert draft.bank is not None
    assert [item.id for item in draft.bank.items] == ["demo.alpha.sky", "demo.alpha.primes", "demo.beta.half"]
    assert {problem.item for problem in draft.problems} == {"demo.alpha.new"}
