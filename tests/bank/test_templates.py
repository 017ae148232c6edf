"""Templates: what reading tells at once, what the check tells over all draws, and what every instance keeps."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bank.bank_folder import place_in, write_bank
from examengine.bank.check import check_bank
from examengine.bank.check_templates import count_instances
from examengine.bank.read import read_bank
from examengine.bank.template.item_template import ItemTemplate, instance_key
from examengine.bank.template.parameters import Parameter, TemplateHead
from examengine.itemtypes.item import Item
from examengine.itemtypes.numeric.model import Numeric
from examengine.itemtypes.registry import ITEM_TYPES, spec_of
from itemtypes.test_conformance import EXAMPLES

FILE = "items/alpha/template.yaml"
CHOICE = """- id: demo.alpha.precision
  type: multiple_choice
  objective: alpha.basics
  difficulty: intermediate
  cognitive: apply
  parameters:
    tp: {range: [20, 90], step: 5}
    fp: {choice: [10, 20, 40]}
    who: {choice: [Ada, Grace]}
    precision: {value: "tp / (tp + fp)"}
  require: ["precision > 0.2", "tp != fp"]
  stem: "{{who}} counts {{tp}} true and {{fp}} false positives. How large is the precision, to two places?"
  options:
    - {id: a, text: "{{precision:.2f}}", rationale: "{{tp}} / ({{tp}} + {{fp}})."}
    - {id: b, text: "{{fp / (tp + fp):.2f}}", rationale: The share of the false ones.}
    - {id: c, text: "{{tp / fp:.2f}}", rationale: The odds.}
  key: a
  rationale: Precision is a share of what was predicted positive.
  references: [{title: A page}]
  verified: 2026-11-21
  seconds: 60
"""
NUMBER = """- id: demo.beta.mean
  type: numeric
  objective: beta.basics
  difficulty: foundational
  cognitive: apply
  parameters:
    a: {range: [1, 9]}
    b: {range: [0.5, 2.5], step: 0.5}
  require: ["a != b"]
  stem: How large is the mean of {{a}}, {{a}} and {{b}}, to two places?
  answer: "{{(2 * a + b) / 3}}"
  tolerance: [{absolute: 0.01}]
  slips:
    - {value: "{{(a + b) / 2}}", rationale: "Counts {{a}} once."}
  rationale: Sum over count.
  references: [{title: A page}]
  verified: 2026-11-21
  seconds: 60
