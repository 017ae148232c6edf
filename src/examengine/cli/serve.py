"""`examengine serve`: the screens in a browser."""

import sys
from pathlib import Path

import click

from examengine.core.errors import OperatorError
from examengine.delivery.missing_packages import is_installed
from examengine.delivery.services import Services


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Where to listen; by default a free port.")
@click.option("--open", "opens", is_flag=True, help="Open the address in the browser.")
@click.pass_obj
def serve(services: Services, port: int, opens: bool) -> None:
    """Show the screens in a browser on this machine, until ctrl-c.

    The address that is printed holds a random token: only who has it can look in. Each window is a program of its
    own; closing it leaves an open session to be resumed.
    """
    if not is_installed("textual_serve"):
        raise OperatorError("the browser needs a package that is missing", hint="pip install 'examengine[web]'")
    from examengine.delivery.browser.serve_screens import serve_screens

    command = [sys.executable, "-m", "examengine"]
    for folder in services.bank_folders:
        command += ["--banks", str(Path(folder).resolve())]
    page = services.home / "browser.html"

    def announce(address: str) -> None:
        click.echo(address)
        click.echo("Open this address in a browser on this machine; ctrl-c here ends it.", err=True)
        if opens:
            _open(page, address)

    try:
        serve_screens(command, port, announce)
    finally:
        page.unlink(missing_ok=True)
    click.echo("Closed. An open session can be resumed: examengine resume", err=True)


def _open(page: Path, address: str) -> None:
    """Open the address by way of a private file: a command line could be read by every user of the machine."""
    import os
    import webbrowser

    page.parent.mkdir(parents=True, exist_ok=True)
    page.unlink(missing_ok=True)
    with open(os.open(page, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123 - private from its first byte
        file.write(f'<!doctype html><meta http-equiv="refresh" content="0; url={address}">\n')
    if not webbrowser.open(page.as_uri()):
        click.echo("No browser could be opened; copy the address.", err=True)
