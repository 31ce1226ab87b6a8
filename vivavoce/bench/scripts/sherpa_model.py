"""A Piper voice as sherpa-onnx wants it, metadata in the model and its symbols in a file of their own: MODEL OUT.

What it asks for is told at https://k2-fsa.github.io/sherpa/onnx/tts/piper.html
"""

import json
import sys
from pathlib import Path

import onnx


def main() -> None:
    """`model.onnx` and `tokens.txt` in OUT."""
    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    config = json.loads(Path(f"{source}.json").read_text(encoding="utf-8"))
    facts = {
        "model_type": "vits",
        "comment": "piper",
        "language": config["language"]["code"],
        "voice": config["espeak"]["voice"],
        "has_espeak": 1,
        "n_speakers": config["num_speakers"],
        "sample_rate": config["audio"]["sample_rate"],
    }
    model = onnx.load(source)
    for key, value in facts.items():
        model.metadata_props.add(key=key, value=str(value))
    onnx.save(model, out / "model.onnx")
    symbols = (f"{symbol} {ids[0]}\n" for symbol, ids in config["phoneme_id_map"].items())
    (out / "tokens.txt").write_text("".join(symbols), encoding="utf-8")


if __name__ == "__main__":
    main()
