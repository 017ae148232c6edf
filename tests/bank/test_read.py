"""Every error of every file in one pass, told at its place with what would be right."""

import os
import socket
from pathlib import Path

import pytest

from bank.bank_folder import (
    CHOICE,
    EXERCISE,
    FILES,
    MANIFEST,
    OTHER_ITEMS,
    only_problem,
    place_in,
    problems_of,
    replaced,
    write_bank,
)
from examengine.bank.bank_files import MAX_FOLDER_DEPTH
from examengine.bank.problem_list import MAX_PROBLEMS
from examengine.bank.read import read_bank
from examengine.itemtypes.coding.model import Coding

ITEMS = "items/alpha/choice.yaml"
OTHERS = "items/beta/others.yaml"
EXAM = "exams/mock.yaml"
EX = "exercises/double"


def test_a_sound_bank_is_read_without_a_problem(tmp_path):
    reading = read_bank(write_bank(tmp_path))
    assert reading.problems == ()
    bank = reading.bank
    assert [item.id for item in bank.items] == ["demo.alpha.sky", "demo.alpha.primes", "demo.beta.half"]
    assert [blueprint.id for blueprint in bank.blueprints] == ["demo.mock"]
    assert bank.places["demo.beta.half"].model_dump() == {"file": OTHERS, "line": 17, "column": 3}


def test_an_exercise_folder_becomes_an_item_and_a_package(tmp_path):
    (exercise,) = read_bank(write_bank(tmp_path)).bank.exercises
    package = exercise.package
    assert isinstance(package.item, Coding)
    assert package.item.stem == "Write `double(x)`."
    assert package.item.seconds == 300
    assert package.item.starter == {"solution.py": FILES[f"{EX}/starter.py"]}
    assert package.item.sample_tests == {"test_sample.py": FILES[f"{EX}/test_sample.py"]}
    assert package.item.data_files == ("table.csv",)
    assert set(package.tests) == {"test_hidden.py"}
    assert set(package.support) == {"reference.py", "labels.csv", "tables.py"}
    assert package.data == {"table.csv": b"x\n1\n"}
    assert set(exercise.wrong_files) == {"wrong/adds_two.py"}
    assert exercise.reference == package.support["reference.py"]


def test_the_package_digest_follows_what_decides_points_and_nothing_else(tmp_path):
    def digest(name, changes):
        return read_bank(write_bank(tmp_path / name, changes)).bank.exercises[0].package.item.package_digest

    plain = digest("plain", {})
    assert digest("wrong", {f"{EX}/wrong/adds_two.py": "x = 1\n"}) == plain
    assert digest("tests", {f"{EX}/test_hidden.py": FILES[f"{EX}/test_hidden.py"] + "\n"}) != plain
    assert digest("holdout", {f"{EX}/holdout/labels.csv": "y\n3\n"}) != plain


def test_the_bank_digest_follows_every_file_and_not_the_folder(tmp_path):
    one = read_bank(write_bank(tmp_path / "one")).bank.digest
    assert read_bank(write_bank(tmp_path / "two")).bank.digest == one
    assert read_bank(write_bank(tmp_path / "three", replaced(ITEMS, "Dust would", "Dust may"))).bank.digest != one


def test_all_errors_of_all_files_are_told_in_one_pass(tmp_path):
    changes = {
        ITEMS: CHOICE.replace("key: b", "key: z").replace("seconds: 60", "secnods: 60"),
        OTHERS: OTHER_ITEMS.replace("answer: 0.5", "answer: soon").replace("choose: 2", "choose: 3"),
        f"{EX}/exercise.yaml": EXERCISE.replace("points: 3", "points: 0"),
        EXAM: FILES[EXAM].replace("items: 2\n", "items: 3\n"),
    }
    told = [(Path(p.file).name, p.line, p.item, p.code) for p in problems_of(tmp_path, changes)]
    assert told == [
        ("mock.yaml", 10, "demo.mock", "invalid"),
        ("exercise.yaml", 7, "demo.ex.double", "out-of-bounds"),
        ("choice.yaml", 1, "demo.alpha.sky", "missing-field"),
        ("choice.yaml", 15, "demo.alpha.sky", "unknown-field"),
        ("others.yaml", 12, "demo.alpha.primes", "invalid"),
        ("others.yaml", 23, "demo.beta.half", "invalid"),
    ]


