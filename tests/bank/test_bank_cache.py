"""The cache of banks: what comes from it is what was read, and whatever is doubtful is read anew."""

import json
import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bank.bank_folder import write_bank
from examengine.bank import cached_bank
from examengine.bank.bank_cache import BankCache
from examengine.bank.cached_bank import read_bank_through
from examengine.bank.catalogue import installed_folder
from examengine.bank.item_list import ItemList
from examengine.bank.read import BankReading, read_bank
from examengine.core.errors import StoreError
from examengine.delivery.open_banks import open_named_bank
from examengine.delivery.services import Services

Reads = Callable[[], int]


@pytest.fixture
def cache(tmp_path: Path) -> BankCache:
    return BankCache(tmp_path / "cache", tmp_path / "data" / "cache.key")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    """Count how often files are read as a bank, and not taken from the cache."""
    count = 0
    real = cached_bank.read_files

    def counted(*arguments: object) -> BankReading:
        nonlocal count
        count += 1
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(cached_bank, "read_files", counted)
    return lambda: count


def entries(cache: BankCache) -> list[Path]:
    return sorted(cache.folder.glob("*.bank"))


def test_a_bank_from_the_cache_equals_the_one_that_was_read(tmp_path: Path, cache: BankCache, reads: Reads) -> None:
    folder = write_bank(tmp_path / "bank")
    first, second = read_bank_through(cache, folder), read_bank_through(cache, folder)
    assert reads() == 1
    assert first == second == read_bank(folder)
    assert first.bank is not None and second.bank is not None
    assert isinstance(second.bank.items, ItemList)
    for item in first.bank.items:
        assert second.bank.item_named(item.id) == item
        assert type(second.bank.item_named(item.id)) is type(item)


def test_every_installed_bank_is_the_same_from_the_cache(cache: BankCache, reads: Reads) -> None:
    shelf = installed_folder()
    assert shelf is not None
    folders = sorted(path.parent for path in shelf.glob("*/bank.yaml"))
    for count, folder in enumerate(folders, 1):
        fresh = read_bank_through(cache, folder)
        assert read_bank_through(cache, folder) == fresh == read_bank(folder)
        assert reads() == count


def test_warnings_come_from_the_cache_with_their_files(tmp_path: Path, cache: BankCache, reads: Reads) -> None:
    folder = write_bank(tmp_path / "bank", {"items/alpha/notes.txt": "kept aside"})
    fresh = read_bank_through(cache, folder)
    assert [problem.code for problem in fresh.problems] == ["unknown-file"]
    moved = folder.rename(tmp_path / "moved")
    kept = read_bank_through(cache, moved)
    assert reads() == 1
    assert kept == read_bank(moved)
    assert kept.problems[0].file == str(moved / "items/alpha/notes.txt")


@pytest.mark.parametrize("change", ["byte", "new file", "renamed", "removed", "figure"])
def test_any_change_of_any_file_is_read(tmp_path: Path, cache: BankCache, reads: Reads, change: str) -> None:
    folder = write_bank(tmp_path / "bank", {"figures/a.png": "one"})
    read_bank_through(cache, folder)
    file = min((folder / "items").rglob("*.yaml"))
    times = file.stat()
    match change:
        case "byte":
            file.write_text(file.read_text().replace("noon", "dusk"))
            os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
        case "new file":
            (folder / "items" / "alpha" / "empty.txt").write_text("")
        case "renamed":
            file.rename(file.with_name("other.yaml"))
        case "removed":
            file.unlink()
        case "figure":
            (folder / "figures/a.png").write_text("two")
    assert read_bank_through(cache, folder) == read_bank(folder)
    assert reads() == 2


def test_readings_with_errors_are_never_kept(tmp_path: Path, cache: BankCache) -> None:
    folder = write_bank(tmp_path / "bank", {"items/alpha/bad.yaml": "- id: [\n"})
    assert read_bank_through(cache, folder) == read_bank(folder)
    assert not cache.folder.exists()


def test_a_folder_with_anything_unusual_is_read_without_the_cache(tmp_path: Path, cache: BankCache) -> None:
    folder = write_bank(tmp_path / "bank")
    (folder / "figures").mkdir(exist_ok=True)
    (folder / "figures" / "gone.png").symlink_to("nowhere.png")
    assert read_bank_through(cache, folder) == read_bank(folder)
    assert not cache.folder.exists()


