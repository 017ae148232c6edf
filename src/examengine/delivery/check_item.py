"""Gives the feedback of one item in a drill; its response is final from then on."""

from examengine.core.evidence import Evidence, Verdict
from examengine.delivery.grade_session import grade_response, response_digest
from examengine.delivery.services import Services
from examengine.delivery.sitting import Sitting
from examengine.itemtypes.coding.model import Coding, CodingResponse
from examengine.itemtypes.coding.scoring import is_blank
from examengine.reports.build import item_report
from examengine.reports.session_report import ItemReport
from examengine.scoring.score_form import score_entry
from examengine.session import commands as cmd
from examengine.session.decide import Refusal


def check_item(services: Services, sitting: Sitting, number: int) -> ItemReport | Refusal:
    """Close the item's response and return its report; code is graded first, which takes a while."""
    decision = sitting.perform(cmd.Check(number))
    if decision.refusal is not None:
        return decision.refusal
    entry = sitting.form.entry(number)
    state = sitting.state
    evidence = _evidence(services, sitting, number)
    score = score_entry(entry, state.responses.get(number), evidence)
    return item_report(entry, state, evidence, score, state.responses.get(number, {}))


def _evidence(services: Services, sitting: Sitting, number: int) -> Evidence | None:
    entry = sitting.form.entry(number)
    if not isinstance(entry.item, Coding):
        return None
    given = sitting.state.responses.get(number)
    response = CodingResponse.model_validate(given or {})
    if is_blank(entry.item, response):
        return None
    digest = response_digest(entry, given)
    known = services.store.read_evidence(sitting.row.id).get((number, digest))
    if known is not None and known.verdict is not Verdict.UNAVAILABLE:
        return known
    evidence = grade_response(services, entry.item, response)
    services.store.write_evidence(sitting.row.id, number, digest, evidence, services.clock.read().wall)
    return evidence
