"""Which packages a form's exercises need that are not installed here."""

import importlib.util
from collections.abc import Iterable

from examengine.forms.form import Form
from examengine.itemtypes.coding.model import Coding


def is_installed(package: str) -> bool:
    """Return whether a package could be imported, without importing it."""
    return importlib.util.find_spec(package.split(".", 1)[0]) is not None


def missing_packages(form: Form) -> tuple[str, ...]:
    """Return the packages that are missing for the form's exercises, sorted."""
    needed: Iterable[str] = (
        package for entry in form.entries if isinstance(entry.item, Coding) for package in entry.item.requires
    )
    return tuple(sorted({package for package in needed if not is_installed(package)}))


def missing_sentence(missing: tuple[str, ...]) -> str:
    """Return what to tell a candidate before they begin."""
    return (
        f"The exercises of this form need {', '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not"
        " installed: they can be written but not graded. To add what is missing: pip install 'examengine[ml]'"
    )