def test_another_version_of_the_program_reads_anew(
    tmp_path: Path, cache: BankCache, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_bank(tmp_path / "bank")
    read_bank_through(cache, folder)
    monkeypatch.setattr(cached_bank, "_program", lambda: "another")
    read_bank_through(cache, folder)
    assert reads() == 2


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_damaged_entry_is_no_entry(tmp_path: Path, data: st.DataObject) -> None:
    cache = BankCache(tmp_path / "cache", tmp_path / "data" / "cache.key")
    name = "ab" * 32
    content = b"first\nsecond\nthird"
    assert cache.store(name, content)
    assert cache.load(name) == content
    file = cache.folder / f"{name}.bank"
    whole = bytearray(file.read_bytes())
    kind = data.draw(st.sampled_from(["flip", "cut", "grow", "other"]))
    place = data.draw(st.integers(0, len(whole) - 1))
    if kind == "flip":
        whole[place] ^= 1 << data.draw(st.integers(0, 7))
    elif kind == "cut":
        del whole[place:]
    elif kind == "grow":
        whole[place:place] = data.draw(st.binary(min_size=1, max_size=40))
    else:
        whole = bytearray(data.draw(st.binary(max_size=200)))
    file.write_bytes(whole)
    assert cache.load(name) is None


def test_a_damaged_entry_is_replaced(tmp_path: Path, cache: BankCache, reads: Reads) -> None:
    folder = write_bank(tmp_path / "bank")
    fresh = read_bank_through(cache, folder)
    (entry,) = entries(cache)
    entry.write_bytes(entry.read_bytes()[:-1])
    assert read_bank_through(cache, folder) == fresh
    assert read_bank_through(cache, folder) == fresh
    assert reads() == 2


def test_what_somebody_else_wrote_is_not_believed(tmp_path: Path, cache: BankCache, reads: Reads) -> None:
    folder = write_bank(tmp_path / "bank")
    true = read_bank_through(cache, folder)
    (entry,) = entries(cache)
    foreign = BankCache(tmp_path / "foreign", tmp_path / "foreign.key")
    content = cache.load(entry.stem)
    assert content is not None
    assert foreign.store(entry.stem, content.replace(b'"key":"b"', b'"key":"a"'))
    entry.write_bytes((foreign.folder / entry.name).read_bytes())
    assert read_bank_through(cache, folder) == true
    assert reads() == 2


def test_one_entry_does_not_stand_in_for_another(tmp_path: Path, cache: BankCache, reads: Reads) -> None:
    one, other = write_bank(tmp_path / "one"), write_bank(tmp_path / "other", {"figures/a.png": "x"})
    read_bank_through(cache, one)
    (first,) = entries(cache)
    read_bank_through(cache, other)
    (second,) = [entry for entry in entries(cache) if entry != first]
    second.write_bytes(first.read_bytes())
    assert read_bank_through(cache, other) == read_bank(other)
    assert reads() == 3


@pytest.mark.parametrize("spoil", ["readable", "short", "missing", "link"])
def test_a_doubtful_secret_is_replaced_and_what_it_vouched_for_is_read_anew(
    tmp_path: Path, cache: BankCache, reads: Reads, spoil: str
) -> None:
    folder = write_bank(tmp_path / "bank")
    read_bank_through(cache, folder)
    key = cache.key_file
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    old = key.read_bytes()
    match spoil:
        case "readable":
            key.chmod(0o644)
        case "short":
            key.write_bytes(old[:-1])
        case "missing":
            key.unlink()
        case "link":
            key.rename(key.with_name("elsewhere"))
            key.symlink_to("elsewhere")
    read_bank_through(cache, folder)
    assert reads() == 2
    assert key.read_bytes() != old and stat.S_IMODE(key.lstat().st_mode) == 0o600
    read_bank_through(cache, folder)
    assert reads() == 2


@pytest.mark.parametrize("spoil", ["entry", "folder", "link", "pipe"])
def test_an_entry_that_others_may_write_is_no_entry(tmp_path: Path, cache: BankCache, reads: Reads, spoil: str) -> None:
    folder = write_bank(tmp_path / "bank")
    fresh = read_bank_through(cache, folder)
    (entry,) = entries(cache)
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600
    assert stat.S_IMODE(cache.folder.stat().st_mode) == 0o700
    match spoil:
        case "entry":
            entry.chmod(0o666)
        case "folder":
            cache.folder.chmod(0o777)
        case "link":
            entry.rename(entry.with_name("elsewhere"))
            entry.symlink_to("elsewhere")
        case "pipe":
            entry.unlink()
            os.mkfifo(entry, 0o600)
    assert read_bank_through(cache, folder) == fresh
    assert reads() == 2


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "bank")
    (tmp_path / "file").write_text("in the way")
    for cache in (
        BankCache(tmp_path / "file" / "cache", tmp_path / "key"),
        BankCache(tmp_path / "cache", tmp_path / "file" / "key"),
    ):
        assert read_bank_through(cache, folder) == read_bank(folder)


