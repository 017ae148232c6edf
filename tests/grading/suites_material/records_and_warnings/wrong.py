import logging, warnings
log = logging.getLogger("shop")
class Old(UserWarning):
    def __init__(self, a, code):
        super().__init__(a); self.code = code
def divide(a, b):
    try:
        return a / b
    except ZeroDivisionError:
        log.error("zero")
        return None
def sold(n): log.info("sold %d of %s", n, "tea", extra={"n": n + 1}); log.warning("plain"); log.info("dict %(a)s", {"a": 1})
def obj(): log.info("object %s", object)
def warn(): warnings.warn(UserWarning("code", 8))
def old(): warnings.warn(Old("m", 7))
def dep(): warnings.warn("old", DeprecationWarning, stacklevel=2)
