"""Text and bytes of the submission are never run by the judge, whatever a test does with them.

A test may `eval(repr(point))` or unpickle what the submission wrote. Such text may build values and call
the submission; it reaches no name of the tests, no module and no function that does more.
"""

import ast
import builtins
import functools
import pickle
import sys
import types
from collections.abc import Callable
from typing import Any, Final

from examengine.grading.judge.submitted_text import SubmittedText
from examengine.grading.judge.trust import is_remote

_VALUES: Final = frozenset(
    [
        "abs",
        "all",
        "any",
        "bool",
        "bytes",
        "complex",
        "dict",
        "divmod",
        "enumerate",
        "filter",
        "float",
        "frozenset",
        "int",
        "isinstance",
        "len",
        "list",
        "map",
        "max",
        "min",
        "pow",
        "print",
        "range",
        "repr",
        "reversed",
        "round",
        "set",
        "sorted",
        "str",
        "sum",
        "tuple",
        "zip",
    ]
)
_VALUE_MODULES: Final = frozenset(
    {"datetime", "decimal", "fractions", "collections", "math", "cmath", "uuid", "pathlib"}
)
_NODES: Final = (
    *(ast.Expression, ast.Module, ast.Interactive, ast.Expr, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Pass),
    *(ast.FunctionDef, ast.arguments, ast.arg, ast.Return, ast.If, ast.For, ast.While, ast.Break, ast.Continue),
    *(ast.Constant, ast.Name, ast.Attribute, ast.Call, ast.keyword, ast.Starred, ast.Subscript, ast.Slice),
    *(ast.List, ast.Tuple, ast.Dict, ast.Set, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Lambda),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.comprehension, ast.expr_context),
    *(ast.operator, ast.unaryop, ast.boolop, ast.cmpop),
)
_PICKLED_NAMES: Final = {
    "builtins": frozenset(
        {
            "bytearray",
            "complex",
            "dict",
            "float",
            "frozenset",
            "int",
            "list",
            "object",
            "range",
            "set",
            "slice",
            "str",
            "tuple",
        }
    ),
    "collections": frozenset({"Counter", "OrderedDict", "defaultdict", "deque"}),
    "datetime": frozenset({"date", "datetime", "time", "timedelta", "timezone"}),
    "decimal": frozenset({"Decimal"}),
    "fractions": frozenset({"Fraction"}),
    "pathlib": frozenset({"Path", "PosixPath", "PurePath", "PurePosixPath"}),
    "uuid": frozenset({"UUID", "SafeUUID"}),
    "copyreg": frozenset({"_reconstructor"}),
    "numpy": frozenset({"dtype", "ndarray"}),
    "numpy._core.multiarray": frozenset({"_reconstruct", "scalar"}),
    "numpy.core.multiarray": frozenset({"_reconstruct", "scalar"}),
    "_codecs": frozenset({"encode"}),
    "joblib.numpy_pickle": frozenset({"NumpyArrayWrapper"}),
    "examengine.grading.wire.proxies": frozenset({"unpickled"}),
}


class ForeignCode(AssertionError):  # noqa: N818 - a refusal
    """A test would have to run what the submission wrote."""


