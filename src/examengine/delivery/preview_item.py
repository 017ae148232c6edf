"""One item of a bank that is being written, as a candidate meets it; errors elsewhere in the bank do not matter."""

import difflib
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from examengine.bank.bank import Bank
from examengine.bank.bank_files import MANIFEST
from examengine.bank.blueprint import Scoring
from examengine.bank.catalogue import place_of
from examengine.bank.problem import Problem
from examengine.bank.read import read_draft
from examengine.core.errors import BankError, UsageError
from examengine.core.model import Model
from examengine.delivery.services import Services
from examengine.forms.entries import digest_banks, make_entry
from examengine.forms.figures import with_figures
from examengine.forms.form import Form, FormDomain, FormEntry, FormSection
from examengine.itemtypes.coding.model import Coding
from examengine.itemtypes.item import Item
from examengine.reports.build import item_report
from examengine.reports.session_report import ItemReport
from examengine.scoring.score_form import score_entry
from examengine.session.state import SessionState

_SECTION = "preview"


class Preview(Model):
    """An item by itself, and what is wrong with it."""

    form: Form | None
    """A form of this one item; None while it cannot be read."""
    problems: tuple[Problem, ...]
    """Of the item, and of the case it stands on."""

    @property
    def entry(self) -> FormEntry | None:
        """Return the item on its place."""
        return self.form.entries[0] if self.form is not None else None


def folder_of(services: Services, item_id: str, bank: str | None = None) -> Path:
    """Return the folder of the bank that an item's id names, or that is named.

    Raises:
        UsageError: there is no such bank.
    """
    name = bank or item_id.split(".", 1)[0]
    return place_of(name, services.bank_folders, user_folder=services.user_banks).folder


def preview_item(folder: Path, item_id: str, seed: int = 1) -> Preview:
    """Return an item as the form of a seed would show it.

    Args:
        folder: of its bank.
        item_id: with or without the bank's id before it.
        seed: decides the order of the options and what a template draws.

    Raises:
        UsageError: the bank has no such item; the message names the nearest.
        BankError: the bank's manifest has errors, or the template gives no sound item.
    """
    draft = read_draft(folder)
    if draft.bank is None:
        told = [str(problem) for problem in draft.problems if problem.file.endswith(MANIFEST)]
        raise BankError("\n".join((f"{folder / MANIFEST} has errors:", *told)), hint="mend it first")
    bank = draft.bank
    names = (item_id, f"{bank.id}.{item_id}")
    item = next((found for name in names if (found := bank.item_named(name)) is not None), None)
    owners = {*names, *((item.stimulus,) if item is not None and item.stimulus is not None else ())}
    problems = tuple(problem for problem in draft.problems if problem.item in owners)
    if item is None and not problems:
        known = [one.id for one in (*bank.items, *(exercise.package.item for exercise in bank.exercises))]
        near = difflib.get_close_matches(names[-1], known, n=3, cutoff=0.4)
        raise UsageError(
            f"bank {bank.id} has no item {item_id!r}", hint=f"did you mean {', '.join(near)}?" if near else ""
        )
    return Preview(form=_form(bank, item, seed) if item is not None else None, problems=problems)


def report_preview(entry: FormEntry, response: Mapping[str, Any] | None) -> ItemReport:
    """Return what a candidate learns who gave this response, or none: key, rationales, points; code is not graded."""
    given = dict(response or {})
    return item_report(entry, SessionState(), None, score_entry(entry, given or None, None), given)


def _form(bank: Bank, item: Item, seed: int) -> Form:
    is_coding = isinstance(item, Coding)
    points = sum((part.points for part in item.parts), Fraction(0)) if isinstance(item, Coding) else Fraction(1)
    domain = bank.domain_of(item.objective)
    titles = {one.id: one.title for one in bank.manifest.domains}
    used = {domain, *(part.domain for part in item.parts)} if isinstance(item, Coding) else {domain}
    entry = make_entry(
        item,
        number=1,
        section=_SECTION,
        domain=domain,
        points=points,
        seed=seed,
        template=None if is_coding else bank.templates.get(item.id),
    )
    form = Form(
        blueprint=f"{bank.id}.preview",
        title=f"{bank.manifest.title}: preview",
        kind="drill",
        seed=seed,
        bank_digest=digest_banks({bank.id: bank.digest}),
        seconds=None,
        sections=(
            FormSection(id=_SECTION, title="Preview", seconds=float(item.seconds), navigation="free", leave="returns"),
        ),
        domains=tuple(FormDomain(id=name, title=titles.get(name, name)) for name in sorted(used)),
        entries=(entry,),
        scoring=Scoring(kind="percent", cut=Fraction(70), cut_raw_percent=Fraction(70), basis="assumed"),
        feedback="immediate",
        stimuli=tuple(one for one in bank.stimuli if one.id == item.stimulus),
    )
    return with_figures(form, {bank.id: bank})
