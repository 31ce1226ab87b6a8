"""Scratch editions to build, and the changes a producer makes to them."""

import re
import shutil
import wave
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from articles.errors import SettingsError
from articles.lexicon import Entry
from articles.lexicon_file import add_entries, lexicon_path
from articles.markdown import read_article
from vivavoce.bench.texts import Text, text_of
from vivavoce.edition import EDITION_FILE, Edition, IssuePlan, newest_issue, open_edition, open_issue
from voices.cast import readers
from voices.catalogue import Engine, find

ISSUE = "2026-11"
OTHER = "lantern"
"""The word that takes another's place."""

_PLAIN = """\
title = "Benchmark"
id = "6a1f1c58-3f0e-4a57-9a6e-2f3c1d5b7e90"
languages = ["{language}"]

[voices]
{language} = "{voice}"

[sound]
programme = false

[feed]
url = "http://localhost:8000/"
author = "Benchmark"
owner_name = "Benchmark"
owner_email = "audio@example.org"
"""
_JINGLE = "jingles/benchmark.wav"
_RATE = 44_100
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Source:
    """The edition to benchmark, its newest issue, and that issue as plain text."""

    edition: Edition
    plan: IssuePlan
    texts: tuple[Text, ...]

    @property
    def compared(self) -> tuple[str, str]:
        """The language that a Piper voice reads, as other programs can too, and the voice. Raises SettingsError."""
        settings = self.edition.settings
        for language, reader in readers(settings.voices, settings.languages).items():
            if find(reader.voice).engine is Engine.PIPER:
                return language, reader.voice
        raise SettingsError(
            "no Piper voice reads this edition, so that no other program can be compared",
            hint='give it one in [voices] of edition.toml, such as en = "en_US-joe-medium"',
        )


def open_source(root: Path) -> Source:
    """The edition in `root`. Raises SettingsError and ArticleError."""
    edition = open_edition(root)
    plan = open_issue(edition, newest_issue(edition))
    return Source(edition, plan, tuple(text_of(read_article(path, edition.settings.languages)) for path in plan.files))


def plain_edition(root: Path, texts: Sequence[Text], language: str, voice: str) -> None:
    """An edition that says `texts` in one voice, makes MP3 files of them, and says nothing else."""
    root.mkdir(parents=True)
    (root / EDITION_FILE).write_text(_PLAIN.format(language=language, voice=voice), encoding="utf-8")
    _write_issue(root, texts)


def edition_like(source: Source, root: Path, texts: Sequence[Text] = ()) -> None:
    """A copy of the edition with its newest issue as it is, or with `texts` in place of it, and a jingle of its own."""
    shutil.copytree(source.edition.root, root, ignore=shutil.ignore_patterns("public", ".vivavoce", "issues"))
    if texts:
        _write_issue(root, texts)
    else:
        shutil.copytree(source.plan.files[0].parent, root / "issues" / source.plan.name)
    settings = root / EDITION_FILE
    settings.write_text(with_intro(settings.read_text(encoding="utf-8"), _JINGLE), encoding="utf-8")
    _write_jingle(root / _JINGLE, 440.0)


def with_intro(settings: str, path: str) -> str:
    """The text of an edition.toml, with `path` for the jingle before the headline."""
    settings = re.sub(r"^intro\s*=.*\n", "", settings, flags=re.MULTILINE)
    line = f'intro = "{path}"\n'
    if re.search(r"^\[sound\]", settings, re.MULTILINE):
        return re.sub(r"^\[sound\].*\n", lambda found: found[0] + line, settings, count=1, flags=re.MULTILINE)
    return f"{settings.rstrip()}\n\n[sound]\n{line}"


def change_word(root: Path) -> str:
    """What was done: one word of the first article became another."""
    path = _articles(root)[0]
    lines, place = _last_paragraph(path)
    word = _WORD.search(lines[place])
    assert word
    lines[place] = lines[place][: word.start()] + OTHER + lines[place][word.end() :]
    path.write_text("".join(lines), encoding="utf-8")
    return f"“{word[0]}” became “{OTHER}” in {path.name}"


def change_lexicon(root: Path) -> str:
    """What was done: the rarest word of that paragraph, the longest of them, has got an entry in the lexicon."""
    path = _articles(root)[0]
    lines, place = _last_paragraph(path)
    counts = Counter(word.casefold() for each in _articles(root) for word in _WORD.findall(each.read_text("utf-8")))
    words = [word for word in _WORD.findall(lines[place]) if word != OTHER]
    word = min(words, key=lambda word: (counts[word.casefold()], -len(word), word))
    language = read_article(path, open_edition(root).settings.languages).language
    add_entries(lexicon_path(root, language), [Entry(written=word, say=OTHER)], replace=True)
    return f"“{word}” is read as “{OTHER}”"


def change_jingle(root: Path) -> str:
    """What was done: the intro is another sound."""
    _write_jingle(root / _JINGLE, 523.25)
    return "another intro"


def _write_issue(root: Path, texts: Sequence[Text]) -> None:
    folder = root / "issues" / ISSUE
    folder.mkdir(parents=True)
    for number, text in enumerate(texts, 1):
        (folder / f"{number:02d}-{text.name}.{text.language}.md").write_text(text.markdown(), encoding="utf-8")


def _articles(root: Path) -> tuple[Path, ...]:
    edition = open_edition(root)
    return open_issue(edition, newest_issue(edition)).files


def _last_paragraph(path: Path) -> tuple[list[str], int]:
    """The article's lines, and which of them is the last that begins with a letter and has a word or two."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    places = [place for place, line in enumerate(lines) if line[0].isalpha() and len(_WORD.findall(line)) > 2]
    if not places:
        raise SettingsError(f"{path.name}: no paragraph to change a word in", hint="put another article first")
    return lines, places[-1]


def _write_jingle(path: Path, hertz: float) -> None:
    """Two seconds of a soft tone."""
    time_s = np.arange(2 * _RATE) / _RATE
    tone = 0.2 * np.sin(2 * np.pi * hertz * time_s) * np.sin(np.pi * time_s / 2) ** 2
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, _RATE, 0, "NONE", ""))
        sound.writeframes((tone * 32767).astype("<i2").tobytes())
