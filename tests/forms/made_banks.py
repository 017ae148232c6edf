"""Makes banks and blueprints as values, with nothing but what assembly looks at."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from examengine.bank.bank import Bank, BankManifest, Exercise, ExercisePackage
from examengine.bank.blueprint import Blueprint
from examengine.forms.practice_pool import PracticePool, pool_of_bank
from examengine.itemtypes.item import Item
from examengine.itemtypes.registry import read_item

TYPES = ("multiple_choice", "multiple_response", "numeric")

_SHARED: dict[str, Any] = {
    "difficulty": "intermediate",
    "cognitive": "apply",
    "stem": "A stem.",
    "rationale": "A reason.",
    "references": [{"title": "A page"}],
    "verified": "2026-11-21",
    "seconds": 60,
}
_OPTIONS = [{"id": name, "text": f"Text {name}", "rationale": "Why."} for name in "abcd"]
_BY_TYPE: dict[str, dict[str, Any]] = {
    "multiple_choice": {"options": _OPTIONS, "key": "b"},
    "multiple_response": {"options": _OPTIONS, "keys": ["a", "c"], "choose": 2},
    "numeric": {"answer": "1/2", "tolerance": [{"absolute": "0.01"}]},
}


def make_item(item_id: str, kind: str = "multiple_choice", **over: Any) -> Item:
    """Return an item; its objective is `<second part of its id>.basics`."""
    domain = item_id.split(".")[1]
    fields = _SHARED | _BY_TYPE[kind] | {"id": item_id, "type": kind, "objective": f"{domain}.basics"}
    return read_item(fields | over)


def make_exercise(item_id: str, points: Mapping[str, int], minutes: int = 15, **over: Any) -> Exercise:
    """Return an exercise with one part for each domain."""
    parts = [
        {"id": f"p{place}", "title": "Part", "points": worth, "domain": domain, "tests": [f"test_{place}"]}
        for place, (domain, worth) in enumerate(points.items())
    ]
    fields = _SHARED | {
        "id": item_id,
        "type": "coding",
        "title": "An exercise",
        "objective": f"{next(iter(points))}.basics",
        "minutes": minutes,
        "seconds": minutes * 60,
        "parts": parts,
        "starter": {"solution.py": ""},
        "package_digest": item_id,
    }
    package = ExercisePackage(item=read_item(fields | over), tests={"test_hidden.py": b""})
    return Exercise(package=package, reference=b"", folder=f"exercises/{item_id}")


def make_bank(
    items: Sequence[Item] = (),
    exercises: Sequence[Exercise] = (),
    *,
    bank_id: str = "demo",
    domains: Sequence[str] = ("alpha", "beta"),
    blueprints: Sequence[Blueprint] = (),
) -> Bank:
    """Return a bank whose domains have one objective each."""
    manifest = {
        "format": 1,
        "id": bank_id,
        "title": "Made bank",
        "version": "1.0.0",
        "licence": "CC0-1.0",
        "domains": [
            {
                "id": domain,
                "title": domain.title(),
                "objectives": [
                    {"id": f"{domain}.basics", "title": "Basics"},
                    {"id": f"{domain}.more", "title": "More"},
                ],
            }
            for domain in domains
        ],
    }
    return Bank(
        manifest=BankManifest.model_validate(manifest),
        items=tuple(items),
        exercises=tuple(exercises),
        blueprints=tuple(blueprints),
        folder="made",
        digest=f"digest of {bank_id}",
    )


def make_blueprint(
    sections: Sequence[Mapping[str, Any]],
    domains: Sequence[Mapping[str, Any]] = ({"id": "alpha", "weight": 50}, {"id": "beta", "weight": 50}),
    **over: Any,
) -> Blueprint:
    """Return a blueprint; sections without a title or minutes get them."""
    fields = {
        "id": "demo.mock",
        "title": "Made exam",
        "duration_minutes": 180,
        "sections": [{"title": section["id"], "minutes": 30} | dict(section) for section in sections],
        "domains": [dict(domain) for domain in domains],
        "scoring": {"kind": "percent", "cut": 70, "cut_raw_percent": 70, "basis": "assumed"},
        "status": {"state": "proposed", "as_of": "2026-11-21"},
    }
    return Blueprint.model_validate(fields | over)


def pool_of(bank: Bank, *others: Bank) -> PracticePool:
    """Return what can be practised of a bank, with the other banks that its exams draw on."""
    return pool_of_bank(bank, {other.id: other for other in others})


def total(points: Sequence[Fraction]) -> Fraction:
    """Return a sum of points."""
    return sum(points, Fraction(0))
