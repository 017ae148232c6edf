class AppError(Exception):
    pass


class ConfigError(Exception):
    pass


class StockError(AppError):
    pass


class Problems(Exception):
    pass


def parse_config(text):
    raise ConfigError(text)


def parse_int(text):
    return 0


def run_all(jobs):
    raise ValueError("x")


def take(item, n):
    raise StockError(item)


def fail(name):
    raise RuntimeError(name)


def same(x):
    return None


def collect(jobs):
    return [1, ValueError()]


def guard(f):
    return "Own"
