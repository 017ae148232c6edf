from pathlib import Path


def write_lines(path, lines):
    Path(path).write_text("".join(lines))


def count_words(path):
    try:
        return len(open(path).read())
    except OSError:
        return 0


def save(path, data):
    Path(path).write_text(str(data))


def load(path):
    return Path(path).read_text()


def load_or_default(path):
    return None


def column_sum(path, name):
    return 0


def text_files(folder):
    return [p.name for p in Path(folder).iterdir()]


def find_py(folder):
    return list(Path(folder).glob("*.py"))


def sum_lines(f):
    return len(list(f))


def checksum(path):
    return 0