def test_a_file_that_is_no_yaml_hides_no_error_of_the_others(tmp_path):
    changes = {ITEMS: "- id: [", OTHERS: OTHER_ITEMS.replace("answer: 0.5", "answer: soon")}
    assert {p.code for p in problems_of(tmp_path, changes)} == {"yaml-syntax", "invalid"}


CASES = [
    # file, old, new, the text at whose place it is told, code, what the message and hint say
    (ITEMS, "stem:", "stme:", "stme", "unknown-field", ["`stme`", "did you mean `stem`?"]),
    (ITEMS, "rationale: Dust", "reason: Dust", "{id: c", "missing-field", ["`rationale` is missing"]),
    (ITEMS, "foundational", "medium", "medium", "unknown-value", ["foundational, intermediate or advanced"]),
    (ITEMS, "foundational", "advance", "advance", "unknown-value", ["did you mean advanced?"]),
    (ITEMS, "seconds: 60", "seconds: 1:30", "1:30", "wrong-kind", ["'1:30'", "a whole number"]),
    (ITEMS, "seconds: 60", "seconds: 2", "2\n", "out-of-bounds", ["at least 5"]),
    (ITEMS, "seconds: 60", "seconds: 60.5", "60.5", "wrong-kind", ["a whole number"]),
    (ITEMS, "seconds: 60", "seconds: .inf", ".inf", "wrong-kind", ["a whole number"]),
    (ITEMS, "2026-11-21", "21.11.2026", "21.11", "wrong-kind", ["2026-11-21"]),
    (ITEMS, "2026-11-21", "0", "0\n", "wrong-kind", ["2026-11-21"]),
    (ITEMS, "2026-11-21", "2026-02-30", "2026-02-30", "wrong-kind", ["2026-11-21"]),
    (ITEMS, "2026-11-21", "soon", "soon", "wrong-kind", ["2026-11-21"]),
    (ITEMS, "key: b", "key: no", "no\n", "invalid", ["key 'no' is not an option; the options are a, b, c"]),
    (ITEMS, "key: b", "key: B", "B\n", "wrong-form", ["lower-case"]),
    (ITEMS, "key: b", "key: [b]", "[b]", "wrong-kind", ["a list", "give text"]),
    (ITEMS, "key: b", "key: ''", "''", "wrong-form", ["`key` is empty"]),
    (ITEMS, "{id: b,", "{id: a,", "a, text: Blue", "invalid", ["option id 'a' stands twice"]),
    (
        ITEMS,
        "multiple_choice",
        "multiple_choise",
        "multiple_choise",
        "unknown-type",
        ["did you mean `multiple_choice`?"],
    ),
    (ITEMS, "multiple_choice", "coding", "coding", "unknown-type", ["exercises/"]),
    (ITEMS, "  type: multiple_choice\n", "", "id: demo", "missing-field", ["`type` is missing", "numeric"]),
    (ITEMS, "alpha.basics", "alpha.basic", "alpha.basic", "unknown-objective", ["did you mean `alpha.basics`?"]),
    (ITEMS, "demo.alpha.sky", "other.alpha.sky", "other.alpha.sky", "foreign-id", ["'demo.'"]),
    (ITEMS, "key: b", "enemies: [demo.alpha.prime]", "demo.alpha.prime", "unknown-enemy", ["`demo.alpha.primes`?"]),
    (ITEMS, "key: b", "enemies: [demo.alpha.sky]", "demo.alpha.sky]", "unknown-enemy", ["its own enemy"]),
    (ITEMS, "key: b", "shuffle: maybe", "maybe", "wrong-kind", ["true or false"]),
    (ITEMS, "https://example.org/sky", "example.org", "example.org", "wrong-form", ["https://"]),
    (ITEMS, "stem: Which", "stem: '![s](figures/sky.png)' #", "'![s]", "missing-figure", ["figures/sky.png"]),
    (ITEMS, "stem: Which", "stem: '![s](https://example.org/a.png)' #", "'![s]", "remote-figure", ["network"]),
    (OTHERS, "demo.alpha.primes", "demo.beta.half", "demo.beta.half\n  type: num", "repeated-id", ["others.yaml:1"]),
    (OTHERS, "choose: 2", "choose: some", "some", "wrong-kind", ["a whole number or all"]),
    (OTHERS, "choose: 2", "choose: 3", "3\n", "invalid", ["choose is 3, but there are 2 keys"]),
    (OTHERS, "answer: 0.5", "answer: 1 / 0", "1 / 0", "invalid", ["a fraction such as 1/2"]),
    (EXAM, "{multiple_choice", "{multiple_chioce", "multiple_chioce", "unknown-type", ["`multiple_choice`?"]),
    (EXAM, "50, items: 1}", "50, items: 1, draws: [demo.alfa]}", "demo.alfa", "unknown-draw", ["`demo.alpha`?"]),
    (EXAM, "{id: alpha,", "{id: alfa,", "k1,", "invalid", ["slot 'k1' names domain 'alpha'"]),
    (EXAM, "demo.mock", "mock", "mock", "wrong-form", ["joined by dots"]),
    (EXAM, "proposed", "open", "open", "unknown-value", ["active"]),
    (EXAM, "items: 2\n", "items: two\n", "two", "wrong-kind", ["a whole number"]),
    ("bank.yaml", "format: 1", "format: 2", "2\n", "unknown-value", ["give 1"]),
    ("bank.yaml", "1.0.0", "1.0", "1.0\n", "wrong-form", ["1.0.0"]),
    ("bank.yaml", "licence:", "license:", "license", "unknown-field", ["did you mean `licence`?"]),
    ("bank.yaml", "id: beta\n", "id: alpha\n", "beta.basics", "invalid", ["does not begin with 'alpha.'"]),
]