def guard(
    is_test_module: Callable[[str], bool], refused: Callable[[str], None], texts: SubmittedText | None = None
) -> None:
    """Put the checks in front of what runs text and bytes."""

    def refuse(what: str) -> ForeignCode:
        sentence = f"The submission's {what} is not run by the tests: it does more than build a value."
        refused(sentence)
        return ForeignCode(sentence)

    def check(source: Any, frame: types.FrameType, names: dict[str, Any]) -> None:
        module = frame.f_globals.get("__name__")
        if type(module) is not str or not is_test_module(module) or source in frame.f_code.co_consts:
            return
        if type(source) is types.CodeType:
            return
        if not _only_builds(source, names):
            raise refuse("text")

    run_expression, run_statements, translate = builtins.eval, builtins.exec, builtins.compile

    def evaluate(source: Any, globals: Any = None, locals: Any = None, /) -> Any:  # noqa: A002
        frame = sys._getframe(1)  # noqa: SLF001 - the caller's names are eval's own
        globals, locals = _names(frame, globals, locals)  # noqa: A001
        check(source, frame, {**globals, **locals})
        return run_expression(source, globals, locals)

    def execute(source: Any, globals: Any = None, locals: Any = None, /, **more: Any) -> None:  # noqa: A002
        frame = sys._getframe(1)  # noqa: SLF001 - the caller's names are exec's own
        globals, locals = _names(frame, globals, locals)  # noqa: A001
        if texts is not None and texts.run(source, locals):
            return
        check(source, frame, {**globals, **locals})
        run_statements(source, globals, locals, **more)

    def compiled(source: Any, *args: Any, **kwargs: Any) -> Any:
        flags = args[2] if len(args) > 2 else kwargs.get("flags", 0)
        if not flags & ast.PyCF_ONLY_AST:
            stands_for = None if texts is None else texts.compiled(source, translate)
            if stands_for is not None:
                return stands_for
            frame = sys._getframe(1)  # noqa: SLF001 - who asks
            check(source, frame, {**frame.f_globals, **frame.f_locals})
        return translate(source, *args, **kwargs)

    for function, name in ((evaluate, "eval"), (execute, "exec"), (compiled, "compile")):
        function.__name__ = function.__qualname__ = name
        setattr(builtins, name, function)
    _guard_pickle(is_test_module, refuse)


def _names(frame: types.FrameType, found: Any, local: Any) -> tuple[Any, Any]:
    if found is None:
        return frame.f_globals, frame.f_locals if local is None else local
    return found, found if local is None else local


def _only_builds(source: Any, names: dict[str, Any]) -> bool:
    try:
        tree = source if isinstance(source, ast.AST) else ast.parse(source)
    except (SyntaxError, ValueError, TypeError, RecursionError):
        return True  # what cannot be read is not run either
    nodes = list(ast.walk(tree))
    own = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    own |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    own |= {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    for node in nodes:
        if not isinstance(node, _NODES):
            return False
        if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            return False
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            return False
        if isinstance(node, ast.Name) and node.id not in own and not _may_name(node.id, names):
            return False
    return True


def _may_name(name: str, names: dict[str, Any]) -> bool:
    if name not in names:
        return name in _VALUES or not hasattr(builtins, name)
    value = names[name]
    if is_remote(value) or hasattr(type(value), "_wire_module"):
        return True
    if type(value) is types.ModuleType:
        return value.__name__ in _VALUE_MODULES
    module = getattr(value, "__module__", None)
    return type(module) is str and module in _VALUE_MODULES


def _guard_pickle(is_test_module: Callable[[str], bool], refuse: Callable[[str], ForeignCode]) -> None:
    def find(look_up: Callable[[str, str], Any], module: str, name: str) -> Any:
        if name in _PICKLED_NAMES.get(module, ()):
            return look_up(module, name)
        is_known = module in sys.modules or module.startswith("sklearn.")
        found = look_up(module, name) if is_known and "." not in name else None
        if isinstance(found, type) and (is_remote(found) or is_test_module(module) or _is_model(found)):
            return found
        raise refuse("pickled data")

    class Unpickler(pickle.Unpickler):
        """Builds values only."""

        def find_class(self, module: str, name: str, /) -> Any:
            return find(super().find_class, module, name)

    # joblib reads with a class of its own that derives from the one written in Python.
    written: Any = vars(pickle)["_Unpickler"]
    look_up_anything = written.find_class

    def find_class(self: Any, module: str, name: str) -> Any:
        return find(functools.partial(look_up_anything, self), module, name)

    written.find_class = find_class

    def load(file: Any, **options: Any) -> Any:
        return Unpickler(file, **options).load()

    def loads(data: Any, /, **options: Any) -> Any:
        import io

        return Unpickler(io.BytesIO(data), **options).load()

    for module in (pickle, sys.modules.get("_pickle")):
        if module is not None:
            for name, value in (("load", load), ("loads", loads), ("Unpickler", Unpickler)):
                setattr(module, name, value)
    vars(pickle)["_load"], vars(pickle)["_loads"] = load, loads


def _is_model(found: type) -> bool:
    """Tell whether a class is an estimator of scikit-learn itself, which has no code but the library's."""
    base = sys.modules.get("sklearn.base")
    return base is not None and issubclass(found, base.BaseEstimator) and found.__module__.startswith("sklearn.")
