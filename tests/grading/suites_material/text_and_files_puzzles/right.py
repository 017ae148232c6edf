import csv
import json
import sqlite3
from collections import Counter, deque


class BadBase(ValueError):
    pass


def parse(text):
    return [[int(n) for n in block.split()] for block in text.strip().split("\n\n")]


def part_one(lines):
    return max(map(sum, parse("\n".join(lines))))


def part_two(lines, n):
    return sum(sorted(map(sum, parse("\n".join(lines))))[-n:])


def walk(steps):
    x = y = 0
    for s in steps.split():
        n = int(s[1:])
        x += {"R": n, "L": -n}.get(s[0], 0)
        y += {"U": n, "D": -n}.get(s[0], 0)
    return x, y


def step(cells):
    near = Counter((x + a, y + b) for x, y in cells for a in (-1, 0, 1) for b in (-1, 0, 1) if a or b)
    return {c for c, n in near.items() if n == 3 or (n == 2 and c in cells)}


def shortest(grid):
    at = {c: (i, j) for i, row in enumerate(grid) for j, c in enumerate(row)}
    todo, seen = deque([(at["S"], 0)]), {at["S"]}
    while todo:
        (i, j), d = todo.popleft()
        if (i, j) == at["E"]:
            return d
        for a, b in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)):
            if 0 <= a < len(grid) and 0 <= b < len(grid[0]) and grid[a][b] != "#" and (a, b) not in seen:
                seen.add((a, b))
                todo.append(((a, b), d + 1))
    return None


def count_bases(s):
    for i, c in enumerate(s):
        if c not in "ACGT":
            raise BadBase(f"{c} at {i}")
    return {b: s.count(b) for b in "ACGT"}


def transcribe(s):
    return s.replace("T", "U")


def reverse_complement(s):
    return s[::-1].translate(str.maketrans("ACGT", "TGCA"))


def read_fasta(file):
    out, name = {}, None
    for line in file:
        line = line.strip()
        if line.startswith(">"):
            name = line[1:]
            out[name] = ""
        else:
            out[name] += line
    return out


def gc_content(s):
    return 100 * sum(c in "GC" for c in s) / len(s)


def translate(rna):
    table = {"AUG": "M", "GCC": "A", "GCG": "A", "UGA": None}
    out = ""
    for i in range(0, len(rna), 3):
        amino = table[rna[i : i + 3]]
        if amino is None:
            break
        out += amino
    return out


def find_all(s, t):
    for i in range(len(s) - len(t) + 1):
        if s.startswith(t, i):
            yield i + 1


def write_report(path, data):
    path.write_text(json.dumps(data))


def count_files(folder):
    return sum(p.is_file() for p in folder.iterdir())


def make_tree(folder):
    folder.mkdir(parents=True)
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(name)


def write_rows(file, rows):
    writer = csv.DictWriter(file, rows[0])
    writer.writeheader()
    writer.writerows(rows)


def sum_column(rows, name):
    return sum(int(r[name]) for r in rows)


def total(reader):
    return sum(int(v) for row in reader for v in row)


def connect(path):
    return sqlite3.connect(path)


def create(connection):
    connection.execute("create table people (name text primary key, age integer)")


def add(connection, name, age):
    connection.execute("insert into people values (?, ?)", (name, age))


def oldest(connection):
    return connection.execute("select name from people order by age desc").fetchone()[0]


def extension(path):
    return path.suffix


def sibling(path, name):
    return path.with_name(name)


def caesar(text, n):
    def one(c):
        if not c.isalpha():
            return c
        base = ord("a") if c.islower() else ord("A")
        return chr((ord(c) - base + n) % 26 + base)

    return "".join(map(one, text))


def morse(text):
    return " ".join({"S": "...", "O": "---"}[c] for c in text)


def is_palindrome(text):
    t = [c.lower() for c in text if c.isalnum()]
    return t == t[::-1]


def anagrams(words):
    groups = {}
    for w in words:
        groups.setdefault("".join(sorted(w)), []).append(w)
    return list(groups.values())


def encode(text):
    import itertools

    out = ""
    for c, g in itertools.groupby(text):
        n = len(list(g))
        out += (str(n) if n > 1 else "") + c
    return out


def decode(text):
    out, n = "", ""
    for c in text:
        if c.isdigit():
            n += c
        else:
            out += c * int(n or 1)
            n = ""
    return out
