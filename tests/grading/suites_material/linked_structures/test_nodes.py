import pytest

import solution


class ListNode:
    def __init__(self, val=0, next=None):
        self.val = val
        self.next = next


def build(values):
    head = None
    for v in reversed(values):
        head = ListNode(v, head)
    return head


def read(head):
    out = []
    while head:
        out.append(head.val)
        head = head.next
    return out


@pytest.mark.parametrize("values", [[], [1], [1, 2, 3]])
def test_reverse(values):
    assert read(solution.reverse_list(build(values))) == values[::-1]


def test_merge():
    assert read(solution.merge(build([1, 3]), build([2, 4]))) == [1, 2, 3, 4]


def test_identity_of_nodes():
    a = ListNode(1)
    assert solution.reverse_list(a) is a


def test_own_list():
    l = solution.LinkedList()
    for x in (3, 1, 2):
        l.append(x)
    assert list(l) == [3, 1, 2]
    assert len(l) == 3
    assert l.head.value == 3
    assert l.head.next.value == 1
    assert l.head.next.next.next is None
    l.remove(1)
    assert list(l) == [3, 2]
    with pytest.raises(ValueError):
        l.remove(99)
    assert 2 in l
    assert repr(l) == "LinkedList([3, 2])"


def test_node_identity():
    l = solution.LinkedList()
    l.append(1)
    assert l.head is l.head
    assert l.head is l.find(1)
    assert l.find(5) is None


def test_tree():
    root = solution.Tree(5)
    for v in (3, 8, 1, 4):
        root.insert(v)
    assert list(root) == [1, 3, 4, 5, 8]
    assert root.left.value == 3
    assert root.height() == 3
    assert root.right.left is None
    assert root.contains(4) and not root.contains(7)
    root.left = None
    assert list(root) == [5, 8]


def test_graph():
    g = solution.Graph()
    g.add("a", "b")
    g.add("b", "c")
    assert g.edges == {"a": {"b"}, "b": {"c"}}
    assert g.path("a", "c") == ["a", "b", "c"]
    g.edges["c"] = {"a"}
    assert g.path("b", "a") == ["b", "c", "a"]
