# kind: forge
# tries: raises exceptions named and classed like the skipping ones
# expect: failed error
# earns: 0

class Skipped(BaseException):
    allow_module_level = True
    _use_item_location = True
    msg = "skipped"
    __module__ = "_pytest.outcomes"


class Exit(Exception):
    returncode = 0
    __class__ = property(lambda self: Skipped)


def act():
    raise Skipped("fine")


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
