"""Makes the report of a session from its form, state, evidence and scores; pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from examengine.core.errors import UsageError
from examengine.core.evidence import Evidence
from examengine.core.model import Model
from examengine.forms.form import Form, FormEntry
from examengine.itemtypes.coding.measured_text import measured_facts
from examengine.itemtypes.coding.model import Coding, CodingResponse
from examengine.itemtypes.coding.scoring import full_test_id
from examengine.itemtypes.item import Option
from examengine.itemtypes.registry import spec_of
from examengine.itemtypes.spec import position_label
from examengine.reports.build_way import calibration_report, loss_report, way_report
from examengine.reports.session_report import (
    AttemptReport,
    BreakReport,
    DomainReport,
    GapReport,
    ItemReport,
    MetricReport,
    OptionReport,
    PartReport,
    SectionReport,
    SessionReport,
    SubmittedFile,
    TestReport,
)
from examengine.scoring.calibration import calibrate
from examengine.scoring.losses import Losses, find_losses
from examengine.scoring.scale import shown_score
from examengine.scoring.score_form import score_entry
from examengine.scoring.scores import DomainScore, EntryScore, Scores
from examengine.session.events import Recorded
from examengine.session.state import SessionState
from examengine.session.timing import exam_limit, section_limit


def build_report(
    session: str,
    form: Form,
    state: SessionState,
    evidence: Mapping[int, Evidence],
    scores: Scores,
    journal: Sequence[Recorded],
    attempts: Mapping[tuple[int, int], Evidence] | None = None,
) -> SessionReport:
    """Return the report of a submitted session; its journal tells the way through it.

    Args:
        session: id.
        form: what was sat.
        state: at the end.
        evidence: of the code that counts, by entry number.
        scores: of the responses that count.
        journal: all events.
        attempts: evidence of code that was answered anew, by entry number and attempt (from 1).

    Raises:
        UsageError: the session is not over, so its keys must not be shown.
    """
    if state.started_at is None or state.submitted_at is None:
        raise UsageError("the session is not over yet", hint=f"finish it with: examengine resume {session}")
    losses = find_losses(form, state, scores)
    lost = {loss.entry.number: loss.kind for loss in losses.entries}
    return SessionReport(
        session=session,
        blueprint=form.blueprint,
        title=form.title,
        kind=form.kind,
        seed=form.seed,
        form_digest=form.digest(),
        bank_digest=form.bank_digest,
        status=form.status.state if form.status else "",
        started=state.started_at.wall_time(),
        submitted=state.submitted_at.wall_time(),
        submit_reason=state.submit_reason,
        seconds_used=state.used,
        seconds_allowed=exam_limit(form, state),
        time_multiplier=state.time_multiplier,
        outcome=scores.outcome.value,
        # A drill has no cut to fall short of.
        reasons=scores.reasons if form.kind == "exam" else (),
        scaled=shown_score(scores.scaled),
        scale_min=float(scores.scale_min),
        scale_max=float(scores.scale_max),
        cut=float(scores.cut),
        cut_percent=float(form.scoring.cut_raw_percent),
        scoring_basis=form.scoring.basis,
        earned=float(scores.earned),
        possible=float(scores.possible),
        percent=percent(scores.earned, scores.possible),
        ungraded=float(scores.ungraded),
        domains=tuple(_domain(one, losses) for one in scores.domains if one.possible),
        sections=tuple(
            SectionReport(
                id=one.id,
                title=one.title,
                earned=float(one.earned),
                possible=float(one.possible),
                percent=percent(one.earned, one.possible),
                floor_percent=None if one.floor_percent is None else float(one.floor_percent),
                seconds_used=state.section_used.get(one.id, 0.0),
                seconds_allowed=section_limit(form, state, one.id),
                closed=state.sections_closed.get(one.id, ""),
            )
            for one in scores.sections
        ),
        gaps=tuple(
            GapReport(
                at=gap.at.wall_time(),
                cause=gap.cause,
                seconds=gap.seconds,
                charged_seconds=gap.charged_seconds,
            )
            for gap in state.gaps
        ),
        breaks=tuple(
            BreakReport(at=one.at.wall_time(), seconds=one.seconds, stops_clock=one.stops_clock) for one in state.breaks
        ),
        way=way_report(form, journal),
        losses=loss_report(losses),
        calibration=calibration_report(calibrate(state.counted_certainty, scores)),
        scratchpad=state.notes.get(None, "").strip(),
        items=tuple(
            item_report(entry, state, evidence.get(entry.number), score).model_copy(
                update={
                    "attempts": _attempts(entry, state, score, attempts or {}),
                    "loss": lost.get(entry.number, ""),
                    "bank_version": form.bank_versions.get(entry.item.id.split(".", 1)[0], ""),
                }
            )
            for entry, score in zip(form.entries, scores.entries, strict=True)
        ),
        figures=form.figures,
    )


def percent(earned: Fraction, possible: Fraction) -> float:
    """Return earned of possible in per cent; nothing of nothing is 0."""
    return float(100 * earned / possible) if possible else 0.0


def _domain(one: DomainScore, losses: Losses) -> DomainReport:
    clock, knowledge = losses.in_domain(one.id)
    return DomainReport(
        id=one.id,
        title=one.title,
        weight=None if one.weight is None else float(one.weight),
        earned=float(one.earned),
        possible=float(one.possible),
        percent=percent(one.earned, one.possible),
        entries=one.entries,
        blank=one.blank,
        ungraded=float(one.ungraded),
        lost_to_clock=float(clock),
        lost_to_knowledge=float(knowledge),
    )


def item_report(
    entry: FormEntry,
    state: SessionState,
    evidence: Evidence | None,
    score: EntryScore,
    given: Mapping[str, Any] | None = None,
) -> ItemReport:
    """Return the report of one item, keys and rationales included: only for items whose response is final.

    Args:
        entry: the item on its place.
        state: of the session.
        evidence: of the response reported, for code.
        score: of that response.
        given: the response; none: the one that counts, which is the first attempt's.
    """
    item = entry.item
    spec = spec_of(item)
    counted = state.counted_responses.get(entry.number, {}) if given is None else given
    response = spec.response_model.model_validate(counted)
    is_blank = spec.is_blank(item, response)
    graded = evidence if isinstance(item, Coding) and not is_blank else None
    return ItemReport(
        number=entry.number,
        id=item.id,
        type=item.type,
        title=item.title if isinstance(item, Coding) else "",
        section=entry.section,
        domain=entry.domain,
        objective=item.objective,
        difficulty=item.difficulty.value,
        pretest=entry.pretest,
        mark=score.mark.value,
        earned=float(score.earned),
        possible=float(score.possible),
        seconds=state.item_used.get(entry.number, 0.0),
        expected_seconds=float(item.seconds),
        changes=state.response_changes.get(entry.number, 0),
        flagged=entry.number in state.flagged,
        response="" if is_blank else spec.summarise(item, response, entry.order),
        stem=item.stem if spec.whole_stem is None else spec.whole_stem(item),
        options=_options(entry, response, state.struck.get(entry.number, frozenset())),
        rationale=item.rationale,
        references=tuple((one.title, one.url or "") for one in item.references),
        parts=tuple(
            PartReport(
                id=part.id,
                title=part.title,
                domain=part.domain,
                earned=float(part.earned),
                possible=float(part.possible),
                tests_passed=part.tests_passed,
                tests=part.tests,
                measured=MetricReport(**measured_facts(part.measured)) if part.measured else None,
            )
            for part in score.parts
        ),
        tests=_tests(item, graded) if isinstance(item, Coding) and graded else (),
        verdict=graded.verdict.value if graded else "",
        message=graded.message if graded else "",
        output=graded.output if graded else "",
        isolation=graded.isolation.level.value if graded and graded.isolation else "",
        files=_files(response) if isinstance(response, CodingResponse) and not is_blank else (),
        seen=entry.number in state.seen,
        certainty=state.counted_certainty.get(entry.number, ""),
        note=state.notes.get(entry.number, "").strip(),
        digest=entry.digest,
        parameters=tuple(entry.parameters.items()),
    )


def _attempts(
    entry: FormEntry, state: SessionState, first: EntryScore, evidence: Mapping[tuple[int, int], Evidence]
) -> tuple[AttemptReport, ...]:
    """Return every attempt where there were several."""
    responses = state.all_attempts(entry.number)
    if entry.number not in state.attempts:
        return ()
    spec = spec_of(entry.item)
    found = []
    for attempt, one in enumerate(responses, 1):
        score = first if attempt == 1 else score_entry(entry, one, evidence.get((entry.number, attempt)))
        response = spec.response_model.model_validate(one or {})
        is_blank = spec.is_blank(entry.item, response)
        found.append(
            AttemptReport(
                response="" if is_blank else spec.summarise(entry.item, response, entry.order),
                mark=score.mark.value,
                earned=float(score.earned),
            )
        )
    return tuple(found)


def _tests(item: Coding, evidence: Evidence) -> tuple[TestReport, ...]:
    owners = {full_test_id(test): part.id for part in item.parts for test in part.tests}
    return tuple(
        TestReport(
            name=test.id.split("::", 1)[-1],
            outcome=test.outcome.value,
            message=test.message,
            # A parameter set belongs where its function belongs.
            part=owners.get(test.id) or owners.get(test.id.split("[", 1)[0], ""),
        )
        for test in evidence.tests
    )


def _files(response: CodingResponse) -> tuple[SubmittedFile, ...]:
    return tuple(SubmittedFile(name=name, text=text) for name, text in response.files.items())


def _options(entry: FormEntry, response: Model, struck: frozenset[str]) -> tuple[OptionReport, ...]:
    item, spec = entry.item, spec_of(entry.item)
    if spec.answer_lines is not None:
        return tuple(
            OptionReport(
                label=line.label,
                text=line.text,
                verdict=line.verdict,
                rationale=line.rationale,
                is_key=line.is_key,
                is_picked=line.is_picked,
            )
            for line in spec.answer_lines(item, response, entry.order)
        )
    lines = spec.explain(item, response)
    options: Iterable[Option] = getattr(item, "options", ())
    texts = {option.id: option.text for option in options}
    picked = {name for name in _strings(response.model_dump()) if name in texts}
    places = {name: index for index, name in enumerate(entry.order)}
    shown = sorted(lines, key=lambda line: places.get(line[0], 0))
    return tuple(
        OptionReport(
            label=position_label(places[label]) if label in places else label,
            text=texts.get(label, ""),
            verdict=verdict,
            rationale="" if rationale == item.rationale else rationale,
            is_key=verdict in ("key", "missed key"),
            is_picked=label in picked or verdict == "your answer",
            is_struck=label in struck,
        )
        for label, verdict, rationale in shown
        if label or verdict
    )


def _strings(value: object) -> Iterator[str]:
    """Yield every string in a response, however it holds them: the ids of what was picked are among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (name for one in value.values() for name in _strings(one))
    elif isinstance(value, Iterable):
        yield from (name for one in value for name in _strings(one))
