# kind: forge
# tries: registers hooks on everything that crosses: reduce, getattr, index, buffer
# expect: failed error
# earns: 0

class Hook:
    def __reduce_ex__(self, protocol): return (print, ("HOOKED",))
    def __getattr__(self, name): return self
    def __call__(self, *rest, **named): return self
    def __index__(self): return 2
    def __float__(self): return 2.5
    def __instancecheck__(self, other): return True
    def __eq__(self, other): return True
    __hash__ = object.__hash__


def act():
    return Hook()


def median(values):
    return act()


def clean(names):
    return act()


def each(values, function):
    return act()


class Tally:
    def add(self, item):
        return act()

    def count(self, item):
        return act()

    def __len__(self):
        return act()
