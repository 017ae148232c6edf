import solution


def test_bubble_sort_in_place():
    data = [5, 2, 9, 1]
    result = solution.bubble_sort(data)
    assert result is None
    assert data == [1, 2, 5, 9]


def test_returns_same_object():
    data = [1, 2]
    assert solution.append_and_return(data, 3) is data
    assert data == [1, 2, 3]


def test_does_not_modify():
    data = [3, 1, 2]
    result = solution.sorted_copy(data)
    assert result == [1, 2, 3]
    assert data == [3, 1, 2]
    assert result is not data


def test_nested():
    grid = [[1, 2], [3, 4]]
    row = grid[0]
    solution.transpose(grid)
    assert grid == [[1, 3], [2, 4]]
    assert grid[0] is row


def test_dict_and_set():
    d = {"a": 1}
    s = {1, 2}
    solution.bump(d, s)
    assert d == {"a": 2, "new": []}
    assert s == {1, 2, 3}


def test_default_argument_is_not_shared():
    assert solution.collect(1) == [1]
    assert solution.collect(2) == [2]


def test_same_list_twice():
    a = [1]
    solution.extend_both(a, a)
    assert a == [1, 0, 0]


def test_bytearray():
    b = bytearray(b"abc")
    solution.flip(b)
    assert b == bytearray(b"cba")


def test_aliasing_inside():
    shared = [0]
    outer = [shared, shared]
    solution.touch_first(outer)
    assert shared == [1]
    assert outer[1] == [1]


def test_cyclic():
    loop = [1]
    loop.append(loop)
    assert solution.depth_of_cycle(loop) == 1


def test_kept_by_object():
    items = []
    box = solution.Box(items)
    box.put("x")
    assert items == ["x"]
    items.append("y")
    assert box.size() == 2
    assert box.items is items


def test_list_of_object_is_live():
    box = solution.Box([1])
    view = box.items
    view.append(2)
    assert box.size() == 2
    box.put(3)
    assert view == [1, 2, 3]


def test_swap():
    pair = [1, 2]
    solution.swap(pair)
    assert pair == [2, 1]


def test_remove_duplicates_returns_length():
    nums = [1, 1, 2, 2, 3]
    k = solution.remove_duplicates(nums)
    assert k == 3
    assert nums[:k] == [1, 2, 3]
