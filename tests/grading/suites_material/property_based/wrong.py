def insertion_sort(xs):
    return sorted(set(xs))


def encode(text):
    return text.encode("ascii", "replace")


def decode(codes):
    return codes.decode()


def unique(xs):
    return xs
