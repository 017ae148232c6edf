"""What is not plain Python in a cell."""

import pytest

from examengine.notebooks.magics import IGNORED, plain_python


@pytest.mark.parametrize(
    "source",
    [
        "",
        "x = 7 % 3",
        "x = (7\n% 3)",
        "text = '''\n%matplotlib inline\n!ls\n'''",
        "async def f():\n    await g()",
        "x = [await_ for await_ in ()]",
        "if x != 3:\n    pass",
        "# %matplotlib inline\n# !ls\n# what?",
    ],
)
def test_plain_python_passes_as_it_is(source):
    plain = plain_python(source)
    assert (plain.source, plain.remarks, plain.refusal) == (source, (), "")


@pytest.mark.parametrize("name", IGNORED)
def test_magics_of_the_display_are_left_out_where_they_stand(name):
    plain = plain_python(f"x = 1\nif x:\n    %{name} a b\ny = 2")
    assert plain.source == "x = 1\nif x:\n    pass\ny = 2"
    assert plain.remarks == (f"line 3: `%{name} a b` was ignored",)


@pytest.mark.parametrize(
    ("source", "line", "told"),
    [
        ("x = 1\n!ls", 2, "shell line"),
        ("files = !ls", 1, "shell line"),
        ("%pip install numpy", 1, "magic"),
        ("t = %timeit -o f()", 1, "magic"),
        ("\n%%bash\nls", 2, "cell magic"),
        ("%%", 1, "cell magic"),
        ("?f", 1, "help"),
        ("x = 1\nf??", 2, "help"),
        ("import asyncio\nawait asyncio.sleep(0)", 2, "await"),
        ("async with a as b:\n    pass", 1, "await"),
        ("x = [y async for y in z]", 1, "await"),
        ("%time x = 1\n!ls", 2, "shell line"),
    ],
)
def test_everything_else_is_refused_with_its_line(source, line, told):
    plain = plain_python(source)
    assert plain.refusal.startswith(f"line {line}: ")
    assert told in plain.refusal


def test_magics_that_measure_or_capture_let_their_code_run():
    assert plain_python("%%time\nx = 1").source == "\nx = 1"
    assert plain_python("%time x = 1").source == "x = 1"
    assert plain_python("%%capture out\nx = 1").source == "\nx = 1"
    assert plain_python("%%timeit\nf()").source == ""


def test_wrong_python_is_left_for_python_to_tell():
    for source in ("def f(:\n    pass", "x = 'open\n!ls", "%matplotlib inline\nx = ("):
        assert plain_python(source).refusal == ""
