import contextlib


class Timer:
    running = True

    def __enter__(self):
        return None

    def __exit__(self, *exc):
        return True


@contextlib.contextmanager
def managed(name):
    print("open", name)
    yield name
    print("close", name)


@contextlib.contextmanager
def suppress_value_error():
    try:
        yield
    except Exception:
        pass


class Recorder:
    seen = None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        return True


def use(cm, fail=False):
    return cm.__enter__()
