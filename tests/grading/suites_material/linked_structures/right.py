def reverse_list(head):
    prev = None
    while head:
        head.next, prev, head = prev, head, head.next
    return prev


def merge(a, b):
    if a is None or b is None:
        return a or b
    if a.val <= b.val:
        a.next = merge(a.next, b)
        return a
    b.next = merge(a, b.next)
    return b


class Node:
    def __init__(self, value):
        self.value = value
        self.next = None


class LinkedList:
    def __init__(self):
        self.head = None

    def append(self, value):
        node = Node(value)
        if self.head is None:
            self.head = node
            return
        here = self.head
        while here.next:
            here = here.next
        here.next = node

    def __iter__(self):
        here = self.head
        while here:
            yield here.value
            here = here.next

    def __len__(self):
        return sum(1 for _ in self)

    def find(self, value):
        here = self.head
        while here and here.value != value:
            here = here.next
        return here

    def remove(self, value):
        prev, here = None, self.head
        while here and here.value != value:
            prev, here = here, here.next
        if here is None:
            raise ValueError(value)
        if prev:
            prev.next = here.next
        else:
            self.head = here.next

    def __repr__(self):
        return f"LinkedList({list(self)})"


class Tree:
    def __init__(self, value):
        self.value = value
        self.left = self.right = None

    def insert(self, v):
        side = "left" if v < self.value else "right"
        child = getattr(self, side)
        if child is None:
            setattr(self, side, Tree(v))
        else:
            child.insert(v)

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right

    def height(self):
        return 1 + max((c.height() for c in (self.left, self.right) if c), default=0)

    def contains(self, v):
        return v in list(self)


class Graph:
    def __init__(self):
        self.edges = {}

    def add(self, a, b):
        self.edges.setdefault(a, set()).add(b)

    def path(self, a, b, seen=()):
        if a == b:
            return [a]
        for n in sorted(self.edges.get(a, ())):
            if n not in seen:
                rest = self.path(n, b, (*seen, a))
                if rest:
                    return [a, *rest]
        return None
