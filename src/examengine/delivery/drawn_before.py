"""Which instances of banks' templates were met in earlier sessions."""

from collections.abc import Mapping

from examengine.bank.bank import Bank
from examengine.bank.template.item_template import instance_key
from examengine.delivery.services import Services
from examengine.forms.eligible import templates_of

_SESSIONS = 50
"""The latest ones; what lies further back may come again."""


def drawn_before(services: Services, banks: Mapping[str, Bank]) -> frozenset[str]:
    """Return the keys of the instances, for a drill to bring other ones first."""
    templates = templates_of(banks)
    if not templates:
        return frozenset()
    digests = dict.fromkeys(row.form_digest for row in services.store.list_sessions()[:_SESSIONS])
    return frozenset(
        instance_key(entry.template, entry.parameters)
        for digest in digests
        for entry in services.store.read_form(digest).entries
        if entry.template in templates
    )
