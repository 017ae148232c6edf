"""Content digests: what a form, an item or a bank was when it was used."""

import hashlib
import json
from collections.abc import Mapping


def digest_json(value: object) -> str:
    """Return the SHA-256 of a JSON value in canonical form, as hex."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def digest_files(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of named files, independent of their order, as hex."""
    whole = hashlib.sha256()
    for name in sorted(files):
        content = hashlib.sha256(files[name]).hexdigest()
        whole.update(f"{name}\x00{content}\n".encode())
    return whole.hexdigest()