"""


def read(folder: Path, text: str):
    return read_bank(write_bank(folder, {FILE: text}))


def template_of(folder: Path, text: str) -> ItemTemplate:
    reading = read(folder, text)
    assert reading.bank is not None, [str(problem) for problem in reading.problems]
    (template,) = reading.bank.templates.values()
    return template


def checked(folder: Path, text: str):
    reading = read(folder, text)
    assert reading.bank is not None, [str(problem) for problem in reading.problems]
    return [problem for problem in check_bank(reading.bank) if problem.code != "few-wrong-solutions"]


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def instances(template: ItemTemplate, seeds: range):
    for seed in seeds:
        drawn, item = template.first_sound(seed)
        yield template.values_of(drawn), item


@pytest.mark.parametrize("text", [CHOICE, NUMBER])
def test_a_sound_template_is_read_and_checked_without_a_problem(tmp_path, text):
    reading = read(tmp_path, text)
    assert reading.problems == ()
    assert checked(tmp_path, text) == []
    (template,) = reading.bank.templates.values()
    stands_for_it = reading.bank.item_named(template.id)
    assert "{{" not in stands_for_it.model_dump_json()


def test_every_instance_holds_the_values_meets_what_is_required_and_keeps_no_placeholder(tmp_path):
    template = template_of(tmp_path, CHOICE)
    for values, item in instances(template, range(60)):
        assert values["precision"] > 1 / 5
        assert values["tp"] != values["fp"]
        assert values["tp"] in range(20, 91, 5)
        assert values["fp"] in (10, 20, 40)
        assert item.stem.startswith(f"{values['who']} counts {values['tp']} true and {values['fp']} false")
        assert abs(Fraction(item.options[0].text) - values["tp"] / (values["tp"] + values["fp"])) <= Fraction(1, 200)
        assert "{{" not in item.model_dump_json()


def test_a_numeric_answer_and_its_slips_are_exact(tmp_path):
    template = template_of(tmp_path, NUMBER)
    for values, item in instances(template, range(40)):
        assert isinstance(item, Numeric)
        assert item.answer == (2 * values["a"] + values["b"]) / 3
        assert item.slips[0].value == (values["a"] + values["b"]) / 2


def test_a_seed_gives_the_same_instance_and_other_seeds_give_others(tmp_path):
    template = template_of(tmp_path, CHOICE)
    again = ItemTemplate.model_validate_json(template.model_dump_json())
    assert again == template
    assert [item for _, item in instances(again, range(20))] == [item for _, item in instances(template, range(20))]
    assert len({item.model_dump_json() for _, item in instances(template, range(20))}) > 10


def test_these_are_the_values_of_the_first_seeds_on_every_machine(tmp_path):
    drawn = [template_of(tmp_path, CHOICE).first_sound(seed)[0] for seed in range(3)]
    assert [(int(one["tp"]), int(one["fp"]), one["who"]) for one in drawn] == FIRST_SEEDS


FIRST_SEEDS = [(70, 40, "Grace"), (80, 20, "Ada"), (80, 40, "Ada")]


def test_instances_met_before_come_only_when_there_is_no_other(tmp_path):
    template = template_of(tmp_path, changed(NUMBER, "range: [1, 9]", "range: [1, 2]"))
    met: set[str] = set()
    for _ in range(9):
        drawn, _ = template.first_sound(5, frozenset(met))
        met.add(instance_key(template.id, drawn))
    # a has two values and b five; in one of the ten draws they are equal.
    assert len(met) == 8 or len(met) == 9
    assert len(met) == count_instances(template).draws
    assert template.first_sound(5, frozenset(met)) is not None


def test_the_digest_follows_the_template_and_not_its_values(tmp_path):
    one, other = template_of(tmp_path / "1", CHOICE), template_of(tmp_path / "2", changed(CHOICE, "0.2", "0.3"))
    assert one.digest() != other.digest()
    assert one.digest() == template_of(tmp_path / "3", CHOICE).digest()


def test_the_check_counts_the_instances_that_differ(tmp_path):
    count = count_instances(template_of(tmp_path, CHOICE))
    # 15 x 3 x 2 draws, less the two pairs of equal numbers for each name.
    assert (count.draws, count.distinct, count.is_whole) == (86, 86, True)


READING = [
    (CHOICE, '(tp + fp)"}', '(tp + fq)"}', "unknown-parameter", '"tp / (tp + fq)', ["'fq' is no parameter", "tp"]),
    (CHOICE, "{{tp}} true", "{{tq}} true", "unknown-parameter", '"{{who}} counts', ["'tq' is no parameter"]),
    (CHOICE, '"tp != fp"', '"tp != fn"', "unknown-parameter", '"tp != fn"', ["'fn' is no parameter"]),
    (CHOICE, "{{tp}} true", "{{tp.real}} true", "placeholder", '"{{who}} counts', ["no point between names"]),
    (CHOICE, "{{tp}} true", "{{tp:.2q}} true", "placeholder", '"{{who}} counts', ["is not a format", ".2f (places)"]),
    (CHOICE, "{{tp}} true", "{{tp true", "placeholder", '"{{who}} counts', ["{{ without its }}"]),
    (CHOICE, '"tp / (tp + fp)"', '"tp / ("', "expression", '"tp / ("', ["is not an expression"]),
    (CHOICE, "precision > 0.2", "precision > 2", "never-holds", '["precision', ["no values meet"]),
    (CHOICE, '"tp != fp"', '"tp"', "no-value", '["precision', ["'tp' is neither true nor false"]),
    (CHOICE, "{{precision:.2f}}", "{{precision}}", "no-value", '"{{precision}}"', ["no short form", "tp = "]),
    (CHOICE, "key: a", "key: z", "invalid", "z\n", ["key 'z' is not an option, with tp = "]),
    (CHOICE, "range: [20, 90]", "range: [20, 91]", "invalid", "[20, 91]", ["does not end at a step"]),
    (CHOICE, "range: [20, 90]", "range: [90, 20]", "invalid", "[90, 20]", ["smaller to the larger"]),
    (CHOICE, "range: [20, 90]", "range: [0, 1000000]", "invalid", "[0, 1000000]", ["more than 10000 values"]),
    (CHOICE, "step: 5", "step: 0", "invalid", "0}\n    fp", ["step lies above 0"]),
    (CHOICE, "choice: [10, 20, 40]", "choice: [10, 10]", "invalid", "[10, 10]", ["holds a value twice"]),
    (CHOICE, "choice: [10, 20, 40]", "choice: [true, 10]", "invalid", "[true, 10]", ["numbers and texts"]),
    (CHOICE, "choice: [10, 20, 40]", "chioce: [10]", "unknown-field", "chioce", ["did you mean `choice`"]),
    (CHOICE, "    who:", "    max:", "invalid", "tp: {range", ["'max' has the name of a function"]),
    (CHOICE, "    tp: {", "    Tp: {", "wrong-form", "{range", ["lower-case"]),
    (CHOICE, "seconds: 60", "secnods: 60", "unknown-field", "secnods", ["did you mean `seconds`?"]),
    (NUMBER, '"{{(2 * a + b) / 3}}"', "{{a}}", "key", "{a}}\n  tolerance", ["put {{…}} in quotes"]),
    (NUMBER, '"{{(2 * a + b) / 3}}"', '"{{a}} apples"', "invalid", '"{{a}} apples"', ["a number or a fraction"]),
    (NUMBER, "parameters:", "parameter:", "missing-field", "id: demo.beta", ["`parameters` is missing"]),
    (NUMBER, "objective: beta.basics", "objective: beta.none", "unknown-objective", "beta.none", ["is not in"]),
]


@pytest.mark.parametrize(
    ("text", "old", "new", "code", "at", "said"), READING, ids=[case[3] + case[2][:9] for case in READING]
)
def test_reading_tells_what_is_wrong_at_its_place(tmp_path, text, old, new, code, at, said):
    wrong = changed(text, old, new)
    problems = [p for p in read(tmp_path, wrong).problems if p.severity == "error"]
    told = [(p.code, p.line, p.column) for p in problems]
    assert (code, *place_in(wrong, at)) in told, [str(p) for p in problems]
    problem = problems[told.index((code, *place_in(wrong, at)))]
    for part in said:
        assert part in f"{problem.message}; {problem.hint}"


def test_a_value_derived_from_one_below_it_is_told(tmp_path):
    later = changed(CHOICE, '"tp / (tp + fp)"}', '"tp / total"}\n    total: {value: "tp + fp"}')
    (problem,) = read(tmp_path, later).problems
    assert (problem.code, problem.message) == ("unknown-parameter", "'total' is derived later")


def test_a_parameter_that_is_used_nowhere_is_a_warning(tmp_path):
    reading = read(tmp_path, changed(CHOICE, "{{who}} counts", "Ada counts"))
    assert [(p.code, p.severity, p.line, p.column) for p in reading.problems] == [("unused-parameter", "warning", 9, 5)]
    assert reading.bank is not None


def test_what_is_required_guards_the_values_behind_it(tmp_path):
    guarded = changed(CHOICE, "[10, 20, 40]", "[-20, 10, 20]").replace(
        '"precision > 0.2"', '"tp + fp > 0", "precision > 0.2", "fp > 0"'
    )
    assert [p.code for p in checked(tmp_path, guarded)] == []


CHECKS = [
    (
        CHOICE,
        [("choice: [10, 20, 40]", "choice: [-20, 20, 40]")],
        "no-value",
        "{value:",
        ["divides by nothing", "in 2 of 86 draws", "tp = 20, fp = -20"],
    ),
    (
        CHOICE,
        [("{{fp / (tp + fp):.2f}}", "{{fp / (tp + fp):.1f}}0"), (', "tp != fp"', "")],
        "option-repeated",
        '"{{fp / (tp + fp):.1f}}0"',
        ["options a and b say the same", "of 90 draws", "tp = 20, fp = 20"],
    ),
    (
        CHOICE,
        [("{{fp / (tp + fp):.2f}}", "{{fp / (tp + fp):.0%}}"), (', "tp != fp"', "")],
        "options-equal",
        '"{{fp / (tp + fp):.0%}}"',
        ["options a and b are the same number", "tp = 20, fp = 20"],
    ),
    (
        CHOICE,
        [("key: a", "key: \"{{'a' if tp > 30 else 'z'}}\"")],
        "instance",
        "id: demo.alpha.precision",
        ["key 'z' is not an option", "tp = 20"],
    ),
    (
        NUMBER,
        [('"{{(2 * a + b) / 3}}"', '"{{(2 * a + b) / 3:.1f}}"')],
        "key-wrong-after-rounding",
        '"{{(2 * a + b) / 3:.1f}}"',
        ["the number itself lies outside the tolerance"],
    ),
    (
        NUMBER,
        [('require: ["a != b"]', "require: []")],
        "slip-earns-full-marks",
        '{value: "{{(a + b)',
        ["lies within the tolerance", "a = 1, b = 1"],
    ),
]


@pytest.mark.parametrize(("text", "changes", "code", "at", "said"), CHECKS, ids=[case[2] for case in CHECKS])
def test_the_check_finds_the_draws_that_spoil_a_template(tmp_path, text, changes, code, at, said):
    for old, new in changes:
        text = changed(text, old, new)
    (problem,) = checked(tmp_path, text)
    assert (problem.code, problem.severity) == (code, "error")
    assert (problem.line, problem.column) == place_in(text, at)
    for part in said:
        assert part in problem.message


def test_a_template_of_few_instances_is_told_with_how_many(tmp_path):
    few = changed(changed(NUMBER, "range: [1, 9]", "range: [1, 1]"), "[0.5, 2.5]", "[0.5, 1.5]")
    (problem,) = checked(tmp_path, few)
    assert (problem.code, problem.severity) == ("few-instances", "warning")
    assert "gives 2 different instances" in problem.message


def test_a_large_template_is_checked_by_two_hundred_draws(tmp_path):
    large = changed(CHOICE, "range: [20, 90], step: 5", "range: [20, 90], step: 0.1")
    large = changed(large, "tp != fp", "abs(tp - fp) > 2")
    assert checked(tmp_path, large) == []
    count = count_instances(template_of(tmp_path, large))
    assert not count.is_whole
    assert 150 < count.distinct <= count.draws <= 200


@pytest.mark.parametrize("text", ["normal_quantile(0.3)", "exp(log(sqrt(2)))"])
def test_expressions_that_take_long_are_refused_before_they_run(tmp_path, text):
    slow = "\n".join(f'    v{n}: {{value: "{" + ".join([text] * 12)}"}}' for n in range(30))
    wrong = changed(
        CHOICE, '    precision: {value: "tp / (tp + fp)"}', slow + '\n    precision: {value: "tp / (tp + fp)"}'
    )
    codes = {problem.code for problem in read(tmp_path, wrong).problems if problem.severity == "error"}
    assert codes <= {"template-too-long"}
    assert codes or "normal" not in text


def as_template(item: Item) -> ItemTemplate:
    """Return a template of any type: numbers in its stem, its rationale and the texts of its options."""
    body = json.loads(item.model_dump_json())
    body["stem"] = "{{n}} and {{n / 7:.3f}}: " + body["stem"]
    body["rationale"] += " {{half:.1f}}"
    for option in body.get("options", ()):
        option["text"] += " ({{n + 1}})"
    head = TemplateHead(
        parameters={"n": Parameter(range=(1, 500)), "half": Parameter(value="n / 2")}, require=("n % 3 != 0",)
    )
    return ItemTemplate(id=item.id, type=item.type, head=head, body=body)


@pytest.mark.parametrize("name", [name for name in ITEM_TYPES if name != "coding"])
@settings(max_examples=25)
@given(seed=st.integers(0, 2**31))
def test_any_type_may_have_parameters(name, seed):
    template = as_template(EXAMPLES[name])
    drawn, item = template.first_sound(seed)
    assert item.type == name
    assert drawn["n"] % 3 != 0
    assert f"{int(drawn['n'])} and " in item.stem
    assert "{{" not in item.model_dump_json()
    assert template.first_sound(seed) == (drawn, item)
    spec = spec_of(item)
    score = spec.score(item, spec.correct_response(item), None)
    assert score.earned == score.possible
