def insertion_sort(xs):
    out = []
    for x in xs:
        i = len(out)
        while i and out[i - 1] > x:
            i -= 1
        out.insert(i, x)
    return out


def encode(text):
    return [ord(c) for c in text]


def decode(codes):
    return "".join(map(chr, codes))


def unique(xs):
    return list(dict.fromkeys(xs))
