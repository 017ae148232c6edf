from solution import *
import pytest


def test_visible():
    assert triple(2) == 6
    assert LIMIT == 7
    assert Thing().kind == "thing"


def test_private_is_not_imported():
    with pytest.raises(NameError):
        _hidden()
