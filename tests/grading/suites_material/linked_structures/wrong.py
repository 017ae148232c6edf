def reverse_list(head):
    return head


def merge(a, b):
    return a


class LinkedList:
    def __init__(self):
        self.items = []
        self.head = None

    def append(self, value):
        self.items.append(value)

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def find(self, value):
        return object()

    def remove(self, value):
        self.items.remove(value)


class Tree:
    def __init__(self, value):
        self.value = value
        self.left = self.right = None

    def insert(self, v):
        self.left = Tree(v)

    def __iter__(self):
        yield self.value

    def height(self):
        return 1

    def contains(self, v):
        return True


class Graph:
    edges = {}

    def add(self, a, b):
        self.edges[a] = b

    def path(self, a, b):
        return [a, b]
