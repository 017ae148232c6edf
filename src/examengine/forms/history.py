"""What a candidate's earlier forms held, as far as assembly looks at it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from examengine.bank.template.item_template import instance_key
from examengine.forms.form import Form


@dataclass(frozen=True, slots=True)
class History:
    """Earlier forms, and how often each item was used before."""

    earlier: tuple[frozenset[str], ...] = ()
    """Ids of the items of each earlier form; an instance counts as its template."""
    uses: Mapping[str, int] = field(default_factory=dict)
    """How often an item was used before, in whatever; one that is not named was never used."""
    instances: frozenset[str] = frozenset()
    """Keys of the instances of templates that were met."""

    @property
    def seen(self) -> frozenset[str]:
        """Return the ids of the items of all earlier forms."""
        return frozenset().union(*self.earlier)


NO_HISTORY = History()


def history_of(exams: Iterable[Form], others: Iterable[Form] = ()) -> History:
    """Return what forms held.

    Args:
        exams: the forms not to overlap with.
        others: forms such as drills, whose items only count as used.
    """
    earlier: list[frozenset[str]] = []
    uses: dict[str, int] = {}
    instances: set[str] = set()
    for forms, is_exam in ((exams, True), (others, False)):
        for form in forms:
            ids = frozenset(entry.template or entry.item.id for entry in form.entries)
            if is_exam:
                earlier.append(ids)
            for name in ids:
                uses[name] = uses.get(name, 0) + 1
            instances.update(instance_key(one.template, one.parameters) for one in form.entries if one.template)
    return History(tuple(earlier), uses, frozenset(instances))
