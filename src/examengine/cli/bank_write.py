"""`examengine bank new`, `new-item`, `new-exercise`: begin what an author fills in; `schema`: for their editor."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from examengine.cli.exit_codes import ExitCode
from examengine.cli.names import BankName, ItemTypeName
from examengine.delivery.services import Services

if TYPE_CHECKING:
    from examengine.delivery.scaffold_bank import Scaffold

_KINDS = ("bank", "items", "stimuli", "exercise", "notebook-exercise", "blueprint")


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--id", "bank_id", help="The bank's id; by default the folder's name.")
@click.option("--title", help="The bank's title.")
def new_bank(folder: Path, bank_id: str | None, title: str | None) -> int:
    """Begin a bank in FOLDER. What is marked <fill in …> is to be written; nothing is ever overwritten."""
    from examengine.delivery import scaffold_bank

    return _tell(scaffold_bank.new_bank(folder, bank_id, title), folder)


@click.command("new-item")
@click.argument("name", metavar="BANK", type=BankName())
@click.argument("kind", metavar="TYPE", type=ItemTypeName())
@click.argument("item_id", metavar="ID")
@click.option("--file", help="The item file to add it to, or to make; by default items/<domain>/<name>.yaml.")
@click.pass_obj
def new_item(services: Services, name: str, kind: str, item_id: str, file: str | None) -> int:
    """Begin an item of a TYPE in BANK (id or folder). ID is <domain>.<name>, with or without the bank before it."""
    from examengine.delivery import scaffold_bank

    return _tell(scaffold_bank.new_item(services, name, kind, item_id, file), name)


@click.command("new-exercise")
@click.argument("name", metavar="BANK", type=BankName())
@click.argument("slug")
@click.option("--notebook", is_flag=True, help="One notebook in place of statement, code and tests.")
@click.pass_obj
def new_exercise(services: Services, name: str, slug: str, notebook: bool) -> int:
    """Begin a coding exercise in BANK (id or folder), in the folder exercises/SLUG."""
    from examengine.delivery import scaffold_bank

    return _tell(scaffold_bank.new_exercise(services, name, slug, notebook=notebook), name)


@click.command()
@click.argument("kind", type=click.Choice(_KINDS), required=False)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write every schema into this folder.")
def schema(kind: str | None, out: Path | None) -> int:
    """Print the JSON Schema of one KIND of file, or of all by kind; or write them to a folder for editors."""
    from examengine.delivery.bank_schema import schema_text, write_schemas

    if out is not None:
        for path in write_schemas(out):
            click.echo(path)
        return ExitCode.OK
    if kind is not None:
        click.echo(schema_text(kind), nl=False)
        return ExitCode.OK
    import json

    click.echo(json.dumps({one: json.loads(schema_text(one)) for one in _KINDS}, indent=1, ensure_ascii=False))
    return ExitCode.OK


def _tell(made: "Scaffold", bank: str | Path) -> int:
    """Print the files that were begun, and on stderr what comes next."""
    first, *others = made.files
    click.echo(f"{first}:{made.line}" if made.line > 1 else first)
    for path in others:
        click.echo(path)
    if made.schemas:
        click.echo(f"{made.schemas[0].parent}/  (schemas, by which editors complete and check)", err=True)
    click.echo(f"Fill in what is marked <fill in …>; `examengine bank check {bank}` names what is left.", err=True)
    return ExitCode.OK
