"""Scores a form: items, then domains and sections, then scale and outcome."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from examengine.core.evidence import Evidence
from examengine.forms.form import Form, FormEntry
from examengine.itemtypes.registry import spec_of
from examengine.itemtypes.spec import Mark, PartScore
from examengine.scoring.scale import scaled_score
from examengine.scoring.scores import DomainScore, EntryScore, Outcome, Scores, SectionScore

_NOTHING = Fraction(0)


def score_entry(entry: FormEntry, response: Mapping[str, Any] | None, evidence: Evidence | None) -> EntryScore:
    """Score one entry in the form's points; no response is a blank one."""
    spec = spec_of(entry.item)
    given = spec.response_model.model_validate(response) if response is not None else spec.empty_response()
    score = spec.score(entry.item, given, evidence)
    worth = entry.points / score.possible
    parts = tuple(
        part.model_copy(update={"earned": part.earned * worth, "possible": part.possible * worth})
        for part in score.parts
    )
    return EntryScore(
        number=entry.number,
        item=entry.item.id,
        type=entry.item.type,
        section=entry.section,
        domain=entry.domain,
        pretest=entry.pretest,
        earned=score.earned * worth,
        possible=entry.points,
        mark=score.mark,
        parts=parts,
    )


def score_form(form: Form, responses: Mapping[int, Mapping[str, Any]], evidence: Mapping[int, Evidence]) -> Scores:
    """Score every entry and add up; `responses` and `evidence` go by entry number."""
    entries = tuple(
        score_entry(entry, responses.get(entry.number), evidence.get(entry.number)) for entry in form.entries
    )
    scored = [entry for entry in entries if not entry.pretest]
    earned = sum((entry.earned for entry in scored), _NOTHING)
    possible = sum((entry.possible for entry in scored), _NOTHING)
    ungraded = _ungraded(scored)
    sections = tuple(_section_score(form, section.id, scored) for section in form.sections)
    outcome, reasons = _outcome(form, sections, earned, possible, ungraded)
    return Scores(
        entries=entries,
        domains=tuple(_domain_score(domain.id, domain.title, domain.weight, scored) for domain in form.domains),
        sections=sections,
        earned=earned,
        possible=possible,
        ungraded=ungraded,
        scaled=scaled_score(form.scoring, earned / possible if possible else _NOTHING),
        scale_min=form.scoring.min,
        scale_max=form.scoring.max,
        cut=form.scoring.cut,
        outcome=outcome,
        reasons=reasons,
    )


def parts_of(entry: EntryScore) -> tuple[PartScore, ...]:
    """Return an entry's parts; an entry without parts is one part in its own domain."""
    if entry.parts:
        return entry.parts
    whole = PartScore(id="", title="", domain=entry.domain, earned=entry.earned, possible=entry.possible)
    return (whole,)


def _ungraded(entries: list[EntryScore]) -> Fraction:
    return sum((entry.possible for entry in entries if entry.mark is Mark.UNGRADED), _NOTHING)


def _domain_score(domain: str, title: str, weight: Fraction | None, scored: list[EntryScore]) -> DomainScore:
    pairs = [(entry, part) for entry in scored for part in parts_of(entry) if part.domain == domain]
    own = {entry.number: entry for entry, _ in pairs}
    return DomainScore(
        id=domain,
        title=title,
        weight=weight,
        earned=sum((part.earned for _, part in pairs), _NOTHING),
        possible=sum((part.possible for _, part in pairs), _NOTHING),
        entries=len(own),
        blank=sum(entry.mark is Mark.BLANK for entry in own.values()),
        ungraded=sum((part.possible for entry, part in pairs if entry.mark is Mark.UNGRADED), _NOTHING),
    )


def _section_score(form: Form, section: str, scored: list[EntryScore]) -> SectionScore:
    own = [entry for entry in scored if entry.section == section]
    return SectionScore(
        id=section,
        title=next(one.title for one in form.sections if one.id == section),
        earned=sum((entry.earned for entry in own), _NOTHING),
        possible=sum((entry.possible for entry in own), _NOTHING),
        floor_percent=form.scoring.section_floor_percent.get(section),
        ungraded=_ungraded(own),
    )


def _outcome(
    form: Form, sections: tuple[SectionScore, ...], earned: Fraction, possible: Fraction, ungraded: Fraction
) -> tuple[Outcome, tuple[str, ...]]:
    cut = form.scoring.cut_raw_percent / 100 * possible
    titles = {section.id: section.title for section in form.sections}
    lost = []
    if earned < cut:
        lost.append((earned + ungraded < cut, "The points lie below the cut."))
    for section in sections:
        if section.floor_percent is not None and section.possible:
            floor = section.floor_percent / 100 * section.possible
            if section.earned < floor:
                is_final = section.earned + section.ungraded < floor
                percent = float(section.floor_percent)
                lost.append((is_final, f"{titles[section.id]} lies below its floor of {percent:g} %."))
    if not lost:
        return Outcome.PASSED, ()
    reasons = tuple(reason for _, reason in lost)
    if any(is_final for is_final, _ in lost):
        return Outcome.FAILED, reasons
    return Outcome.OPEN, (*reasons, "Code that could not be graded yet may change this.")
