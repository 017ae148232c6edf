import pytest
import solution


@pytest.mark.parametrize("name", ["sorted", "max", "sum", "min"])
def test_works_without(name, monkeypatch):
    def banned(*args, **kwargs):
        raise AssertionError(f"{name} is not allowed here")

    values = [3, 1, 2]
    with monkeypatch.context() as patch:
        patch.setattr(f"builtins.{name}", banned)
        box = solution.Box(values)
        found = box.largest()
    assert found == 3


def test_largest():
    assert solution.Box([5, 9, 2]).largest() == 9
