"""`examengine bank preview`: an item as a candidate meets it, for its author."""

from typing import TYPE_CHECKING

import click

from examengine.cli.exam import require_terminal
from examengine.cli.exit_codes import ExitCode, exit_code_of
from examengine.cli.names import BankName
from examengine.cli.options import plain_option
from examengine.core.errors import ExamEngineError
from examengine.delivery.services import Services

if TYPE_CHECKING:
    from examengine.delivery.preview_item import Preview


@click.command()
@click.argument("item")
@click.option("--bank", "name", type=BankName(), help="The bank or folder; by default the one that ITEM's id names.")
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    default=1,
    show_default=True,
    help="Decides the order of the options and what a template draws.",
)
@click.option("--key", "with_key", is_flag=True, help="With --plain: the key and every rationale too.")
@click.option("--watch", is_flag=True, help="Show it again whenever a file of the bank is saved.")
@plain_option
@click.pass_obj
def preview(
    services: Services, item: str, name: str | None, seed: int, with_key: bool, watch: bool, plain: bool
) -> int:
    """Show ITEM as a candidate meets it; errors elsewhere in its bank do not matter."""
    from examengine.delivery.preview_item import folder_of, preview_item

    folder = folder_of(services, item, name)
    if not plain:
        require_terminal("bank preview", as_json=False)
        from examengine.tui.app import PreviewOpening, run_tui

        preview_item(folder, item, seed)  # what cannot be shown at all is told before the screens open
        return run_tui(services, PreviewOpening(folder, item, seed, is_watched=watch))

    def show() -> int:
        return _print(preview_item(folder, item, seed), with_key=with_key)

    if not watch:
        return show()
    from examengine.cli.watching import check_and_watch

    def show_or_tell(_read: object) -> int:
        try:
            return show()
        except ExamEngineError as error:
            click.echo(f"error: {error}", err=True)
            return exit_code_of(error)

    return check_and_watch([folder], show_or_tell)


def _print(shown: "Preview", *, with_key: bool) -> int:
    """Print an item on stdout, and what is wrong with it on stderr."""
    from examengine.delivery.preview_item import report_preview
    from examengine.plain.present import feedback_lines, item_lines
    from examengine.session.state import SessionState

    if shown.form is not None:
        entry = shown.form.entries[0]
        drawn = ", ".join(f"{name} = {value}" for name, value in entry.parameters.items())
        lines = [entry.item.id, *([f"drawn: {drawn}"] if drawn else [])]
        lines += item_lines(shown.form, entry, SessionState())
        if with_key:
            lines += ["", *feedback_lines(report_preview(entry, None))]
        for line in lines:
            click.echo(line)
    for problem in shown.problems:
        click.echo(str(problem), err=True)
    return ExitCode.OK if shown.form is not None and not shown.problems else ExitCode.FAILED
