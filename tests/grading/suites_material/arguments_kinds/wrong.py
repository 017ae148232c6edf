def box(a=0, *b):
    return a, b


def collect(*args):
    return args


def only(x):
    return x


def greet(name="world"):
    return "hello " + name


def stats(v):
    return v


def nothing():
    return ""
