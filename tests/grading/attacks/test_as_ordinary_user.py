"""The whole corpus once more by an ordinary user, where the test run itself is root."""

import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import examengine

sys.path.append(str(Path(__file__).parent))
from corpus import POSSIBLE, cases

USER = "45678"
PROGRAM = textwrap.dedent("""
    import json, sys
    from corpus import SHORT, LIMITS, cases, job
    from examengine.grading.grade import GradingService
    from concurrent.futures import ThreadPoolExecutor

    def grade(case):
        found = service.grade(job(
            case.content,
            known_ids=case.kind == "broken",
            limits=SHORT if "timeout" in case.verdicts else LIMITS,
        ))
        return case.name, found.model_dump_json()

    with GradingService(without=sys.argv[1].split()) as service, ThreadPoolExecutor(2) as pool:
        for name, evidence in pool.map(grade, cases()):
            print(json.dumps([name, evidence]))
""")


@pytest.mark.slow
@pytest.mark.parametrize("without", ["", "namespaces", "user mount"])
def test_every_verdict_is_the_same_for_an_ordinary_user(without, tmp_path):
    python, change = Path("/usr/bin/python3"), shutil.which("setpriv")
    source = Path(examengine.__file__).resolve().parents[1]
    packages = Path(pytest.__file__).resolve().parents[1]
    same = subprocess.run(
        [python, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=False
    )
    if os.geteuid() != 0 or change is None or same.stdout.split() != [str(one) for one in sys.version_info[:2]]:
        pytest.skip("needs root, setpriv and a system Python of this version")
    path = [source, packages, Path(__file__).parent]
    if not all(one.stat().st_mode & 0o005 == 0o005 for place in path for one in (place, *place.parents)):
        pytest.skip("an ordinary user could not read this checkout")

    run = subprocess.run(
        [change, "--reuid", USER, "--regid", USER, "--clear-groups", python, "-c", PROGRAM, without],
        env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "PYTHONPATH": ":".join(map(str, path))},
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    found = dict(json.loads(line) for line in run.stdout.splitlines())

    wrong = []
    for case in cases():
        evidence = json.loads(found[case.name])
        earned = sum(one["outcome"] == "passed" for one in evidence["tests"])
        if evidence["verdict"] not in case.verdicts or earned > case.earns_at_most:
            wrong.append((case.name, evidence["verdict"], evidence["message"]))
        elif case.kind == "honest" and earned != POSSIBLE:
            wrong.append((case.name, earned))
    assert wrong == []
    assert {json.loads(one)["isolation"]["level"] for one in found.values() if json.loads(one)["isolation"]} == {
        "B" if without else "A"
    }