def test_the_entries_used_longest_ago_go_first(tmp_path: Path) -> None:
    cache = BankCache(tmp_path / "cache", tmp_path / "key", max_total_bytes=1000, max_entries=3)
    names = [digit * 64 for digit in "abcde"]
    for age, name in enumerate(names[:3]):
        assert cache.store(name, b"x")
        os.utime(cache.folder / f"{name}.bank", (1000 + age, 1000 + age))
    assert cache.load(names[0]) == b"x"  # used: now the newest
    assert cache.store(names[3], b"x")
    assert {entry.stem for entry in entries(cache)} == {names[0], names[2], names[3]}
    assert cache.store(names[4], b"y" * 900)
    assert {entry.stem for entry in entries(cache)} == {names[4]}
    assert not cache.store(names[1], b"z" * 1001)


def test_files_of_dead_writers_are_removed(tmp_path: Path) -> None:
    cache = BankCache(tmp_path / "cache", tmp_path / "key")
    cache.store("a" * 64, b"x")
    dead, fresh = cache.folder / ".writing-dead", cache.folder / ".writing-fresh"
    dead.write_text("half")
    fresh.write_text("half")
    os.utime(dead, (1000, 1000))
    cache.store("b" * 64, b"x")
    assert not dead.exists() and fresh.exists()


def test_many_readers_and_writers_at_once_get_whole_entries(tmp_path: Path) -> None:
    names = [digit * 64 for digit in "abc"]
    contents = {name: name.encode() * 20_000 for name in names}

    def work(number: int) -> bool:
        cache = BankCache(tmp_path / "cache", tmp_path / "key", max_entries=2)
        name = names[number % 3]
        cache.store(name, contents[name])
        return all(cache.load(other) in (None, contents[other]) for other in names)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(60)))
    assert not list((tmp_path / "cache").glob(".writing-*"))


def test_an_entry_named_outside_the_folder_is_refused(cache: BankCache) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        cache.load("../" + "a" * 61)


def test_the_files_parsed_are_the_files_hashed(
    tmp_path: Path, cache: BankCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_bank(tmp_path / "bank")
    before = read_bank(folder)
    file = min((folder / "items").rglob("*.yaml"))
    old = file.read_text()
    real = cached_bank.read_files

    def changed_meanwhile(*arguments: object) -> BankReading:
        file.write_text(old.replace("noon", "dusk"))
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(cached_bank, "read_files", changed_meanwhile)
    assert read_bank_through(cache, folder) == before
    file.write_text(old)
    assert read_bank_through(cache, folder) == before


def test_an_unsound_item_of_an_entry_is_an_error_in_words() -> None:
    items = ItemList(["a.b.c"], [json.dumps({"type": "numeric"}).encode()])
    with pytest.raises(StoreError, match="not sound"):
        items[0]
    with pytest.raises(StoreError, match="not sound"):
        list(items)


def test_items_are_made_once_and_stay_the_same_objects(tmp_path: Path, cache: BankCache) -> None:
    folder = write_bank(tmp_path / "bank")
    read_bank_through(cache, folder)
    bank = read_bank_through(cache, folder).bank
    assert bank is not None
    second = bank.items[1]
    whole = list(bank.items)
    assert whole[1] is second is bank.items[1] is bank.items[-2]
    assert bank.items[::-1] == tuple(reversed(whole))
    assert len(bank.items) == len(whole) == 3


def test_the_program_keeps_banks_unless_it_is_told_not_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_bank(tmp_path / "bank")
    monkeypatch.setenv("EXAMENGINE_NO_CACHE", "1")
    open_named_bank(Services(home=tmp_path / "off"), str(folder))
    assert not (tmp_path / "off").exists()
    monkeypatch.delenv("EXAMENGINE_NO_CACHE")
    open_named_bank(Services(home=tmp_path / "on"), str(folder))
    assert len(list((tmp_path / "on" / "cache" / "banks").glob("*.bank"))) == 1
    assert (tmp_path / "on" / "bank-cache.key").exists()
