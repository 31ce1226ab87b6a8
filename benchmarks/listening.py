"""What the recogniser of `vivavoce[listen]` makes of the example issue, on one core, read by its real voices.

For each language the word error rate; how fast it was and what memory it took; and how far the clips' own word times
lie from those heard. Whisper tells a word's start no better than by 0.1 s and takes the pause before it for a part of
it, so only words that follow another within 0.1 s are compared, and the median difference is shown beside what is left
without it: the one is mostly the recogniser's habit, the other bounds the error of the clips' times.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from audio.listening.align import align
from audio.listening.error_rate import ErrorRate
from audio.listening.listen import listen, mono
from audio.listening.models import listening_model
from audio.listening.passages import Passage, cut_passages
from audio.listening.recogniser import LONGEST_S, RATE, Whisper, open_recogniser
from audio.listening.sounds import ear_for
from audio.listening.words import to_words
from audio.track import Track
from voices.assets import voices_dir
from voices.clips import ClipStore

EXAMPLES = Path(__file__).parents[1] / "examples"
LOCALES = {"en": "en-US", "fr": "fr-FR"}
AT_ONCE_S = 0.1


def tracks(root: Path) -> Iterator[Track]:
    """The tracks of an edition that was just built, in running order."""
    kept = [
        msgspec.json.decode(path.read_bytes(), type=Track, dec_hook=lambda kind, value: kind(value))
        for path in (root / ".vivavoce" / "tracks").glob("*/*.json")
    ]
    for track in sorted(kept, key=lambda track: track.path.name):
        path = next((root / "public").rglob(f"episodes/{track.path.name}"), None)
        if path:
            yield replace(track, file=replace(track.file, path=path))


def differences_s(
    track: Track, passage: Passage, pcm: NDArray[np.float32], store: ClipStore, whisper: Whisper
) -> Iterator[float]:
    """Heard start minus own start for each word of the passage that was heard right and follows another at once."""
    locale = LOCALES[passage.language]
    own: list[tuple[str, float]] = []
    for placed in passage.speech:
        clip = store.read(placed.take.key)
        before_s = -1.0
        for word in clip.words if clip else ():
            start_s = (placed.start - placed.skipped) / track.sample_rate + word.start / clip.sample_rate
            for number, part in enumerate(to_words(word.text, locale)):
                follows = number == 0 and start_s - before_s < AT_ONCE_S
                own.append((part, start_s if follows else float("nan")))
            before_s = (placed.start - placed.skipped) / track.sample_rate + word.end / clip.sample_rate
    heard = [
        (part, passage.start_s + word.start_s if number == 0 else float("nan"))
        for word in whisper.time_words(pcm[round(passage.start_s * RATE) : round(passage.end_s * RATE)], locale)
        for number, part in enumerate(to_words(word.text, locale))
    ]
    at = 0
    for stretch in align(tuple(w for w, _ in own), tuple(w for w, _ in heard), ear_for(locale)):
        if not stretch.wrong and len(stretch.heard) == stretch.last - stretch.first == 1:
            yield heard[at][1] - own[stretch.first][1]
        at += len(stretch.heard)


def main() -> None:
    """Build the example, listen to it, print the tables."""
    whisper = open_recogniser(listening_model(), voices_dir())
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "edition"
        shutil.copytree(EXAMPLES, root, ignore=shutil.ignore_patterns("public", ".vivavoce"))
        subprocess.run([sys.executable, "-m", "vivavoce", "build", "-C", str(root)], check=True, stdout=sys.stderr)
        store, all_heard, times_s = ClipStore(root / ".vivavoce" / "clips"), [], {language: [] for language in LOCALES}
        seconds = cpu_s = 0.0
        for track in tracks(root):
            began_s = time.process_time()
            hearing = listen(track.path, track.speech, track.sample_rate, whisper, LOCALES)
            cpu_s, seconds = cpu_s + time.process_time() - began_s, seconds + track.seconds
            all_heard += hearing.errors.segments
            print(f"{track.path.name:44}{hearing.errors.words:6} words{hearing.errors.rate:8.1%} wrong")
            pcm = mono(track.path)
            for passage in cut_passages(track.speech, track.sample_rate, LONGEST_S):
                times_s[passage.language] += differences_s(track, passage, pcm, store, whisper)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{whisper.identity}: {seconds / cpu_s:.1f} times real time on one core, {peak_mb:.0f} MB at most\n")
    for language, differences in times_s.items():
        errors = ErrorRate(tuple(all_heard)).in_language(language)
        ms = 1000 * np.array([each for each in differences if each == each])
        left = np.abs(ms - np.median(ms))
        print(
            f"{language}: {errors.rate:.1%} of {errors.words} words wrong; {len(ms)} word starts heard "
            f"{np.median(ms):+.0f} ms from the clips' (median); without that {np.median(left):.0f} ms (median), "
            f"{np.percentile(left, 90):.0f} ms (9 in 10); within 80 ms: {np.mean(left <= 80):.0%}"
        )


if __name__ == "__main__":
    main()
