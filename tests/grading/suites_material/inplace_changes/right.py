def bubble_sort(data):
    data.sort()


def append_and_return(data, x):
    data.append(x)
    return data


def sorted_copy(data):
    return sorted(data)


def transpose(grid):
    for i in range(len(grid)):
        for j in range(i):
            grid[i][j], grid[j][i] = grid[j][i], grid[i][j]


def bump(d, s):
    d["a"] += 1
    d["new"] = []
    s.add(3)


def collect(x, into=None):
    into = [] if into is None else into
    into.append(x)
    return into


def extend_both(a, b):
    a.append(0)
    b.append(0)


def flip(b):
    b.reverse()


def touch_first(outer):
    outer[0][0] += 1


def depth_of_cycle(loop):
    return 1 if loop[1] is loop else 0


class Box:
    def __init__(self, items):
        self.items = items

    def put(self, x):
        self.items.append(x)

    def size(self):
        return len(self.items)


def swap(pair):
    pair[0], pair[1] = pair[1], pair[0]


def remove_duplicates(nums):
    k = 0
    for i, n in enumerate(nums):
        if i == 0 or n != nums[i - 1]:
            k += 1
    unique = sorted(set(nums))
    nums[: len(unique)] = unique
    return k
