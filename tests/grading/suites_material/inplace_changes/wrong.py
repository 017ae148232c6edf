def bubble_sort(data):
    return sorted(data)


def append_and_return(data, x):
    return data + [x]


def sorted_copy(data):
    data.sort()
    return data


def transpose(grid):
    grid[:] = [list(r) for r in zip(*grid)]


def bump(d, s):
    d = {"a": 2, "new": []}
    s.add(3)


def collect(x, into=[]):
    into.append(x)
    return into


def extend_both(a, b):
    a = a + [0, 0]


def flip(b):
    return b[::-1]


def touch_first(outer):
    outer[0] = [1]


def depth_of_cycle(loop):
    return 0


class Box:
    def __init__(self, items):
        self.items = list(items)

    def put(self, x):
        self.items.append(x)

    def size(self):
        return len(self.items)


def swap(pair):
    return pair[::-1]


def remove_duplicates(nums):
    return len(set(nums))
