"""Grading after the submission: what is graded, kept, tried again, and never made a zero."""

from builders import open_sitting, store_session
from demo_form import a_form, a_package
from examengine.core.evidence import Evidence, Verdict
from examengine.delivery.grade_session import grade_session
from examengine.delivery.report_session import report_session
from examengine.delivery.services import Services
from examengine.grading.job import GradingJob
from examengine.session import commands as cmd
from fakes.grading import ScriptedGrading, passing

CODE = {"files": {"solution.py": "def double(x):\n    return x + x\n"}}


def submitted(services: Services, responses: dict) -> str:
    session = store_session(services, a_form(), [a_package()])
    with open_sitting(services, session, enter=True) as sitting:
        for number in (1, 2, 3):
            if number in responses:
                sitting.perform(cmd.Respond(number, responses[number]))
        sitting.perform(cmd.LeaveSection())
        sitting.perform(cmd.OpenSection())
        if 4 in responses:
            sitting.perform(cmd.Respond(4, responses[4]))
        sitting.perform(cmd.Submit())
    return session


def test_a_blank_exercise_is_not_graded(services: Services, grader: ScriptedGrading):
    assert grade_session(services, submitted(services, {})) == {}
    assert grader.jobs == []


def test_the_job_holds_what_the_form_was_assembled_with(services: Services, grader: ScriptedGrading):
    grade_session(services, submitted(services, {4: CODE}))
    (job,) = grader.jobs
    assert job.submission == {"solution.py": CODE["files"]["solution.py"].encode()}
    assert set(job.tests) == {"test_hidden.py"}
    assert job.expected == tuple(f"test_hidden.py::{name}" for name in ("test_zero", "test_negative", "test_text"))


def test_evidence_is_kept_and_the_same_response_is_graded_once(services: Services, grader: ScriptedGrading):
    session = submitted(services, {4: CODE})
    first = grade_session(services, session)
    assert grade_session(services, session) == first
    assert len(grader.jobs) == 1
    grade_session(services, session, again=True)
    assert len(grader.jobs) == 2


def test_unavailable_is_open_and_tried_again(services: Services, grader: ScriptedGrading):
    grader.answer = lambda _job: Evidence(verdict=Verdict.UNAVAILABLE, message="No sandbox.")
    session = submitted(services, {1: {"option": "b"}, 2: {"options": ["a", "c"]}, 3: {"text": "1/4"}, 4: CODE})
    report = report_session(services, session)
    assert (report.outcome, report.ungraded, report.items[3].mark) == ("open", 25.0, "ungraded")
    grader.answer = passing
    report = report_session(services, session)
    assert (report.outcome, report.ungraded, report.percent) == ("passed", 0.0, 100.0)


def test_grading_happens_outside_the_clock(services: Services, grader: ScriptedGrading, clock):
    def slow(job: GradingJob) -> Evidence:
        clock.advance(10_000)
        return passing(job)

    grader.answer = slow
    report = report_session(services, submitted(services, {4: CODE}))
    assert report.seconds_used < 10