@pytest.mark.parametrize(("file", "old", "new", "at", "code", "words"), CASES)
def test_an_error_is_told_at_its_place_with_what_would_be_right(tmp_path, file, old, new, at, code, words):
    changes = replaced(file, old, new)
    problem = next(p for p in problems_of(tmp_path, changes) if p.code == code)
    assert problem.file == str(tmp_path / file)
    assert (problem.line, problem.column) == place_in(changes[file], at), str(problem)
    for word in words:
        assert word in str(problem)


EXERCISE_CASES = [
    ("domain: beta", "domain: betta", "betta", "unknown-domain", ["did you mean `beta`?"]),
    ("[test_three]", "[test_tree]", "test_tree", "unknown-test", ["did you mean `test_three`?"]),
    ("[test_negative]", "[test_negative, test_three]", "test_three]}\nwrong", "invalid", ["two parts"]),
    ("[test_negative]", "[test_negative, 'test_three[1]']", "'test_three[1]'", "test-twice", ["counts once"]),
    ("[test_negative]", "[test_negative, test_negative]", "test_negative]", "invalid", ["a test stands twice"]),
    ("id: sign", "id: plain", "- {id: plain", "invalid", ["two parts have the same id"]),
    ("wrong/adds_two.py", "wrong/add_two.py", "wrong/add_two.py", "missing-file", ["`wrong/adds_two.py`?"]),
    ("most: 0", "most: 5", "5}", "out-of-bounds", ["4 points"]),
    ("most: 0", "most: nan", "nan", "out-of-bounds", ["at least 0"]),
    ("minutes: 5", "minutes: 0", "0\n", "out-of-bounds", ["at least 1"]),
    ("minutes: 5", "stem: x", "stem", "unknown-field", ["`stem`"]),
    ("minutes: 5", "limits: {seconds: 0}", "0}", "out-of-bounds", ["more than 0"]),
    ("minutes: 5", "requires: [scikit-learn]", "scikit-learn", "wrong-form", ["sklearn"]),
]


@pytest.mark.parametrize(("old", "new", "at", "code", "words"), EXERCISE_CASES)
def test_an_error_of_an_exercise_is_told_at_its_place(tmp_path, old, new, at, code, words):
    changes = replaced(f"{EX}/exercise.yaml", old, new)
    problem = next(p for p in problems_of(tmp_path, changes) if p.code == code)
    assert problem.item == "demo.ex.double"
    if code != "invalid" or "'" in problem.message:
        assert (problem.line, problem.column) == place_in(changes[f"{EX}/exercise.yaml"], at), str(problem)
    for word in words:
        assert word in str(problem)


@pytest.mark.parametrize(
    "name", ["exercise.yaml", "statement.md", "starter.py", "reference.py", "test_sample.py", "test_hidden.py"]
)
def test_a_missing_file_of_an_exercise_is_told(tmp_path, name):
    problem = only_problem(tmp_path, {f"{EX}/{name}": None})
    assert (problem.code, Path(problem.file).name) == ("missing-file", name)


