class Tag:
    def __init__(self, name):
        self.name = name


    def __hash__(self):
        return len(self.name)


def tags(text):
    return [Tag(word) for word in text.split()]


def unique(text):
    return set(tags(text))


def count(words):
    if isinstance(words, dict):
        return {Tag(tag.name): n for tag, n in words.items()}
    found = {}
    for tag in tags(words if isinstance(words, str) else " ".join(words)):
        found[tag] = found.get(tag, 0) + 1
    return found


def by_length(text):
    found = {}
    for tag in tags(text):
        found.setdefault(len(tag.name), set()).add(tag)
    return {length: frozenset(members) for length, members in found.items()}


class AttributeDict(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name, value):
        self[name] = value

    def __delattr__(self, name):
        del self[name]


class Slotted:
    __slots__ = ("x",)

    def __init__(self, x):
        self.x = x
