class ListNode:
    def __init__(self, value=0, next=None):
        self.value, self.next = value, next


class TreeNode(ListNode):
    pass


class Graph:
    def __init__(self, name):
        self.name, self.neighbors = name, []


def from_list(items):
    return ListNode(items[0])


def to_list(head):
    return [head.value]


def reverse(head):
    return head


def has_cycle(head):
    return False


def clone_graph(node):
    return node


def nested(n):
    return [[]] * n


def endless(n):
    return n


def poke(grid):
    grid.append([1])


def contains_itself(items):
    return False


def make_loop():
    return [1, [1]]


def call(f):
    return None


def matrix(n):
    return [[0] * n] * n


def dijkstra(graph, start):
    return {}
