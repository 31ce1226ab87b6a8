"""`vivavoce say`: one text in one voice."""

from pathlib import Path

import click

from articles.characters import visible_text
from articles.errors import SettingsError
from articles.files import write_whole
from articles.segments import is_speakable
from articles.sentences import split_sentences
from articles.speech import speak
from vivavoce.answers import tell
from voices.assets import voice_files, voices_dir
from voices.cast import DEFAULT_CAST
from voices.catalogue import find
from voices.clips import clip_key, seed_of
from voices.load import loadable
from voices.voice import Delivery
from voices.wav import wav_of


@click.command(name="say")
@click.argument("text")
@click.option("--voice", "name", default=DEFAULT_CAST["en"], show_default=True, help="See `vivavoce voices list`.")
@click.option("--speed", type=click.FloatRange(0.5, 2.0), default=1.0, show_default=True, help="1.2 is a fifth faster.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default=Path("say.wav"), show_default=True,
    help="The WAV file to write.",
)  # fmt: skip
def command(text: str, name: str, speed: float, output: Path) -> None:
    """Say TEXT in one voice, and write what is heard to a WAV file."""
    text = visible_text(text)
    if not is_speakable(text):
        raise SettingsError(
            "there is no word to say", hint='give a text, as in vivavoce say "Bonjour !" --voice ff_siwis'
        )
    installed = loadable(voice_files(find(name), voices_dir()))
    voice, delivery = installed.load(), Delivery(speed)
    clips = []
    for sentence in split_sentences(text, voice.language):
        if is_speakable(sentence):
            spoken = speak(sentence, voice.language).text
            clips.append(voice.speak(spoken, delivery, seed_of(clip_key(voice.identity, spoken, delivery))))
    write_whole(output, wav_of(clips))
    tell(f"{output}: {sum(clip.seconds for clip in clips):.1f} s, {voice.name}")
