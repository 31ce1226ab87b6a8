"""docs/licences.md: under which licence each package stands that a release brings along, all of them allowed.

`python -m release.licences` writes it; with `--check` it only says whether it is what it should be.
"""

import importlib.metadata
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from audio.listening.models import listening_model
from release.lock import LockError, locked
from voices.catalogue import load_catalogue

PAGE = Path("docs/licences.md")
RULES = Path("release/licences.toml")

_HEAD = """\
# Licences

What a release of vivavoce (GPL-3.0-or-later) brings along, as `make licences` writes it. `make check` fails when this
page is not up to date, and when a package stands under a licence that `release/licences.toml` does not allow.

## Packages

Each package of `requirements/runtime.txt`, and its licence as an SPDX expression.

| Package | Licence |
|---|---|
"""
_VOICES = """
## Voices

None of them is part of the package: `vivavoce voices install` fetches them, and checks each file
([security](../SECURITY.md)). Which credit a voice asks for stands in `vivavoce voices list --json`, and is published
with the edition.

| Voice | Licence of its recordings |
|---|---|
"""


@dataclass(frozen=True, slots=True)
class Rules:
    """SPDX identifiers that are allowed, and expressions read in packages' own files, by name."""

    allowed: frozenset[str]
    read: Mapping[str, str]


def load_rules(path: Path = RULES) -> Rules:
    """The rules as the file has them."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return Rules(frozenset(raw["allowed"]), raw["read"])


def licence_of(name: str, rules: Rules) -> str:
    """The SPDX expression of a package's licence; "" where neither the rules nor the package itself say it."""
    if name in rules.read:
        return rules.read[name]
    try:
        facts = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
    for field in ("License-Expression", "License"):
        try:
            return str(canonicalize_license_expression(facts[field] or ""))
        except (InvalidLicenseExpression, KeyError):
            continue
    return ""


def is_allowed(expression: str, allowed: frozenset[str]) -> bool:
    """Whether all of the licences joined by AND, or one of those joined by OR, are allowed; not both kinds at once."""
    if " AND " in expression and " OR " in expression:
        return False
    if " OR " in expression:
        return any(each in allowed for each in expression.split(" OR "))
    return all(each in allowed for each in expression.split(" AND "))


def troubles(rules: Rules, names: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with the licences of these packages, a line each."""
    for name in names:
        expression = licence_of(name, rules)
        if not expression:
            yield f"{name} does not say its licence: read it in its files, and write it into {RULES}"
        elif not is_allowed(expression, rules.allowed):
            yield f"{name} stands under {expression}, which {RULES} does not allow: do without it, or allow that"
    yield from (
        f"{name} is in {RULES}, but is needed no longer: take it out" for name in sorted({*rules.read} - {*names})
    )


def page(rules: Rules, names: tuple[str, ...]) -> str:
    """The page as it should be."""
    packages = "".join(f"| {name} | {licence_of(name, rules)} |\n" for name in names)
    voices = "".join(f"| {voice.name} | {voice.licence} |\n" for voice in load_catalogue().values() if voice.files)
    listener = listening_model()
    return f"{_HEAD}{packages}{_VOICES}{voices}| {listener.name}, which listens | {listener.licence} |\n"


def main(arguments: list[str]) -> int:
    """0, or 1 with what is wrong told on stderr."""
    try:
        names = tuple(sorted({each.name for each in locked()}))
    except LockError as error:
        return _failed([str(error)])
    rules = load_rules()
    if found := list(troubles(rules, names)):
        return _failed(found)
    wanted = page(rules, names)
    if "--check" not in arguments:
        PAGE.write_text(wanted, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != wanted:
        return _failed([f"{PAGE} is not up to date: make licences"])
    return 0


def _failed(lines: list[str]) -> int:
    for line in lines:
        print(f"licences: {line}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
