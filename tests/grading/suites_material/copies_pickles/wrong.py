import json


class Point:
    def __init__(self, x, ys):
        self.x, self.ys = x, tuple(ys)

    def as_dict(self):
        return vars(self)

    def to_json(self):
        return str(vars(self))

    @classmethod
    def from_json(cls, text):
        return json.loads(text)


class Node:
    def __init__(self, name):
        self.name = name


class Tree(Node):
    def __init__(self, name):
        self.children = []

    def add(self, node):
        self.children.append(node.name)

    def find(self, name):
        return name
