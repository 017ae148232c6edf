import math
import operator

import pytest

from solution import Grid, Mod, Poly, Roman


def test_matmul_and_rmatmul():
    assert Poly([1, 2]) @ Poly([3, 4]) == 11
    assert [5, 6] @ Poly([3, 4]) == 39


def test_multiplication_on_both_sides():
    assert Poly([1, 2]) * 3 == Poly([3, 6])
    assert 3 * Poly([1, 2]) == Poly([3, 6])
    assert Poly([1, 1]) * Poly([1, -1]) == Poly([1, 0, -1])


def test_in_place_addition_keeps_the_object():
    p = Poly([1])
    q = p
    p += Poly([0, 1])
    assert p is q
    assert q == Poly([1, 1])


def test_in_place_subtraction_makes_a_new_one():
    p = Poly([1, 1])
    q = p
    p -= Poly([1])
    assert p is not q
    assert q == Poly([1, 1])


def test_call_evaluates():
    assert Poly([1, 2, 3])(2) == 17
    assert callable(Poly([]))


def test_unary():
    assert -Poly([1, -2]) == Poly([-1, 2])
    assert +Poly([1]) == Poly([1])
    assert operator.neg(Poly([1])) == Poly([-1])


def test_floordiv_mod_divmod():
    a = Mod(7, 10)
    assert a // 2 == Mod(3, 10)
    assert a % 4 == 3
    assert divmod(a, 4) == (Mod(1, 10), 3)


@pytest.mark.parametrize("n, want", [(0, 1), (1, 7), (2, 9), (3, 3)])
def test_power(n, want):
    assert Mod(7, 10) ** n == Mod(want, 10)


def test_power_with_modulus():
    assert pow(Mod(7, 100), 3, 5) == 343 % 5
    assert 2 ** Mod(3, 10) == 8


def test_index_and_conversions():
    m = Mod(3, 10)
    assert [10, 11, 12, 13][m] == 13
    assert range(10)[m] == 3
    assert hex(m) == "0x3"
    assert bin(Mod(5, 8)) == "0b101"
    assert int(m) == 3
    assert float(m) == 3.0
    assert complex(m) == 3 + 0j
    assert operator.index(m) == 3
    assert "ab" * m == "ababab"


def test_rounding_functions():
    m = Mod(37, 100)
    assert round(m, -1) == 40
    assert round(m) == 37
    assert math.floor(m) == 37
    assert math.ceil(m) == 38
    assert math.trunc(m) == 37
    assert abs(m) == 37


def test_bitwise():
    assert Mod(6, 16) & 3 == 2
    assert Mod(6, 16) | 1 == 7
    assert Mod(6, 16) ^ 2 == 4
    assert Mod(6, 16) << 1 == 12
    assert Mod(6, 16) >> 1 == 3
    assert ~Mod(6, 16) == 9
    assert 3 & Mod(6, 16) == 2


def test_truth_and_hash():
    assert not Mod(0, 5)
    assert Mod(1, 5)
    assert hash(Mod(1, 5)) == hash(Mod(6, 5))
    assert len({Mod(1, 5), Mod(6, 5), Mod(2, 5)}) == 2
    assert {Mod(1, 5): "one"}[Mod(6, 5)] == "one"


def test_unsupported_operands_raise_type_error():
    with pytest.raises(TypeError):
        Mod(1, 5) + "x"
    with pytest.raises(TypeError):
        "x" + Mod(1, 5)
    with pytest.raises(TypeError, match="unsupported operand"):
        Mod(1, 5) @ Mod(1, 5)
    assert Mod(1, 5).__add__("x") is NotImplemented


def test_format_specifications():
    assert f"{Mod(3, 10)}" == "3 (mod 10)"
    assert f"{Mod(3, 10):short}" == "3"
    assert "{:>6short}".format(Mod(3, 10)) == "     3"
    assert format(Mod(3, 10)) == "3 (mod 10)"
    with pytest.raises(ValueError):
        format(Mod(3, 10), "q")


def test_bytes_reversed_len_contains():
    r = Roman("XIV")
    assert bytes(r) == b"XIV"
    assert list(reversed(r)) == ["V", "I", "X"]
    assert len(r) == 3
    assert "I" in r
    assert 14 in r
    assert "M" not in r


def test_ordering_and_sorting():
    romans = [Roman("X"), Roman("I"), Roman("V")]
    assert [str(r) for r in sorted(romans)] == ["I", "V", "X"]
    assert max(romans) == Roman("X")
    assert Roman("I") < Roman("V") <= Roman("V")
    assert int(Roman("IV")) == 4
    assert sum([Roman("I"), Roman("II")], Roman("I")) == Roman("IV")


def test_getitem_with_tuples_slices_and_ellipsis():
    g = Grid([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    assert g[0, 1] == 2
    assert g[1] == [4, 5, 6]
    assert g[0:2, 1] == [2, 5]
    assert g[..., 0] == [1, 4, 7]
    assert g[::-1] == [[7, 8, 9], [4, 5, 6], [1, 2, 3]]
    assert g[-1, -1] == 9
    with pytest.raises(IndexError):
        g[5, 5]
    with pytest.raises(TypeError, match="str"):
        g["a"]


def test_setitem_and_delitem():
    g = Grid([[1, 2], [3, 4]])
    g[0, 0] = 9
    assert g[0] == [9, 2]
    g[1] = [7, 7]
    assert g[1, 1] == 7
    del g[0]
    assert len(g) == 1


def test_missing_gives_a_default():
    g = Grid([[1]])
    assert g.labels["unknown"] == "UNKNOWN"
    g.labels["a"] = "b"
    assert g.labels["a"] == "b"
    assert dict(g.labels) == {"a": "b"}


def test_iteration_and_unpacking():
    g = Grid([[1, 2], [3, 4]])
    assert [list(row) for row in g] == [[1, 2], [3, 4]]
    first, second = g
    assert second == [3, 4]
    assert [*g] == [[1, 2], [3, 4]]
    assert [4, 3] not in g
    assert [3, 4] in g


def test_repr_evaluates_back():
    assert repr(Mod(3, 10)) == "Mod(3, 10)"
    assert eval(repr(Mod(3, 10))) == Mod(3, 10)
    assert eval(repr(Poly([1, 2]))) == Poly([1, 2])
