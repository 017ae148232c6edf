"""`examengine completion`: the script that teaches a shell to complete names."""

import click
from click.shell_completion import get_completion_class

from examengine.cli.exit_codes import ExitCode

_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    """Print the completion script of SHELL; add its output to the shell's start-up file."""
    kind = get_completion_class(shell)
    if kind is None:  # click ships all three
        raise click.UsageError(f"no completion for {shell}")
    made = kind(ctx.find_root().command, {}, "examengine", "_EXAMENGINE_COMPLETE")
    click.echo(made.source())
    return ExitCode.OK
