import csv
import json
from pathlib import Path


def write_lines(path, lines):
    with open(path, "w") as f:
        for line in lines:
            f.write(line + "\n")


def count_words(path):
    return len(open(path).read().split())


def save(path, data):
    Path(path).write_text(json.dumps(data))


def load(path):
    return json.loads(Path(path).read_text())


def load_or_default(path):
    try:
        return load(path)
    except FileNotFoundError:
        return {}


def column_sum(path, name):
    with open(path, newline="") as f:
        return sum(int(row[name]) for row in csv.DictReader(f))


def text_files(folder):
    return sorted(p.name for p in Path(folder).glob("*.txt"))


def find_py(folder):
    return sorted(Path(folder).rglob("*.py"))


def sum_lines(f):
    return sum(int(line) for line in f)


def checksum(path):
    return sum(Path(path).read_bytes())
