"""`examengine demo` with real grading."""

from pathlib import Path

import pytest

from end_to_end.test_lines import run


@pytest.mark.slow
@pytest.mark.ml
def test_the_demonstration_grades_a_right_a_half_right_and_a_hanging_solution(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    ended = run(tmp_path / "home", "demo", "--fast", "--folder", str(folder))
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines() == [str(folder / "report.txt"), str(folder / "report.html")]
    verdicts = [line.split(":")[0].strip() for line in ended.stderr.splitlines() if "hidden tests passed in" in line]
    assert verdicts == ["passed", "failed", "timeout"]
    text = (folder / "report.txt").read_text(encoding="utf-8")
    assert "◐ partly right" in text
    assert not (tmp_path / "home").exists(), "the candidate's own history is left alone"
