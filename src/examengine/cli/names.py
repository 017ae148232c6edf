"""Names that the shell can complete: exams, banks, domains, sessions."""

import click
from click.shell_completion import CompletionItem

from examengine.core.errors import ExamEngineError
from examengine.delivery.services import Services


def _services(ctx: click.Context) -> Services:
    found = ctx.find_object(Services)
    return found or Services()


class ExamName(click.ParamType[str]):
    """The id of a blueprint."""

    name = "exam"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the exams that begin so."""
        del param
        from examengine.delivery.list_exams import list_exams

        try:
            exams = list_exams(_services(ctx))
        except ExamEngineError:
            return []
        return [CompletionItem(exam.id, help=exam.title) for exam in exams if exam.id.startswith(incomplete)]


class BankName(click.ParamType[str]):
    """The id of a bank, or its folder."""

    name = "bank"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the banks that begin so, and files."""
        del param
        from examengine.delivery.open_banks import list_places

        try:
            places = list_places(_services(ctx))
        except ExamEngineError:
            places = []
        banks = [CompletionItem(place.id) for place in places if place.id.startswith(incomplete)]
        return banks or [CompletionItem(incomplete, type="dir")]


class ItemTypeName(click.ParamType[str]):
    """The name of an item type."""

    name = "type"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the types that begin so."""
        del ctx, param
        from examengine.itemtypes.registry import ITEM_TYPES

        return [
            CompletionItem(name, help=spec.title) for name, spec in ITEM_TYPES.items() if name.startswith(incomplete)
        ]


class SessionName(click.ParamType[str]):
    """The id of a session, or its beginning."""

    name = "session"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the sessions that begin so, newest first."""
        del param
        try:
            rows = _services(ctx).store.list_sessions()
        except ExamEngineError:
            return []
        return [CompletionItem(row.id, help=row.title) for row in rows if row.id.startswith(incomplete)]
