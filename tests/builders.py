"""Makes items, forms, services and stored sessions for tests; every argument has a default that fits the others."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from examengine.bank.bank import ExercisePackage
from examengine.bank.blueprint import Fact, Scoring, Source, Status
from examengine.bank.stimulus import Stimulus
from examengine.core.digest import digest_files
from examengine.delivery.services import Services
from examengine.delivery.sitting import Busy, Sitting
from examengine.delivery.store_session import store_session as store_new_session
from examengine.forms.form import Form, FormDomain, FormEntry, FormSection
from examengine.itemtypes.coding.model import Coding
from examengine.itemtypes.item import Item
from examengine.itemtypes.multiple_choice.model import MultipleChoice
from examengine.itemtypes.multiple_response.model import MultipleResponse
from examengine.itemtypes.numeric.model import Numeric
from examengine.session import commands as cmd
from fakes.clock import FakeClock
from fakes.grading import ScriptedGrading
from fakes.ids import SequentialIds
from seeded_cache import seed_home

_SHARED: dict[str, Any] = {
    "difficulty": "intermediate",
    "cognitive": "apply",
    "references": [{"title": "A public page", "url": "https://example.org/page"}],
    "verified": date(2026, 11, 21),
    "seconds": 90,
}

STARTER = "def double(x):\n    raise NotImplementedError\n"
SAMPLE_TEST = "from solution import double\n\n\ndef test_two():\n    assert double(2) == 4\n"
HIDDEN_TEST = """from solution import double


def test_three():
    assert double(3) == 6


def test_negative():
    assert double(-1) == -2
