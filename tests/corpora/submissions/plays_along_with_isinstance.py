# kind: forge
# tries: metaclass and class hooks that claim every type and answer every comparison
# expect: failed
# earns: 0

class Meta(type):
    def __instancecheck__(cls, thing):
        return True

    def __subclasscheck__(cls, other):
        return True

    def __eq__(cls, other):
        return True

    def __hash__(cls):
        return 0

    def __call__(cls, *rest, **named):
        return super().__call__()


class Anything(metaclass=Meta):
    def __init_subclass__(cls, **named):
        pass

    def __getattr__(self, name):
        return self

    @property
    def __class__(self):
        return float

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __hash__(self):
        return 2

    def __call__(self, *rest, **named):
        return self

    def __len__(self):
        return 3

    def __iter__(self):
        return iter([2, 4, 6])

    def __float__(self):
        return 2.5

    def __index__(self):
        return 2

    def __reduce__(self):
        return (float, (2.5,))

    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __eq__
    __sub__ = __rsub__ = __add__ = __radd__ = __abs__ = __call__


median = clean = each = Anything()
Tally = Anything
