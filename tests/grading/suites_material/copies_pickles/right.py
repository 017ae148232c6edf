import copy
import json


class Point:
    def __init__(self, x, ys):
        self.x, self.ys = x, ys

    def as_dict(self):
        return {"x": self.x, "ys": self.ys}

    def to_json(self):
        return json.dumps(self.as_dict())

    @classmethod
    def from_json(cls, text):
        return cls(**json.loads(text))

    def __eq__(self, o):
        return self.as_dict() == o.as_dict()


class Node:
    def __init__(self, name):
        self.name = name
        self.parent = None


class Tree(Node):
    copies = 0

    def __init__(self, name):
        super().__init__(name)
        self.children = []

    def add(self, node):
        node.parent = self
        self.children.append(node)

    def find(self, name):
        return next((c for c in self.children if c.name == name), None)

    def __deepcopy__(self, memo):
        t = Tree(self.name)
        t.copies = self.copies + 1
        for c in self.children:
            t.add(copy.copy(c))
        return t
