"""A command's answer on stdout, as lines for people or as JSON for programs: nothing in either steers a terminal."""

import json
import re

import click

from articles.errors import STEERING, plain_line

_STEERING = re.compile(f"[{STEERING}\ud800-\udfff]")  # json escapes what is below a space


def tell(*lines: str) -> None:
    """These lines, without secrets."""
    click.echo("\n".join(map(plain_line, lines)))


def tell_json(facts: object, indent: int | None = 2) -> None:
    """These facts; what steers a terminal stands there as its number, which is the same to a program."""
    text = json.dumps(facts, ensure_ascii=False, indent=indent, default=str)
    click.echo(_STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text))
