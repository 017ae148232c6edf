import heapq


class ListNode:
    def __init__(self, value=0, next=None):
        self.value, self.next = value, next


class TreeNode:
    def __init__(self, value=0, left=None, right=None):
        self.value, self.left, self.right = value, left, right


class Graph:
    def __init__(self, name):
        self.name, self.neighbors = name, []


def from_list(items):
    head = None
    for item in reversed(items):
        head = ListNode(item, head)
    return head


def to_list(head):
    out = []
    while head:
        out.append(head.value)
        head = head.next
    return out


def reverse(head):
    previous = None
    while head:
        head.next, previous, head = previous, head, head.next
    return previous


def has_cycle(head):
    slow = fast = head
    while fast and fast.next:
        slow, fast = slow.next, fast.next.next
        if slow is fast:
            return True
    return False


def lowest(root, a, b):
    if root is None or root is a or root is b:
        return root
    left, right = lowest(root.left, a, b), lowest(root.right, a, b)
    if left and right and left is not right:
        return root
    return left or right


def build(values):
    root = None

    def insert(node, v):
        if node is None:
            return TreeNode(v)
        if v < node.value:
            node.left = insert(node.left, v)
        else:
            node.right = insert(node.right, v)
        return node

    for v in values:
        root = insert(root, v)
    return root


def inorder(node):
    return inorder(node.left) + [node.value] + inorder(node.right) if node else []


def depth(node):
    return 1 + max(depth(node.left), depth(node.right)) if node else 0


def mirror(node):
    return node and TreeNode(node.value, mirror(node.right), mirror(node.left))


def same_tree(a, b):
    if a is None or b is None:
        return a is b
    return a.value == b.value and same_tree(a.left, b.left) and same_tree(a.right, b.right)


def clone_graph(node, seen=None):
    seen = {} if seen is None else seen
    if id(node) not in seen:
        seen[id(node)] = made = Graph(node.name)
        made.neighbors = [clone_graph(n, seen) for n in node.neighbors]
    return seen[id(node)]


def contains_itself(items):
    return any(item is items for item in items)


def contains_itself_dict(table):
    return any(item is table for item in table.values())


def make_loop():
    items = [1]
    items.append(items)
    return items


def poke(grid):
    grid[0][0] += 1


def shared():
    return [[]] * 2


def nested(n):
    value = []
    for _ in range(n - 1):
        value = [value]
    return value


def depth_of(value):
    n = 1
    while value:
        value = value[0]
        n += 1
    return n


def endless(n):
    return endless(n + 1)


def after_recursion():
    try:
        endless(0)
    except RecursionError:
        return "fine"


def apply(f, x):
    return f(x)


def call(f):
    return f()


def flatten(items):
    for item in items:
        if isinstance(item, (list, tuple)):
            yield from flatten(item)
        else:
            yield item


def matrix(n):
    return [[i * j for j in range(n)] for i in range(n)]


def ackermann(m, n):
    if m == 0:
        return n + 1
    return ackermann(m - 1, 1 if n == 0 else ackermann(m, n - 1))


def hanoi(n, a, b, c):
    return hanoi(n - 1, a, c, b) + [(a, c)] + hanoi(n - 1, b, a, c) if n else []


def dijkstra(graph, start):
    best, todo = {}, [(0, start)]
    while todo:
        d, node = heapq.heappop(todo)
        if node not in best:
            best[node] = d
            for other, w in graph[node].items():
                heapq.heappush(todo, (d + w, other))
    return best


def topological(graph):
    out, state = [], {}

    def visit(node):
        if state.get(node) == 1:
            raise ValueError("cycle")
        if node not in state:
            state[node] = 1
            for other in graph[node]:
                visit(other)
            state[node] = 2
            out.insert(0, node)

    for node in graph:
        visit(node)
    return out
