class BadBase(Exception):
    pass


def parse(text):
    return [int(n) for n in text.split()]


def part_one(lines):
    return 0


def walk(steps):
    return [0, 0]


def step(cells):
    return cells


def count_bases(s):
    return {"A": 0}


def read_fasta(file):
    return file.read()


def write_report(path, data):
    path.write_text(str(data))


def create(connection):
    pass


def caesar(text, n):
    return text


def encode(text):
    return text


def decode(text):
    return text
