"""Cuts the machine out of every test: a home of its own, a fixed zone and width, no colour from outside."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_package
from fakes.fake_clock import FakeClock, SequentialIds
from fakes.scripted_grader import ScriptedGrader

from examengine.bank.bank import ExercisePackage
from examengine.delivery.services import Services
from examengine.delivery.store_session import store_session
from examengine.forms.form import Form


@pytest.fixture(autouse=True)
def _no_machine(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
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
def grader() -> ScriptedGrader:
    return ScriptedGrader()


@pytest.fixture
def services(tmp_path: Path, clock: FakeClock, grader: ScriptedGrader) -> Iterator[Services]:
    made = Services(home=tmp_path / "data", clock=clock, ids=SequentialIds())
    made.__dict__["grading"] = grader
    yield made
    made.close()


class StoreForm:
    """Stores a form as a new session, as `start_session` does after assembly."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def __call__(self, form: Form, packages: list[ExercisePackage] | None = None, multiplier: float = 1.0) -> str:
        given = [a_package()] if packages is None else packages
        return store_session(self._services, form, {one.item.package_digest: one for one in given}, multiplier)


@pytest.fixture
def store_form(services: Services) -> StoreForm:
    return StoreForm(services)