"""


def options_of(*texts: str) -> list[dict[str, str]]:
    """Return options a, b, c and so on with these texts."""
    return [
        {"id": chr(ord("a") + index), "text": text, "rationale": f"Why {text}."} for index, text in enumerate(texts)
    ]


def an_item(**over: Any) -> MultipleChoice:
    """Return a multiple-choice item; its key is b."""
    return MultipleChoice.model_validate(
        _SHARED
        | {
            "id": "demo.alpha.colour",
            "type": "multiple_choice",
            "objective": "alpha.basics",
            "stem": "Which colour does a clear sky have at noon?",
            "options": options_of("Green", "Blue", "Red", "Black"),
            "key": "b",
            "rationale": "Short waves are scattered most.",
        }
        | over
    )


def a_multiple_response(**over: Any) -> MultipleResponse:
    """Return a multiple-response item; its keys are a and c, and it asks for TWO."""
    return MultipleResponse.model_validate(
        _SHARED
        | {
            "id": "demo.alpha.primes",
            "type": "multiple_response",
            "objective": "alpha.basics",
            "stem": "Which TWO numbers are prime?",
            "options": options_of("2", "4", "7", "9", "15"),
            "keys": ["a", "c"],
            "choose": 2,
            "rationale": "A prime has two divisors.",
        }
        | over
    )


def a_numeric(**over: Any) -> Numeric:
    """Return a numeric item; its answer is 0.25 s within 0.01."""
    return Numeric.model_validate(
        _SHARED
        | {
            "id": "demo.beta.quarter",
            "type": "numeric",
            "objective": "beta.basics",
            "stem": "How long is a quarter of a second?",
            "answer": "0.25",
            "unit": "s",
            "tolerance": [{"absolute": "0.01"}],
            "slips": [{"value": "4", "rationale": "That is the inverse."}],
            "rationale": "One divided by four.",
        }
        | over
    )


def an_exercise(**over: Any) -> ExercisePackage:
    """Return an exercise (double a number) of 4 points in two parts, with everything its grading needs."""
    tests = {"test_hidden.py": HIDDEN_TEST.encode()} | over.pop("tests", {})
    data = over.pop("data", {})
    item = Coding.model_validate(
        _SHARED
        | {
            "id": "demo.beta.double",
            "type": "coding",
            "title": "Double a number",
            "objective": "beta.basics",
            "stem": "Write `double(x)`, which returns `x` twice.\n\n```python\ndouble(2)  # 4\n```",
            "rationale": "Multiply by two.",
            "minutes": 10,
            "seconds": 600,
            "parts": [
                {"id": "plain", "title": "Plain numbers", "points": 3, "domain": "beta", "tests": ["test_three"]},
                {"id": "sign", "title": "Negative", "points": 1, "domain": "beta", "tests": ["test_negative"]},
            ],
            "starter": {"solution.py": STARTER},
            "sample_tests": {"test_sample.py": SAMPLE_TEST},
            "data_files": tuple(data),
            "package_digest": digest_files(tests | data),
        }
        | over
    )
    return ExercisePackage(item=item, tests=tests, data=data)


def a_section(**over: Any) -> FormSection:
    """Return section a: free, 10 minutes, locks when left."""
    return FormSection.model_validate(
        {
            "id": "a",
            "title": "Multiple choice",
            "seconds": 600.0,
            "navigation": "free",
            "leave": "locks",
            "materials": "none",
        }
        | over
    )


def an_entry(item: Item, number: int = 1, section: str = "a", **over: Any) -> FormEntry:
    """Return an entry of one point (a coding entry: of its parts' points) with the author's option order."""
    points = sum((part.points for part in item.parts), Fraction(0)) if isinstance(item, Coding) else Fraction(1)
    return FormEntry.model_validate(
        {
            "number": number,
            "section": section,
            "domain": item.objective.split(".", 1)[0],
            "points": points,
            "order": item.option_ids(),
            "digest": f"{number:064x}",
            "item": item,
        }
        | over
    )


def a_form(
    sections: Mapping[str, Sequence[Item]] | Sequence[Item] | None = None,
    *,
    section_seconds: float = 600.0,
    section_over: Mapping[str, Any] | None = None,
    **over: Any,
) -> Form:
    """Return a form: items by section, or items of one section a; by default one of each choice type and a number.

    With several sections the exam lasts a minute longer than they do together. `kind="drill"` gives an untimed
    form with immediate
    feedback.
    """
    if sections is None:
        sections = [an_item(), a_multiple_response(), a_numeric()]
    if not isinstance(sections, Mapping):
        sections = {"a": sections}
    titles = {"a": "Multiple choice", "b": "Programming"}
    entries: list[FormEntry] = []
    for section, items in sections.items():
        for item in items:
            entries.append(an_entry(item, len(entries) + 1, section))
    is_drill = over.get("kind") == "drill"
    return Form.model_validate(
        {
            "blueprint": "demo.drill" if is_drill else "demo.mock",
            "title": "Demo drill" if is_drill else "Demo mock exam",
            "kind": "exam",
            "seed": 7,
            "bank_digest": "0" * 64,
            "seconds": None if is_drill else section_seconds * len(sections) + (60.0 if len(sections) > 1 else 0.0),
            "sections": [
                a_section(id=name, title=titles.get(name, name), seconds=section_seconds, **(section_over or {}))
                for name in sections
            ],
            "domains": [FormDomain(id="alpha", title="Alpha"), FormDomain(id="beta", title="Beta")],
            "entries": entries,
            "scoring": Scoring.model_validate(
                {"kind": "scaled", "min": 0, "max": 1000, "cut": 700, "cut_raw_percent": 70, "basis": "assumed"}
            ),
            "feedback": "immediate" if is_drill else "after_submission",
            "status": Status.model_validate({"state": "proposed", "as_of": "2026-11-21"}),
            "facts": [Fact(text="There is no penalty for a wrong answer.", basis="assumed")],
            "sources": [Source(title="A public page", url="https://example.org/exam", verified=date(2026, 11, 21))],
        }
        | over
    )


def services_in(folder: Path, *, clock: Any = None, grading: Any = None, bank_folders: Sequence[Path] = ()) -> Services:
    """Return services whose disk is a folder, with a fake clock, ids in sequence and a scripted grader."""
    seed_home(folder)
    services = Services(home=folder, clock=clock or FakeClock(), ids=SequentialIds(), bank_folders=bank_folders)
    services.__dict__["grading"] = grading or ScriptedGrading()
    return services


def store_session(
    services: Services,
    form: Form | None = None,
    packages: Iterable[ExercisePackage] = (),
    time_multiplier: float = 1.0,
) -> str:
    """Store a form as a new session, as starting it would; return the session's id."""
    given = {one.item.package_digest: one for one in packages}
    return store_new_session(services, form or a_form(), given, time_multiplier)


def open_sitting(services: Services, session: str, *, enter: bool = False) -> Sitting:
    """Open a session in this process, and its first section on request."""
    opened = Sitting.open(services, session)
    assert not isinstance(opened, Busy)
    if enter:
        opened.perform(cmd.OpenSection())
    return opened


def let_time_pass(sitting: Sitting, clock: FakeClock, seconds: float, step: float = 4.0) -> None:
    """Let active time pass: in steps with signs of life, so that it does not count as a standstill."""
    while seconds > 0:
        clock.advance(min(step, seconds))
        seconds -= step
        sitting.perform(cmd.Tick())


def a_stimulus(**over: Any) -> Stimulus:
    """Return a case of two sections and a table; `a_testlet` stands on it."""
    rows = [(f"2026-{month:02}", str(120 + 7 * month), "yes" if month % 3 else "no") for month in range(1, 13)]
    long = "\n\n".join(f"Paragraph {number} of the history of the shop." for number in range(1, 31))
    return Stimulus.model_validate(
        {
            "id": "demo.shop",
            "title": "A shop that forecasts its demand",
            "sections": [
                {"id": "business", "title": "Business", "text": "The shop sells bicycles. It is **closed** in winter."},
                {"id": "history", "title": "History", "text": long},
            ],
            "exhibits": [
                {
                    "id": "sales",
                    "title": "Sales",
                    "kind": "table",
                    "header": ("month", "units sold", "campaign"),
                    "rows": rows,
                }
            ],
        }
        | over
    )


def a_testlet() -> list[Item]:
    """Return three items on the case of `a_stimulus`."""
    return [
        an_item(id="demo.alpha.shop1", stimulus="demo.shop", stem="Which colour has the shop?"),
        a_multiple_response(id="demo.alpha.shop2", stimulus="demo.shop"),
        a_numeric(id="demo.beta.shop3", stimulus="demo.shop"),
    ]
