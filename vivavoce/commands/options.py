"""Options that several commands share."""

from pathlib import Path

import click

folder = click.option(
    "-C",
    "root",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The edition's folder, instead of the current one.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
