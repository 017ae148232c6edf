"""Options that several commands share."""

import click

plain_option = click.option("--plain", is_flag=True, help="Line mode: lines in, lines out.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on stdout.")
seed_option = click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), help="The same seed and banks give the same form."
)
