import copy
import sys

import pytest

import solution
from solution import Graph, ListNode, TreeNode, clone_graph, from_list, has_cycle, nested, reverse, to_list


class Node:
    """The test's own node class, as on practice sites."""

    def __init__(self, value, next=None):
        self.value = value
        self.next = next


def test_linked_list_of_the_solution():
    head = from_list([1, 2, 3])
    assert isinstance(head, ListNode)
    assert head.value == 1
    assert head.next.next.value == 3
    assert head.next.next.next is None
    assert to_list(reverse(head)) == [3, 2, 1]


def test_linked_list_built_in_the_test():
    head = ListNode(1, ListNode(2, ListNode(3)))
    assert to_list(head) == [1, 2, 3]
    head.next.value = 20
    assert to_list(head) == [1, 20, 3]


def test_list_of_the_tests_class():
    c = Node(3)
    head = Node(1, Node(2, c))
    new = reverse(head)
    assert new is c
    assert to_list(new) == [3, 2, 1]
    assert new.next.next is head


def test_cycles():
    head = from_list([1, 2, 3])
    assert not has_cycle(head)
    head.next.next.next = head
    assert has_cycle(head)
    assert head.next.next.next is head
    own = Node(1)
    own.next = own
    assert has_cycle(own)


def test_identity_kept():
    a = TreeNode(1)
    root = TreeNode(0, a, a)
    assert root.left is root.right is a
    assert solution.lowest(root, a, a) is a
    assert root.left is root.left


def test_tree():
    root = solution.build([5, 3, 8, 1, 4])
    assert solution.inorder(root) == [1, 3, 4, 5, 8]
    assert solution.depth(root) == 3
    assert root.left.right.value == 4
    mirrored = solution.mirror(root)
    assert solution.inorder(mirrored) == [8, 5, 4, 3, 1]
    assert solution.same_tree(root, root)
    assert not solution.same_tree(root, None)


def test_tree_changed_in_place_by_the_test():
    root = TreeNode(1)
    root.left = TreeNode(2)
    assert solution.inorder(root) == [2, 1]
    root.left, root.right = root.right, root.left
    assert solution.inorder(root) == [1, 2]


def test_clone():
    a, b = Graph("a"), Graph("b")
    a.neighbors.append(b)
    b.neighbors.append(a)
    c = clone_graph(a)
    assert c is not a
    assert c.name == "a"
    assert c.neighbors[0].neighbors[0] is c
    d = copy.deepcopy(a)
    assert d.neighbors[0].neighbors[0] is d
    assert d is not a


def test_self_containing_list():
    items = [1]
    items.append(items)
    assert solution.contains_itself(items)
    made = solution.make_loop()
    assert made[1] is made
    table = {}
    table["me"] = table
    assert solution.contains_itself_dict(table)


def test_shared_members():
    row = [0]
    grid = [row, row]
    solution.poke(grid)
    assert row == [1]
    assert grid == [[1], [1]]
    made = solution.shared()
    made[0].append(1)
    assert made == [[1], [1]]


def test_deep_nesting():
    deep = nested(200)
    for _ in range(199):
        assert len(deep) == 1
        deep = deep[0]
    assert deep == []
    value = []
    for _ in range(150):
        value = [value]
    assert solution.depth_of(value) == 151


def test_recursion_error():
    with pytest.raises(RecursionError):
        solution.endless(0)
    assert solution.after_recursion() == "fine"


def test_recursion_in_the_test_through_the_solution():
    def count_down(n):
        return 0 if n == 0 else 1 + solution.apply(count_down, n - 1)

    assert count_down(30) == 30


def test_recursive_callback_without_end():
    def forever():
        return solution.call(forever)

    with pytest.raises(RecursionError):
        forever()


def test_flatten():
    assert list(solution.flatten([1, [2, [3, [4]]], ()])) == [1, 2, 3, 4]


def test_big_results():
    big = solution.matrix(300)
    assert len(big) == 300
    assert big[299][299] == 299 * 299
    assert solution.ackermann(2, 3) == 9
    assert solution.hanoi(1, "A", "B", "C") == [("A", "C")]
    assert len(solution.hanoi(8, "A", "B", "C")) == 255


def test_graph_algorithms():
    g = {"a": {"b": 1, "c": 4}, "b": {"c": 2, "d": 5}, "c": {"d": 1}, "d": {}}
    assert solution.dijkstra(g, "a") == {"a": 0, "b": 1, "c": 3, "d": 4}
    assert solution.dijkstra(g, "d") == {"d": 0}
    assert solution.topological({"x": ["y"], "y": ["z"], "z": []}) == ["x", "y", "z"]
    with pytest.raises(ValueError, match="cycle"):
        solution.topological({"x": ["y"], "y": ["x"]})
