"""Read each text by sherpa-onnx in one Python process: MODEL_FOLDER THREADS OUT TEXT…"""

import importlib.util
import sys
from pathlib import Path

import sherpa_onnx


def main() -> None:
    """A WAV file per text, each there only when it is whole."""
    folder, threads, out = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    piper = importlib.util.find_spec("piper")  # for espeak's data alone; importing it would take time
    assert piper
    assert piper.origin
    vits = sherpa_onnx.OfflineTtsVitsModelConfig(
        model=str(folder / "model.onnx"),
        tokens=str(folder / "tokens.txt"),
        data_dir=str(Path(piper.origin).parent / "espeak-ng-data"),
    )
    model = sherpa_onnx.OfflineTtsModelConfig(vits=vits, num_threads=threads)
    voice = sherpa_onnx.OfflineTts(sherpa_onnx.OfflineTtsConfig(model=model, max_num_sentences=1))
    for path in map(Path, sys.argv[4:]):
        spoken = voice.generate(path.read_text(encoding="utf-8"))
        partial = out / f"{path.stem}.partial.wav"
        sherpa_onnx.write_wave(str(partial), spoken.samples, spoken.sample_rate)
        partial.rename(out / f"read-{path.stem}.wav")


if __name__ == "__main__":
    main()
