"""What a new item of a type begins with: the fields of its own, with what is to be filled in.

Each type's folder has a `scaffold.yaml`: its own fields as they stand in an item file, in which
`<fill in WHAT | SAMPLE>` marks each text that the author is to write. The samples together make a sound item.
"""

import re
from importlib import resources

from examengine.core.errors import UsageError
from examengine.itemtypes.spec import ItemTypeSpec

FILE = "scaffold.yaml"
MARK = "<fill in "
"""How what is to be filled in begins, in any file of a bank."""
MARKED = re.compile(r"<fill in (?P<what>[^<>|\n]*?)(?: \| (?P<sample>[^<>\n]*))?(?:>|$)", re.MULTILINE)


def own_fields(spec: ItemTypeSpec) -> str:
    """Return the fields of a type's own, marks and samples as they are.

    Raises:
        UsageError: items of this type do not stand in item files.
    """
    package = spec.model.__module__.rpartition(".")[0]
    file = resources.files(package) / FILE
    if not file.is_file():
        raise UsageError(
            f"an item of type {spec.name} is no entry of an item file",
            hint="`examengine bank new-exercise` makes the folder of an exercise",
        )
    return file.read_text(encoding="utf-8")


def to_fill_in(text: str) -> str:
    """Return a scaffold without its samples: what an author gets."""
    return MARKED.sub(lambda found: f"{MARK}{found['what']}>", text)


def with_samples(text: str) -> str:
    """Return a scaffold with its samples in place of the marks; a mark without a sample stays."""
    return MARKED.sub(lambda found: found["sample"] or found[0], text)
