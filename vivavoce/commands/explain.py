"""`vivavoce explain`: how written text becomes what a voice is given, step by step."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from articles.characters import visible_text
from articles.errors import SettingsError
from articles.language import guess_language
from articles.segments import Segment
from articles.sentences import split_sentences
from articles.speech import LANGUAGES, Spoken, speak
from vivavoce.answers import tell, tell_json
from vivavoce.casting import cast_of, style_of
from vivavoce.commands import options
from vivavoce.edition import Edition, open_edition, open_issue
from vivavoce.pieces import Build, Piece, read
from vivavoce.watch import Silent
from voices.studio import Order
from voices.voice import Voice


@click.command(name="explain")
@click.argument("issue", required=False)
@click.argument("article", required=False)
@click.option("--segment", type=int, help="Only the segment of this number, as counted by explain itself, from 0.")
@click.option("--text", help="Explain this text instead of an article; - reads lines from stdin. Needs no edition.")
@click.option("--lang", "locale", help="The language of --text, such as fr or en-US. [guessed between fr and en]")
@options.folder
@options.as_json
def command(
    issue: str | None,
    article: str | None,
    segment: int | None,
    text: str | None,
    locale: str | None,
    root: Path,
    as_json: bool,
) -> None:
    """Show for each segment of ARTICLE in ISSUE what is written, what is said, by which rules, and by which voice.

    With --text and --json each line of text gives one JSON object on one line.
    """
    if text is not None:
        for line in _lines_of_stdin() if text == "-" else [text]:
            facts = _explain_text(visible_text(line), locale)
            if as_json:
                tell_json(facts, indent=None)
            else:
                tell(*_text_lines(facts))
        return
    if not issue or not article:
        raise SettingsError("name an issue and an article, or give --text", hint="vivavoce explain 2023-04 01-title")
    edition = open_edition(root)
    explained = list(_explain_article(*_find(edition, issue, article), segment))
    if as_json:
        tell_json(explained)
    else:
        for number, facts in enumerate(explained):
            tell(*([""] if number else []), *_segment_lines(facts))


def _lines_of_stdin() -> Iterator[str]:
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a text in another encoding is shown with what can be read of it
    return (line.rstrip("\n") for line in sys.stdin)


def _explain_text(written: str, locale: str | None) -> dict[str, Any]:
    language = locale or guess_language(written, tuple(LANGUAGES)).language
    sentences = [sentence.strip() for sentence in split_sentences(written, language)]
    spoken = [speak(sentence, language) for sentence in sentences]
    return {
        "written": written,
        "language": language,
        "sentences": sentences,
        "spoken": [each.text for each in spoken],
        "rules": [rule for each in spoken for rule in _rules(each)],
    }


def _rules(spoken: Spoken) -> list[dict[str, str]]:
    return [{"rule": fired.rule, "before": fired.before, "after": fired.after} for fired in spoken.fired]


def _text_lines(facts: dict[str, Any]) -> Iterator[str]:
    for sentence, spoken in zip(facts["sentences"], facts["spoken"], strict=True):
        yield f"written   {sentence}"
        yield f"language  {facts['language']}"
        yield f"spoken    {spoken}"
    for fired in facts["rules"]:
        yield f"rule      {fired['rule']}: “{fired['before']}” → “{fired['after']}”"


def _find(edition: Edition, issue: str, article: str) -> tuple[Build, Piece]:
    plan = open_issue(edition, issue)
    build = Build(edition, plan, cast_of(edition), style_of(edition, plan.name), Silent(), workers=1)
    pieces = list(read(build))
    for failure in build.failures:
        if failure.article.startswith(article):
            raise failure.error
    for piece in pieces:
        if article in (piece.file, piece.article.slug, str(piece.number)) or piece.file.startswith(article):
            return build, piece
    names = ", ".join(path.name for path in plan.files)
    raise SettingsError(f"there is no article “{article}” in {issue}", hint=f"its articles: {names}")


def _explain_article(build: Build, piece: Piece, only: int | None) -> Iterator[dict[str, Any]]:
    pairs = list(zip(piece.script.segments, piece.orders, strict=True))
    if only is not None and not 0 <= only < len(pairs):
        raise SettingsError(f"there is no segment {only} in {piece.file}", hint=f"it has 0 to {len(pairs) - 1}")
    loaded: dict[str, Voice] = {}
    for segment, order in pairs if only is None else [pairs[only]]:
        if order.voice not in loaded:
            loaded[order.voice] = build.cast.voices[order.voice].load()
        yield _explain_segment(segment, order, build, loaded[order.voice])


def _explain_segment(segment: Segment, order: Order, build: Build, voice: Voice) -> dict[str, Any]:
    spoken = build.style.speak(segment.written, segment.language) if segment.written else None
    return {
        "segment": segment.index,
        "line": segment.line,
        "kind": segment.kind.value,
        "written": segment.written,
        "language": segment.language,
        "reason": segment.reason,
        "locale": build.style.locale(segment.language),
        "rules": _rules(spoken) if spoken else [],
        "spoken": segment.spoken,
        "phonemes": voice.phonemes(segment.spoken),
        "voice": order.voice,
        "clip": order.key,
    }


def _segment_lines(facts: dict[str, Any]) -> Iterator[str]:
    yield f"{facts['segment']}  {facts['kind']}, line {facts['line']}"
    yield f"   written   {facts['written'] or '(announced)'}"
    yield f"   language  {facts['language']}: {facts['reason']}; conventions of {facts['locale']}"
    for fired in facts["rules"]:
        yield f"   rule      {fired['rule']}: “{fired['before']}” → “{fired['after']}”"
    for name in ("spoken", "phonemes", "voice", "clip"):
        yield f"   {name:9} {facts[name]}"
