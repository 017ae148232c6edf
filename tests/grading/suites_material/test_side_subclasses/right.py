class ValidationError(Exception):
    pass


class Report:
    def __init__(self):
        self.count = 0

    def header(self):
        raise NotImplementedError

    def row(self, item):
        raise NotImplementedError

    def footer(self):
        return "end"

    def render(self, items):
        lines = [self.header()]
        for item in items:
            lines.append(self.row(item))
            self.count += 1
        lines.append(self.footer())
        return "\n".join(lines)


class Account:
    def __init__(self, owner):
        self.owner = owner
        self.balance = 0

    def on_change(self, old, new):
        pass

    def _move(self, amount):
        old = self.balance
        self.balance += amount
        self.on_change(old, self.balance)

    def deposit(self, amount):
        self._move(amount)

    def withdraw(self, amount):
        if amount > self.balance:
            raise ValidationError("too little")
        self._move(-amount)


class Meter:
    def __init__(self, n):
        self.n = n

    @property
    def unit(self):
        return "m"

    @classmethod
    def standard(cls):
        return cls(1)

    @staticmethod
    def factor():
        return 1

    def show(self):
        return f"{self.n * self.factor()} {self.unit}"


class Shape:
    def area(self):
        raise NotImplementedError

    def __lt__(self, other):
        return self.area() < other.area()

    def __eq__(self, other):
        return self.area() == other.area()

    __hash__ = None


class Stack:
    def __init__(self, items=()):
        self.items = []
        for item in items:
            self.push(item)

    def push(self, item):
        self.items.append(item)

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)


class Plugin:
    registry = {}

    def __init_subclass__(cls, name=None, **kwargs):
        super().__init_subclass__(**kwargs)
        Plugin.registry[name] = cls


def run_plugin(name, text):
    return Plugin.registry[name]().run(text)


class Visitor:
    def visit(self, node):
        method = getattr(self, f"visit_{type(node).__name__}", None)
        if method:
            method(node)


class Handler:
    def __init__(self, following):
        self.following = following

    def handle(self, n):
        if self.can(n):
            return type(self).__name__
        return self.following.handle(n) if self.following else None


def call(f):
    return f()


def guarded(f):
    try:
        return f()
    except ValidationError as error:
        return f"refused: {type(error).__name__}"