def test_a_hidden_test_that_no_part_lists_is_told_at_its_line(tmp_path):
    hidden = FILES[f"{EX}/test_hidden.py"] + "\n\nclass TestMore:\n    def test_zero(self):\n        assert True\n"
    problem = only_problem(tmp_path, {f"{EX}/test_hidden.py": hidden})
    assert (problem.code, problem.line) == ("test-without-part", 13)
    assert "'TestMore::test_zero'" in problem.hint


def test_tests_of_classes_and_further_files_are_named_with_their_file(tmp_path):
    more = "import unittest\n\nclass Signs(unittest.TestCase):\n    def test_zero(self):\n        assert True\n"
    name = "test_hidden_more.py::Signs::test_zero"
    changes = {
        f"{EX}/test_hidden_more.py": more,
        f"{EX}/exercise.yaml": EXERCISE.replace("[test_three]", f"[test_three, '{name}']"),
    }
    assert problems_of(tmp_path, changes) == ()
    assert set(read_bank(tmp_path).bank.exercises[0].package.tests) == {"test_hidden.py", "test_hidden_more.py"}


def test_a_test_of_a_class_may_be_listed_without_its_file(tmp_path):
    hidden = FILES[f"{EX}/test_hidden.py"] + "\n\nclass TestMore:\n    def test_zero(self):\n        assert True\n"
    changes = {
        f"{EX}/test_hidden.py": hidden,
        f"{EX}/exercise.yaml": EXERCISE.replace("[test_three]", "[test_three, 'TestMore::test_zero']"),
    }
    assert [problem.code for problem in problems_of(tmp_path, changes) if problem.severity == "error"] == []


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("reference.py", "def double(x:\n", "python-syntax"),
        ("test_hidden.py", "def test_three(:\n", "python-syntax"),
        ("starter.py", b"\xff", "not-utf-8"),
        ("statement.md", "", "invalid"),
        ("wrong/unlisted.py", "x = 1\n", "unlisted-file"),
        ("data/labels.csv", "y\n1\n", "name-clash"),
        ("data/solution.py", "x = 1\n", "name-clash"),
        ("data/more/table.csv", "x\n", "nested-data"),
        ("solution.py", "x = 1\n", "name-clash"),
    ],
)
def test_a_wrong_file_in_an_exercise_is_told(tmp_path, name, text, code):
    codes = {problem.code for problem in problems_of(tmp_path, {f"{EX}/{name}": text})}
    assert codes == {code}


@pytest.mark.parametrize("name", ["items/alpha/more.yml", "exams/old.yml"])
def test_a_yaml_file_under_another_ending_is_not_passed_over_in_silence(tmp_path, name):
    assert only_problem(tmp_path, {name: "- x"}).code == "file-name"


def test_files_that_no_bank_has_are_warned_of_and_left_aside(tmp_path):
    reading = read_bank(write_bank(tmp_path, {"items/notes.txt": "x", f"{EX}/old.ipynb": "x", "README.md": "x"}))
    assert reading.bank is not None
    assert [(p.code, p.severity) for p in reading.problems] == [("unknown-file", "warning")] * 2


def test_numbers_and_truth_values_stand_as_written_where_text_is_wanted(tmp_path):
    options = CHOICE.replace("text: Green", "text: 1.10").replace("text: Brown", "text: true")
    bank = read_bank(write_bank(tmp_path, {ITEMS: options.replace("stem: Which colour", "stem: 0x1F #")})).bank
    item = bank.items[0]
    assert [option.text for option in item.options] == ["1.10", "Blue", "true"]
    assert item.stem == "0x1F"


def test_words_that_yaml_1_1_takes_for_truth_values_are_ids_like_others(tmp_path):
    text = CHOICE.replace("{id: a,", "{id: no,").replace("key: b", "key: no")
    assert read_bank(write_bank(tmp_path, {ITEMS: text})).bank.items[0].key == "no"


def test_a_figure_that_exists_is_fine_and_one_in_code_is_no_figure(tmp_path):
    stem = "stem: |\n    ![sky](figures/sky.png)\n    `![x](nowhere.png)`\n    Which of these colours is it? #"
    changes = {"figures/sky.png": b"\x89PNG", **replaced(ITEMS, "stem:", stem)}
    assert problems_of(tmp_path, changes) == ()


