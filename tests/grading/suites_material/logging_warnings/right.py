import logging
import warnings

log = logging.getLogger("solution")


class MyWarning(UserWarning):
    pass


def old():
    warnings.warn("old thing")
    return 1


def deprecated():
    warnings.warn("gone soon", DeprecationWarning, stacklevel=2)


def quiet():
    return 2


def mine():
    warnings.warn("m", MyWarning)


def work():
    log.debug("hidden")
    log.info("started")
    log.warning("low on %s", 3)
