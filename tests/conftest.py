"""Cuts the machine out of every test: a home of its own, a fixed zone and width, no colour from outside."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from builders import services_in
from examengine.delivery.services import Services
from fakes.clock import FakeClock
from fakes.grading import ScriptedGrading
from seeded_cache import keep_entries_in, seed_home

# The default run is the same everywhere; `make test-slow` looks for new examples.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# A shell that starts a run in the background has it, and all that it starts, ignore Ctrl+C.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _shelf(tmp_path_factory: pytest.TempPathFactory) -> None:
    keep_entries_in(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(autouse=True)
def _no_machine(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    seed_home(home / "examengine")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("EXAMENGINE_HOME", str(home / "examengine"))
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("NO_COLOR", "FORCE_COLOR", "XDG_DATA_HOME", "TEXTUAL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def grader() -> ScriptedGrading:
    return ScriptedGrading()


@pytest.fixture
def services(tmp_path: Path, clock: FakeClock, grader: ScriptedGrading) -> Iterator[Services]:
    made = services_in(tmp_path / "data", clock=clock, grading=grader)
    yield made
    made.close()
