"""Read each text in one Python process, as the documentation of piper-tts shows it: MODEL OUT TEXT…"""

import sys
import wave
from pathlib import Path

from piper import PiperVoice


def main() -> None:
    """A WAV file per text, each there only when it is whole."""
    voice, out = PiperVoice.load(sys.argv[1]), Path(sys.argv[2])
    for path in map(Path, sys.argv[3:]):
        partial = out / f"{path.stem}.partial"
        with wave.open(str(partial), "wb") as sound:
            voice.synthesize_wav(path.read_text(encoding="utf-8"), sound)
        partial.rename(out / f"{path.stem}.wav")


if __name__ == "__main__":
    main()
