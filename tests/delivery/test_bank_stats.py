"""A bank in numbers, and what was met of it."""

from fractions import Fraction
from pathlib import Path

import pytest

from bank.bank_folder import CHOICE, write_bank
from builders import a_form, open_sitting, store_session
from examengine.bank.bank import Bank
from examengine.bank.read import read_bank
from examengine.cli import main
from examengine.cli.bank_stats import stats_lines
from examengine.delivery.bank_stats import TARGETS, count_bank, stats_of
from examengine.delivery.services import Services
from examengine.itemtypes.item import Cognitive, Difficulty
from examengine.itemtypes.spec import Mark
from examengine.practice.encounters import Encounter
from examengine.session import commands as cmd

FIGURES = Path(__file__).parents[1] / "corpora/figures"


def read(folder: Path, changes: dict[str, str | bytes | None] | None = None) -> Bank:
    reading = read_bank(write_bank(folder, changes))
    assert reading.bank is not None, reading.problems
    return reading.bank


def an_encounter(item: str, mark: Mark | None, share: Fraction) -> Encounter:
    return Encounter(
        item=item, objective="demo.alpha.basics", practised_for="demo", at=0.0, mark=mark, share=share, is_flagged=False
    )


def test_items_are_counted_by_domain_objective_type_and_level(tmp_path: Path):
    stats = stats_of(read(tmp_path))
    assert (stats.items, stats.exercises, stats.templates) == (3, 1, 0)
    assert stats.types == {"multiple_choice": 1, "multiple_response": 1, "numeric": 1}
    assert [(one.id, one.items, one.exercises, one.seconds) for one in stats.domains] == [
        ("alpha", 2, 0, 120),
        ("beta", 1, 1, 60),
    ]
    assert stats.domains[0].objectives[0].types == {"multiple_choice": 1, "multiple_response": 1}
    assert [(one.level, one.items) for one in stats.difficulty] == [
        ("foundational", 1),
        ("intermediate", 1),
        ("advanced", 1),
    ]
    assert [(one.level, one.items) for one in stats.cognitive] == [("recall", 1), ("apply", 2), ("analyse", 0)]
    assert (stats.seconds, stats.exercise_seconds) == (180, 300)
    assert stats.exposure is None


def test_the_targets_name_every_level_and_add_up():
    for levels in (Difficulty, Cognitive):
        assert sum(TARGETS[level] for level in levels) == pytest.approx(1)
    assert len(TARGETS) == len(Difficulty) + len(Cognitive)


def test_the_draws_of_a_small_template_that_meet_what_it_requires_are_counted(tmp_path: Path):
    template = CHOICE.replace(
        "  stem: Which", "  parameters: {n: {range: [1, 9]}}\n  require: [n > 2]\n  stem: '{{n}}. Which"
    )
    template = template.replace("noon in summer?", "noon in summer?'")
    stats = stats_of(read(tmp_path, {"items/alpha/choice.yaml": template}))
    assert (stats.templates, stats.instances.count, stats.instances.is_estimate) == (1, 7, False)
    assert stats.domains[0].templates == 1


def test_those_of_a_large_one_are_estimated_near_the_truth(tmp_path: Path):
    template = CHOICE.replace(
        "  stem: Which", "  parameters: {n: {range: [1, 1000]}}\n  require: [n > 500]\n  stem: '{{n}}. Which"
    )
    template = template.replace("noon in summer?", "noon in summer?'")
    instances = stats_of(read(tmp_path, {"items/alpha/choice.yaml": template})).instances
    assert instances.is_estimate
    assert 400 <= instances.count <= 600


CASE = """- id: demo.sky
  title: A sky
  sections: [{id: goal, title: Goal, text: Look up.}]
  exhibits: [{id: week, title: Week, data: data/week.csv}]
"""


def test_cases_are_counted_with_their_tables_and_items(tmp_path: Path):
    on_case = CHOICE.replace("  stem:", "  stimulus: demo.sky\n  stem:")
    files = {
        "stimuli/sky.yaml": CASE,
        "data/week.csv": "day,colour\n1,blue\n",
        "items/alpha/choice.yaml": on_case + on_case.replace("alpha.sky", "alpha.sky-again"),
    }
    stats = stats_of(read(tmp_path, files))
    assert (stats.cases, stats.items_on_cases, stats.tables) == (1, 2, 1)


def test_a_figure_that_two_items_show_is_one_figure_in_two_items(tmp_path: Path):
    shown = CHOICE.replace("stem: Which", 'stem: "![A sky](figures/roc.png) Which').replace("in summer?", 'in summer?"')
    again = shown.replace("alpha.sky", "alpha.sky-again")
    figure = (FIGURES / "roc.png").read_bytes()
    stats = stats_of(read(tmp_path, {"items/alpha/choice.yaml": shown + again, "figures/roc.png": figure}))
    assert (stats.figures, stats.items_with_figures) == (1, 2)


def test_what_was_met_is_told_by_item_with_its_share_of_the_points(tmp_path: Path):
    history = [
        an_encounter("demo.alpha.sky", Mark.RIGHT, Fraction(1)),
        an_encounter("demo.alpha.sky", Mark.WRONG, Fraction(0)),
        an_encounter("demo.alpha.sky", None, Fraction(0)),
        an_encounter("demo.beta.half", Mark.PARTIAL, Fraction(1, 2)),
        an_encounter("other.alpha.sky", Mark.RIGHT, Fraction(1)),
    ]
    exposure = stats_of(read(tmp_path), history).exposure
    assert exposure is not None
    assert (exposure.items, exposure.meetings, exposure.answered, exposure.share) == (2, 4, 3, 0.5)
    assert [(one.item, one.met, one.answered, one.share) for one in exposure.by_item] == [
        ("demo.alpha.sky", 3, 2, 0.5),
        ("demo.beta.half", 1, 1, 0.5),
    ]


def test_the_history_of_this_machine_is_read(tmp_path: Path, services: Services):
    folder = write_bank(tmp_path / "demo", {"items/alpha/choice.yaml": CHOICE.replace("alpha.sky", "alpha.colour")})
    with open_sitting(services, store_session(services, a_form()), enter=True) as sitting:
        sitting.perform(cmd.Respond(1, {"option": "a"}))
        sitting.perform(cmd.Submit())
    stats = count_bank(services, str(folder))
    assert stats.exposure is not None
    assert "demo.alpha.colour" in {one.item for one in stats.exposure.by_item}
    lines = list(stats_lines(stats))
    assert any(line.startswith("met in the latest sessions here: ") for line in lines)
    assert any("demo.alpha.colour: 0% in 1 answer" in line for line in lines)


def test_the_lines_tell_the_share_beside_the_guides(tmp_path: Path):
    lines = list(stats_lines(stats_of(read(tmp_path))))
    assert lines[1] == "3 items; 1 exercise; 0 cases; 0 figures; 0 tables"
    assert "  foundational                          1        33%        20%" in lines
    assert lines[-1] == "nothing of it was met in the sessions on this machine"


def test_a_bank_with_errors_is_told_and_the_others_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    write_bank(tmp_path / "sound")
    write_bank(tmp_path / "broken", {"items/alpha/choice.yaml": CHOICE.replace("key: b", "key: z")})
    assert main._run(["bank", "stats", str(tmp_path / "broken"), str(tmp_path / "sound"), "--json"]) == 4
    printed = capsys.readouterr()
    assert '"id": "demo"' in printed.out
    assert "bank demo has 1 error" in printed.err
