import contextlib


class Timer:
    running = False

    def __enter__(self):
        self.running = True
        return self

    def __exit__(self, *exc):
        self.running = False


@contextlib.contextmanager
def managed(name):
    print("open", name)
    try:
        yield name.upper()
    finally:
        print("close", name)


class suppress_value_error:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        return kind is not None and issubclass(kind, ValueError)


class Recorder:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        self.seen = kind
        self.message = str(value)


def use(cm, fail=False):
    with cm as value:
        if fail:
            raise KeyError("x")
        return value
