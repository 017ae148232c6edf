import math


class AppError(Exception):
    code = 1


class ConfigError(AppError):
    code = 2


class StockError(AppError, LookupError):
    def __init__(self, item, wanted, available):
        super().__init__(item, wanted, available)
        self.item, self.wanted, self.available = item, wanted, available

    def __str__(self):
        return f"only {self.available} {self.item} left"

    def missing(self):
        return self.wanted - self.available

    @property
    def missing_property(self):
        return self.missing()


class Problems(ExceptionGroup):
    pass


def parse_config(text):
    name, sign, value = text.partition("=")
    if not sign:
        raise ConfigError("bad value: no sign")
    try:
        return {name: int(value)}
    except ValueError as error:
        raise ConfigError(f"bad value for {name!r}") from error


def cleanup_fails():
    try:
        1 / 0
    except ZeroDivisionError:
        raise AppError("cleanup")


def hide():
    try:
        1 / 0
    except ZeroDivisionError:
        raise AppError("hidden") from None


def annotated(text):
    try:
        return int(text)
    except ValueError as error:
        error.add_note(f"while reading {text!r}")
        raise


def take(item, n):
    raise StockError(item, n, 1)


def run_all(jobs):
    errors = []
    for job in jobs:
        try:
            job()
        except Exception as error:
            errors.append(error)
    if errors:
        raise ExceptionGroup(f"{len(errors)} failed", errors)


def check(values):
    bad = [ValueError(f"{k} is negative") for k, v in values.items() if v < 0]
    if bad:
        raise Problems("negative", bad)


def parse_int(text):
    return int(text)


def fail(name):
    match name:
        case "index":
            return [][0]
        case "key":
            return {}["missing"]
        case "attribute":
            return (1).nothing
        case "zero":
            return 1 / 0
        case "name":
            return undefined_name  # noqa: F821
        case "type":
            return "a" + 1
        case "unicode":
            return b"\xff".decode()
        case "file":
            return open("not/there")
        case "assertion":
            assert False, "must hold"
        case "overflow":
            return math.exp(1000)
        case "stop":
            return next(iter([]))
        case "import":
            import not_there  # noqa: F401
        case "recursion":
            return fail(name)
        case "not_implemented":
            raise NotImplementedError("later")
        case "syntax":
            eval("1 +* 2")


def collect(jobs):
    out = []
    for job in jobs:
        try:
            out.append(job())
        except Exception as error:
            out.append(error)
    return out


def collect_first(job):
    return [job()]


def same(x):
    return x


def throw(error):
    raise error


def guard(f):
    try:
        return f()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def steps(log):
    log.append("open")
    try:
        log.append("work")
        raise AppError("x")
    except AppError:
        log.append("error")
        raise
    finally:
        log.append("close")


def stop():
    raise SystemExit


def interrupt():
    raise KeyboardInterrupt
