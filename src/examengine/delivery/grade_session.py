"""Grades the code of a session that is over, and keeps the evidence."""

from collections.abc import Callable, Iterator
from typing import Any

from examengine.core.digest import digest_json
from examengine.core.evidence import Evidence, Verdict
from examengine.delivery.notebook_job import in_cells, is_notebook, response_job
from examengine.delivery.services import Services
from examengine.forms.form import Form, FormEntry
from examengine.grading.job import GradingJob
from examengine.itemtypes.coding.model import Coding, CodingResponse
from examengine.itemtypes.coding.scoring import full_test_id, is_blank, metric_tasks
from examengine.session.state import SessionState, replay


def read_submitted(services: Services, session: str) -> tuple[Form, SessionState]:
    """Return the form and the state of a session as they lie on disk."""
    row = services.store.read_session(session)
    form = services.store.read_form(row.form_digest)
    return form, replay(form, services.store.read_journal(row.id))


def evidence_of(services: Services, session: str, form: Form, state: SessionState) -> dict[int, Evidence]:
    """Return the stored evidence for the responses as they are, by entry number."""
    stored = services.store.read_evidence(services.store.read_session(session).id)
    found = {}
    for entry in form.entries:
        evidence = stored.get((entry.number, response_digest(entry, state.counted_responses.get(entry.number))))
        if evidence is not None:
            found[entry.number] = evidence
    return found


def attempt_evidence_of(
    services: Services, session: str, form: Form, state: SessionState
) -> dict[tuple[int, int], Evidence]:
    """Return the stored evidence for code that was answered anew, by entry number and attempt (from 1)."""
    stored = services.store.read_evidence(services.store.read_session(session).id)
    found = {}
    for number in state.attempts:
        for attempt, response in enumerate(state.all_attempts(number), 1):
            evidence = stored.get((number, response_digest(form.entry(number), response)))
            if evidence is not None:
                found[number, attempt] = evidence
    return found


def coding_entries(form: Form, state: SessionState) -> Iterator[tuple[FormEntry, Coding, CodingResponse]]:
    """Yield the coding entries whose response is not blank."""
    for entry in form.entries:
        if isinstance(entry.item, Coding):
            response = CodingResponse.model_validate(state.counted_responses.get(entry.number, {}))
            if not is_blank(entry.item, response):
                yield entry, entry.item, response


def grade_session(
    services: Services,
    session: str,
    progress: Callable[[FormEntry, Evidence | None], None] = lambda _entry, _evidence: None,
    *,
    again: bool = False,
) -> dict[int, Evidence]:
    """Grade every coding response that has no evidence yet; return all evidence by entry number.

    `progress` hears of each entry before (None) and after its grading. `again` grades what has evidence too.
    An unavailable verdict is kept for the report and tried again at the next call.
    """
    row = services.store.read_session(session)
    form, state = read_submitted(services, row.id)
    evidence = evidence_of(services, row.id, form, state)
    for entry, item, response in coding_entries(form, state):
        known = evidence.get(entry.number)
        if known is not None and known.verdict is not Verdict.UNAVAILABLE and not again:
            continue
        progress(entry, None)
        evidence[entry.number] = grade_response(services, item, response)
        services.store.write_evidence(
            row.id,
            entry.number,
            response_digest(entry, state.counted_responses.get(entry.number)),
            evidence[entry.number],
            services.clock.read().wall,
        )
        progress(entry, evidence[entry.number])
    return evidence


def grade_response(services: Services, item: Coding, response: CodingResponse) -> Evidence:
    """Grade a response by the hidden tests of the exercise version that was sat."""
    package = services.store.read_package(item.package_digest)
    if is_notebook(package):
        ready = response_job(package, response.files)
        return in_cells(services.grading.grade(ready.job), ready.files)
    job = GradingJob(
        submission={name: text.encode() for name, text in response.files.items()},
        tests=package.tests,
        support=package.support,
        data=package.data,
        expected=tuple(full_test_id(test) for part in item.parts for test in part.tests),
        metrics=metric_tasks(item),
        requires=item.requires,
        limits=item.limits,
    )
    return services.grading.grade(job)


def response_digest(entry: FormEntry, response: dict[str, Any] | None) -> str:
    """Return what tells one response to one version of an exercise from any other."""
    package = entry.item.package_digest if isinstance(entry.item, Coding) else ""
    return digest_json([package, response])
