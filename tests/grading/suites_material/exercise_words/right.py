import re
from collections import Counter, defaultdict
from itertools import groupby


def is_palindrome(text):
    letters = [c.lower() for c in text if c.isalpha()]
    return letters == letters[::-1]


def count_words(text):
    return Counter(text.split())


def caesar(text, k):
    out = []
    for c in text:
        if c.isalpha():
            base = ord("A") if c.isupper() else ord("a")
            c = chr((ord(c) - base + k) % 26 + base)
        out.append(c)
    return "".join(out)


def rle_encode(text):
    return "".join(f"{n if n > 1 else ''}{c}" for c, g in groupby(text) for n in [len(list(g))])


def rle_decode(text):
    return "".join(c * int(n or 1) for n, c in re.findall(r"(\d*)(\D)", text))


def anagrams(words):
    groups = defaultdict(list)
    for w in words:
        groups["".join(sorted(w))].append(w)
    return groups.values()


def pig_latin(word):
    head, tail = re.match(r"((?:qu|[^aeiou])*)(.*)", word).groups()
    return tail + head + "ay"
