"""The lint of a bank that could be read: single items, habits over the bank, and blueprints it cannot meet."""

from pathlib import Path

import pytest

from bank.bank_folder import CHOICE, FILES, OTHER_ITEMS, place_in, replaced, write_bank
from examengine.bank.check import check_bank
from examengine.bank.near_duplicates import find_near_duplicates
from examengine.bank.read import read_bank

ITEMS = "items/alpha/choice.yaml"


def checked(folder: Path, changes=None, shortages=None):
    reading = read_bank(write_bank(folder, changes))
    assert reading.bank is not None, [str(problem) for problem in reading.problems]
    return [p for p in check_bank(reading.bank, shortages) if p.code != "few-wrong-solutions"]


def many(count: int, key: str = "b", key_text: str = "Blue", shuffle: str = "true") -> str:
    """Return an item file of many items whose wording is their own."""
    items = []
    for number in range(count):
        words = " ".join(f"w{number}x{place}" for place in range(10))
        text = CHOICE.replace("demo.alpha.sky", f"demo.alpha.sky{number}").replace("Which colour", words)
        items.append(
            text.replace("key: b", f"key: {key}\n  shuffle: {shuffle}").replace("text: Blue", f"text: {key_text}")
        )
    return "".join(items)


def test_a_sound_bank_has_no_flaw(tmp_path):
    assert checked(tmp_path) == []


def test_a_flaw_of_an_item_is_told_at_its_field(tmp_path):
    changes = replaced(ITEMS, "text: Brown", "text: All of the above")
    (problem,) = checked(tmp_path, changes)
    assert (problem.code, problem.severity, problem.item) == ("option-all-of-the-above", "warning", "demo.alpha.sky")
    assert (problem.line, problem.column) == place_in(changes[ITEMS], "All of")
    assert problem.file == str(tmp_path / ITEMS)


def test_fewer_wrong_solutions_than_the_format_asks_for_are_told(tmp_path):
    bank = read_bank(write_bank(tmp_path)).bank
    (problem,) = check_bank(bank)
    assert (problem.code, Path(problem.file).name, problem.line) == ("few-wrong-solutions", "exercise.yaml", 10)


def test_an_objective_without_items_is_told_in_the_manifest(tmp_path):
    more = FILES["bank.yaml"].replace("title: Basics}\n", "title: Basics}\n      - {id: alpha.more, title: M}\n", 1)
    (problem,) = checked(tmp_path, {"bank.yaml": more})
    assert (problem.code, problem.line, problem.column) == ("objective-without-items", 11, 9)


def test_an_id_that_names_another_domain_is_told(tmp_path):
    problems = checked(tmp_path, {ITEMS: CHOICE.replace("demo.alpha.sky", "demo.beta.sky")})
    assert [(problem.code, problem.column) for problem in problems] == [("id-of-another-domain", 7)]


@pytest.mark.parametrize(("key", "is_told"), [("b", True), ("a", True)])
def test_a_key_that_stands_at_one_place_beyond_chance_is_told(tmp_path, key, is_told):
    codes = [problem.code for problem in checked(tmp_path, {ITEMS: many(40, key)})]
    assert ("key-position" in codes) is is_told


def test_keys_at_fixed_places_are_not_counted(tmp_path):
    codes = [problem.code for problem in checked(tmp_path, {ITEMS: many(40, shuffle="false")})]
    assert "key-position" not in codes


def test_few_items_say_nothing_about_habits(tmp_path):
    assert checked(tmp_path, {ITEMS: many(10, key_text="Blue as the sea")}) == []


@pytest.mark.parametrize(("text", "is_told"), [("Light blue", True), ("Blue", False)])
def test_keys_that_are_the_longest_option_beyond_chance_are_told(tmp_path, text, is_told):
    codes = [problem.code for problem in checked(tmp_path, {ITEMS: many(40, key_text=text)})]
    assert ("key-longest" in codes) is is_told


def test_near_duplicates_are_told_unless_they_are_enemies(tmp_path):
    twin = CHOICE.replace("demo.alpha.sky", "demo.alpha.sky2").replace("in summer", "in winter")
    problems = checked(tmp_path / "one", {ITEMS: CHOICE + twin})
    assert [(problem.code, problem.item) for problem in problems] == [("near-duplicate", "demo.alpha.sky2")]
    assert "demo.alpha.sky too (items/alpha/choice.yaml:1)" in problems[0].message
    enemy = twin.replace("seconds: 60", "seconds: 60\n  enemies: [demo.alpha.sky]")
    assert checked(tmp_path / "two", {ITEMS: CHOICE + enemy}) == []


def test_near_duplicates_are_found_among_many_texts_by_what_they_share():
    texts = {f"t{number}": " ".join(f"n{number}w{place}" for place in range(12)) for number in range(300)}
    texts["copy"] = texts["t7"].replace("n7w11", "other")
    assert [(one, other) for one, other, _ in find_near_duplicates(texts)] == [("copy", "t7")]


def test_equal_texts_are_found_however_common_their_phrases():
    texts = {f"t{number:03}": "the same words stand in every text" for number in range(60)}
    pairs = {other for _, other, share in find_near_duplicates(texts) if share == 1}
    assert pairs == {f"t{number:03}" for number in range(1, 60)}


def test_what_a_blueprint_lacks_is_an_error_at_the_blueprint(tmp_path):
    problems = checked(tmp_path, shortages=lambda blueprint: [f"{blueprint.id} lacks two items"])
    assert [(p.code, p.severity, p.message) for p in problems] == [
        ("blueprint-unmet", "error", "demo.mock lacks two items")
    ]
    assert problems[0].file.endswith("exams/mock.yaml")


def test_a_bank_whose_files_went_away_is_checked_all_the_same(tmp_path):
    bank = read_bank(write_bank(tmp_path, replaced(ITEMS, "text: Brown", "text: All of the above"))).bank
    (tmp_path / ITEMS).unlink()
    assert "option-all-of-the-above" in {problem.code for problem in check_bank(bank)}


def test_other_items_are_looked_at_too(tmp_path):
    changes = {"items/beta/others.yaml": OTHER_ITEMS.replace("value: 2,", "value: 0.5,")}
    assert [problem.code for problem in checked(tmp_path, changes)] == ["slip-earns-full-marks"]
