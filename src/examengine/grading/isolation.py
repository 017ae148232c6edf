"""Which level of isolation a set of active layers amounts to."""

from collections.abc import Iterable

from examengine.core.evidence import Isolation, IsolationLevel, Layer

_OWN_VIEW = frozenset({"mount", "pid", "network", "ipc"})
"""Namespaces that together hide other processes, files and the network."""


def level(active: Iterable[str]) -> IsolationLevel:
    """Return the level of these active layers.

    A: own namespaces, Landlock and seccomp. B: seccomp and one of the other two, so that files,
    network and processes are closed off once rather than twice. C: Seatbelt. D: limits alone.
    """
    names = set(active)
    has_view = names >= _OWN_VIEW
    if "seccomp" in names and has_view and "landlock" in names:
        return IsolationLevel.A
    if "seccomp" in names and (has_view or "landlock" in names):
        return IsolationLevel.B
    if "seatbelt" in names:
        return IsolationLevel.C
    return IsolationLevel.D


def isolation(layers: Iterable[tuple[str, bool, str]]) -> Isolation:
    """Return the isolation that these layers (name, active, detail) make."""
    listed = tuple(Layer(name=name, active=active, detail=detail) for name, active, detail in layers)
    return Isolation(level=level(one.name for one in listed if one.active), layers=listed)


def meets(found: Isolation, required: IsolationLevel) -> bool:
    """Tell whether an isolation is at least as strong as required."""
    order = list(IsolationLevel)
    return order.index(found.level) <= order.index(required)
