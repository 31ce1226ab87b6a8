"""Letters said by their names, in the form that espeak-ng reads as such."""

_MISREAD = ("EG", "IE")  # espeak reads what begins with `E.G` as “for example”, with `I.E` as “that is”
_POSSIBLE_AFTER_DOT = 3  # letters; `M.P’s` is read “M dot P’s”, while `C.E.O’s` is right


def spell(letters: str, ending: str = "") -> str:
    """`AMP` as `A.M.P`: espeak says the letters' names, with the stress on the last as in speech.

    `ending` is `s` or `’s`: `SMEs` becomes `S.M.E’s`, `MPs` becomes `M P’s`. An A that would be heard as the article
    is written `eh`, which espeak says as the letter's name.
    """
    letters = letters.upper()
    if len(letters) == 1:
        return f"{letters}’s" if ending else _alone(letters)
    if letters.startswith(_MISREAD) or (ending and len(letters) < _POSSIBLE_AFTER_DOT):
        last = f"{letters[-1]}’s" if ending else _alone(letters[-1])
        return " ".join([*map(_alone, letters[:-1]), last])
    return ".".join(letters) + ("’s" if ending else "")


def _alone(letter: str) -> str:
    return "eh" if letter == "A" else letter
