"""YAML 1.2 core rules, places, and bounds that hold before anything is built."""

import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from examengine.bank.yaml_source import MAX_BYTES, MAX_DEPTH, MAX_NODES, read_yaml


def data_of(text: str):
    reading = read_yaml(text.encode())
    assert not reading.faults, reading.faults
    return reading.root.data


def codes_of(content: bytes) -> list[str]:
    reading = read_yaml(content)
    return [fault.code for fault in reading.faults]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("off", "off"),
        ("1:30", "1:30"),
        ("12:30:45", "12:30:45"),
        ("2026-11-21", "2026-11-21"),
        ("1_000", "1_000"),
        ("012", 12),
        ("0o14", 12),
        ("0x1F", 31),
        ("1e3", 1000.0),
        ("1.10", 1.1),
        ("-.5", -0.5),
        ("=", "="),
        ("<<", "<<"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("null", None),
        ("~", None),
        ("", None),
        ("true", True),
        ("False", False),
        ("'12'", "12"),
        ('"true"', "true"),
        ("!!str 12", "12"),
        ("! 12", "12"),
        ("!!float 12", 12),
    ],
)
def test_scalars_follow_the_core_rules_of_yaml_1_2(written, meant):
    value = data_of(f"a: {written}")["a"]
    assert value == meant
    assert type(value) is type(meant)


def test_keys_are_text_as_written():
    assert data_of("{no: 1, 12: 2, true: 3, null: 4}") == {"no": 1, "12": 2, "true": 3, "null": 4}


def test_a_scalar_keeps_its_text():
    root = read_yaml(b"a: 1.10").root
    assert root.fields["a"].text == "1.10"


def test_every_node_has_its_line_and_column():
    root = read_yaml("ä: [é,\n  {b: 1}]\nc: |\n  x\n".encode()).root
    deep = root.fields["ä"].entries[1].fields["b"]
    assert (deep.line, deep.column) == (2, 7)
    assert root.key_places["c"] == (3, 1)
    assert (root.fields["ä"].entries[0].line, root.fields["ä"].entries[0].column) == (1, 5)


def test_a_repeated_key_is_told_with_both_lines_and_the_first_stays():
    reading = read_yaml(b"a: 1\nb: 2\na: 3\n")
    assert [(f.line, f.column, f.code) for f in reading.faults] == [(3, 1, "duplicate-key")]
    assert "line 1" in reading.faults[0].message
    assert reading.root.data == {"a": 1, "b": 2}


@pytest.mark.parametrize("opener", ["[", "{a: ", "- ", "? "])
@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 100_000])
def test_deep_nesting_is_refused_however_deep_it_is(opener, depth):
    assert codes_of((opener * depth).encode()) == ["nested-too-deep"]


def test_deep_indentation_is_refused():
    text = "\n".join(" " * depth + "a:" for depth in range(1200))
    assert codes_of(text.encode()) == ["nested-too-deep"]


def test_nesting_up_to_the_bound_is_read():
    assert data_of("[" * MAX_DEPTH + "]" * MAX_DEPTH)


def test_an_alias_stands_for_its_value():
    assert data_of("a: &x [1, 2]\nb: *x\n") == {"a": [1, 2], "b": [1, 2]}


def test_aliases_that_multiply_are_counted_as_written_out():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert codes_of("\n".join(lines).encode()) == ["too-many-values"]


def test_aliases_do_not_get_around_the_bound_on_nesting():
    lines = [f"a0: &a0 {'[' * 20}{']' * 20}", f"a1: {'[' * 25}*a0{']' * 25}"]
    assert codes_of("\n".join(lines).encode()) == ["nested-too-deep"]


@pytest.mark.parametrize("text", ["a: &x [*x]", "a: *nowhere", "&x {a: *x}"])
def test_an_alias_without_a_finished_anchor_is_refused(text):
    assert codes_of(text.encode()) == ["alias"]


def test_more_values_than_the_bound_are_refused():
    assert codes_of(b"[" + b"1," * MAX_NODES + b"1]") == ["too-many-values"]


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!mine", "!!binary", "!!set"])
def test_other_tags_are_refused(tag):
    assert codes_of(f"a: {tag} 'x'".encode()) == ["tag"]


def test_a_tag_that_its_value_does_not_fit_is_told():
    assert codes_of(b"a: !!int x") == ["tag"]


@pytest.mark.parametrize(
    ("content", "code", "line", "column"),
    [
        (b"", "empty-file", 1, 1),
        (b"\n# nothing\n", "empty-file", 1, 1),
        (b"---\n", "empty-file", 1, 1),
        (b"a: 1\nb: \xff\n", "not-utf-8", 2, 4),
        ("a: 1".encode("utf-16"), "not-utf-8", 1, 1),
        (b"a: 1\nbc\x00: 2\n", "control-character", 2, 3),
        (b'a: "\\e[31m"\n', "control-character", 1, 4),
        (b"a: 1\n---\nb: 2\n", "several-documents", 2, 1),
        (b"a:\n\tb: 1\n", "tab", 2, 1),
        (b"a: b: c\n", "yaml-syntax", 1, 5),
        (b"a: [1, 2\n", "yaml-syntax", 2, 1),
        (b"a: `x`\n", "yaml-syntax", 1, 4),
        (b"a: 1e99999\n", "number-out-of-range", 1, 4),
        (b"? [a]\n: 1\n", "key", 1, 3),
        (b"a: " + b"x" * MAX_BYTES, "file-too-large", 1, 1),
    ],
)
def test_what_is_no_yaml_is_told_at_its_place(content, code, line, column):
    fault = read_yaml(content).faults[0]
    assert (fault.code, fault.line, fault.column) == (code, line, column)


def test_a_byte_order_mark_of_utf_8_is_harmless():
    assert read_yaml(b"\xef\xbb\xbfa: 1").root.data == {"a": 1}


def test_numbers_of_unusual_length_stay_text():
    assert data_of(f"a: {'1' * 5000}") == {"a": "1" * 5000}


# A writer of YAML 1.1 leaves these bare, for there they are text; by 1.2 they are numbers.
numbers_of_1_2_alone = re.compile(r"[-+]?[0-9.]+[eE][-+]?[0-9]+|[-+]\.[0-9]+|[-+]?0o[0-7]+|[-+]?0[0-9]*[89][0-9]*")
# The writer folds its lines at these signs, and the reader of the same library takes them for blanks then.
line_signs = "\x85\u2028\u2029"
texts = st.text(st.characters(codec="utf-8", exclude_characters=line_signs), max_size=12).filter(
    lambda text: not numbers_of_1_2_alone.fullmatch(text)
)
plain_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcxyz", min_size=1), inner, max_size=4),
    max_leaves=20,
)


@given(plain_values)
def test_what_a_yaml_writer_writes_is_read_as_it_was(value):
    text = yaml.safe_dump({"value": value}, allow_unicode=True)
    reading = read_yaml(text.encode())
    if any(fault.code == "control-character" for fault in reading.faults):
        return  # the writer may write characters that no bank holds
    # The writer leaves bare what YAML 1.1 and 1.2 both take for text.
    assert reading.root.data == {"value": value}


@settings(max_examples=200)
@given(st.binary(max_size=300) | st.text("[]{}:,-?&*!|>'\"%@`#ab1.~ \n\t", max_size=200).map(str.encode))
def test_any_bytes_end_in_a_tree_or_a_fault(content):
    reading = read_yaml(content)
    assert (reading.root is not None) or reading.faults