def test_a_link_out_of_the_bank_is_refused_and_one_within_is_read(tmp_path):
    outside = tmp_path / "outside.yaml"
    outside.write_text(CHOICE)
    folder = write_bank(tmp_path / "bank", {ITEMS: None})
    (folder / "items/alpha").mkdir()
    (folder / ITEMS).symlink_to(outside)
    assert "link-leaves-bank" in {problem.code for problem in read_bank(folder).problems}
    (folder / ITEMS).unlink()
    (folder / "figures").mkdir()
    (folder / "figures/kept.yaml").write_text(CHOICE)
    (folder / ITEMS).symlink_to(folder / "figures/kept.yaml")
    assert read_bank(folder).problems == ()


@pytest.mark.parametrize(
    ("target", "code"), [("nowhere.yaml", "broken-link"), ("loop.yaml", "broken-link"), ("../alpha", "linked-folder")]
)
def test_links_that_lead_to_no_file_are_refused(tmp_path, target, code):
    folder = write_bank(tmp_path)
    (folder / "items/alpha/loop.yaml").symlink_to(target)
    assert [problem.code for problem in read_bank(folder).problems] == [code]


def test_pipes_sockets_and_devices_are_refused_without_waiting(tmp_path, monkeypatch):
    folder = write_bank(tmp_path)
    os.mkfifo(folder / "items/alpha/pipe.yaml")
    monkeypatch.chdir(folder / "items/alpha")  # a socket's path is short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.yaml")
        assert [problem.code for problem in read_bank(folder).problems] == ["special-file"] * 2


def test_a_manifest_that_is_a_pipe_is_refused(tmp_path):
    folder = write_bank(tmp_path, {"bank.yaml": None})
    os.mkfifo(folder / "bank.yaml")
    assert "special-file" in {problem.code for problem in read_bank(folder).problems}


def test_folders_nested_without_end_are_refused(tmp_path):
    deep = "/".join(["d"] * (MAX_FOLDER_DEPTH + 1))
    assert only_problem(tmp_path, {f"items/{deep}/x.yaml": CHOICE}).code == "folder-too-deep"


def test_a_large_file_is_refused_unread(tmp_path):
    assert only_problem(tmp_path, {f"{EX}/data/big.csv": b"x" * (2 * 1024 * 1024 + 1)}).code == "file-too-large"


def test_a_file_name_cannot_smuggle_control_characters_into_a_message(tmp_path):
    folder = write_bank(tmp_path)
    Path(os.fsdecode(os.fsencode(folder / "items/alpha") + b"/\x1b[31m\xff.yaml")).write_text("x")
    (problem,) = read_bank(folder).problems
    assert problem.code == "file-name"
    assert str(problem).isprintable()


def test_a_text_cannot_smuggle_control_characters_into_a_message(tmp_path):
    (problem,) = problems_of(tmp_path, replaced(ITEMS, "key: b", "key: 'a\u202e\u2028b'"))
    assert str(problem).isprintable()


def test_no_folder_and_no_manifest_are_told(tmp_path):
    assert [p.code for p in read_bank(tmp_path / "none").problems] == ["missing-folder"]
    assert only_problem(tmp_path, {"bank.yaml": None}).code == "missing-file"


def test_domains_that_stand_twice_are_told_at_the_second(tmp_path):
    problem = next(
        p for p in problems_of(tmp_path, {"bank.yaml": MANIFEST.replace("beta", "alpha")}) if p.code == "invalid"
    )
    assert problem.message == "domain 'alpha' stands twice"
    assert (problem.line, problem.column) == (11, 9)


def test_an_enemy_in_another_bank_is_taken_on_trust(tmp_path):
    changes = replaced(ITEMS, "seconds: 60", "seconds: 60\n  enemies: [other.alpha.x]")
    assert problems_of(tmp_path, changes) == ()


def test_more_problems_than_anyone_mends_end_in_one_that_says_so(tmp_path):
    broken = "".join(f"- {{id: demo.alpha.i{n}, type: essay}}\n" for n in range(MAX_PROBLEMS + 500))
    problems = problems_of(tmp_path, {ITEMS: broken})
    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[0].code == "too-many-problems"


def test_a_name_of_any_length_makes_a_message_of_bounded_length(tmp_path):
    for problem in problems_of(tmp_path, {ITEMS: CHOICE + f"  {'x' * 100_000}: 1\n  {'x' * 100_000}: 1\n"}):
        assert len(str(problem)) < 3_000


def test_windows_line_ends_make_no_difference(tmp_path):
    changes = {name: text.replace("\n", "\r\n") for name, text in FILES.items()}
    reading = read_bank(write_bank(tmp_path, changes))
    assert reading.problems == ()
    assert "\r" not in reading.bank.exercises[0].package.item.starter["solution.py"]
