"""Commands that mend something, as they are typed from where the doctor was called."""

import re
import shlex
from pathlib import Path

_COMMAND = re.compile(
    r"(?<![\w./'-])vivavoce "
    r"(?:build|plan|check|publish|withdraw|serve|explain|import|doctor|(?:cache|lexicon) [a-z]+)\b"
)
"""Those that work on an edition; voices are the user's, whatever the edition."""


def typed_here(advice: str, root: Path) -> str:
    """`advice` with -C DIR in each command that would otherwise look for the edition in the current folder."""
    if root == Path():
        return advice
    return _COMMAND.sub(lambda command: f"{command[0]} -C {shlex.quote(str(root))}", advice)
