"""Banks are found by path, in the user's folder and with the program, in that order of precedence."""

from pathlib import Path

import pytest

from bank.bank_folder import BLUEPRINT, CHOICE, FILES, MANIFEST, write_bank
from examengine.bank.catalogue import find_banks, find_blueprint, open_bank, open_bank_at, place_of
from examengine.core.errors import BankError, UsageError


@pytest.fixture
def shelves(tmp_path: Path) -> dict[str, Path]:
    made = {name: tmp_path / name for name in ("path", "user", "installed")}
    for folder in made.values():
        folder.mkdir()
    return made


def manifest(bank: str, title: str = "A bank") -> dict[str, str | None]:
    changes: dict[str, str | None] = {
        name: None if text is None else text.replace("demo", bank) for name, text in FILES.items()
    }
    return changes | {"bank.yaml": MANIFEST.replace("demo", bank).replace("Demo bank", title)}


def test_a_bank_given_by_path_goes_before_the_users_and_that_before_the_installed(shelves):
    for shelf in shelves.values():
        write_bank(shelf / "one", manifest("one", shelf.name))
    found = find_banks([shelves["path"]], user_folder=shelves["user"], installed=shelves["installed"])
    assert [(place.id, place.origin, place.title) for place in found] == [("one", "path", "path")]
    found = find_banks(user_folder=shelves["user"], installed=shelves["installed"])
    assert [place.origin for place in found] == ["user"]
    found = find_banks(installed=shelves["installed"])
    assert [place.origin for place in found] == ["installed"]


def test_a_shelf_may_be_a_bank_itself_and_need_not_exist(shelves, tmp_path):
    folder = write_bank(shelves["path"] / "one", manifest("one"))
    found = find_banks([folder], user_folder=tmp_path / "none", installed=shelves["installed"])
    assert [place.folder for place in found] == [folder]


def test_the_banks_of_the_program_are_found_without_being_named():
    found = find_banks()
    assert "cmla" in [place.id for place in found]
    assert {place.origin for place in found} == {"installed"}


def test_a_bank_is_opened_by_its_id_by_its_folder_and_by_its_manifest(shelves):
    folder = write_bank(shelves["user"] / "anything", manifest("one"))
    for name in ("one", str(folder), str(folder / "bank.yaml")):
        assert open_bank(name, user_folder=shelves["user"], installed=shelves["installed"]).id == "one"


def test_an_unknown_bank_is_told_with_the_nearest_names(shelves):
    write_bank(shelves["user"] / "one", manifest("onyx"))
    with pytest.raises(UsageError, match="did you mean onyx"):
        open_bank("onix", user_folder=shelves["user"], installed=shelves["installed"])
    with pytest.raises(UsageError, match=r"holds a bank\.yaml"):
        open_bank(str(shelves["user"]), installed=shelves["installed"])


def test_a_bank_with_errors_is_found_and_refused_with_all_of_them(shelves):
    write_bank(
        shelves["user"] / "one", {"items/alpha/choice.yaml": CHOICE.replace("key: b", "key: z"), "bank.yaml": "["}
    )
    place = place_of("one", user_folder=shelves["user"], installed=shelves["installed"])
    with pytest.raises(BankError) as caught:
        open_bank_at(place)
    assert "2 errors" in str(caught.value)
    assert "choice.yaml:11:8: demo.alpha.sky: key 'z' is not an option" in str(caught.value)


def test_a_blueprint_comes_with_every_bank_that_it_draws_on(shelves):
    write_bank(shelves["user"] / "other", manifest("other"))
    draws = BLUEPRINT.replace("50, items: 1}", "50, items: 1, draws: [demo.alpha, other.alpha]}", 1)
    write_bank(shelves["user"] / "demo", {"exams/mock.yaml": draws})
    found = find_blueprint("demo.mock", user_folder=shelves["user"], installed=shelves["installed"])
    assert (found.blueprint.id, sorted(found.banks)) == ("demo.mock", ["demo", "other"])
    assert find_blueprint("demo", user_folder=shelves["user"], installed=shelves["installed"]) == found


def test_an_unknown_blueprint_is_told_with_those_there_are(shelves):
    write_bank(shelves["user"] / "demo")
    with pytest.raises(UsageError, match=r"did you mean demo\.mock"):
        find_blueprint("demo.mok", user_folder=shelves["user"], installed=shelves["installed"])


@pytest.mark.parametrize("content", [b"", b"\xff", b"[", b"id: {a: b}", b"- id: x"])
def test_a_bank_whose_manifest_cannot_be_read_stands_under_its_folders_name(shelves, content):
    write_bank(shelves["user"] / "broken", {"bank.yaml": content})
    assert [place.id for place in find_banks(user_folder=shelves["user"], installed=shelves["installed"])] == ["broken"]
