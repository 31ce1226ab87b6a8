"""Ages and sizes as people write them: 30d, 20GB."""

import re
from collections.abc import Mapping
from typing import Final

from articles.errors import SettingsError

DAY_S: Final = 24 * 60 * 60
_AGES = {"h": 3600, "d": DAY_S, "w": 7 * DAY_S}
_SIZES = {"kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12}


def age_s(option: str, text: str) -> float:
    """The seconds that an option's `text` stands for. Raises SettingsError."""
    return _amount(option, text, _AGES, "a number and h, d or w (hours, days, weeks), such as 30d")


def size_bytes(option: str, text: str) -> int:
    """The bytes that an option's `text` stands for. Raises SettingsError."""
    return int(_amount(option, text, _SIZES, "a number and kB, MB, GB or TB, such as 20GB"))


def size_told(number: float) -> str:
    """So many bytes, in the largest unit of which there is one."""
    for unit in ("TB", "GB", "MB"):
        if number >= _SIZES[unit]:
            return f"{number / _SIZES[unit]:.1f} {unit}"
    return f"{number / _SIZES['kB']:.1f} kB"


def _amount(option: str, text: str, units: Mapping[str, float], allowed: str) -> float:
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*([A-Za-z]+)", text.strip())
    by_name = {name.lower(): factor for name, factor in units.items()}
    if not found or found[2].lower() not in by_name:
        raise SettingsError(f"{option} “{text}” is not understood", hint=f"write {allowed}")
    return float(found[1]) * by_name[found[2].lower()]
