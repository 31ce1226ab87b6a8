"""What a reel is known by: a hash of everything that changes its sound, and of nothing else."""

import hashlib
import json

from audio.containers import Container
from audio.encode.coders import coder_version
from audio.jingle import Jingles
from audio.score import Part
from audio.sound import Sound
from audio.splice.place import Place
from audio.track_key import AUDIO_FORMAT, SPLICE_FORMAT, sound_facts, take_facts, voice_numbers


def reel_key(
    part: Part, place: Place, jingles: Jingles, sound: Sound, container: Container, shift_lu: float = 0.0
) -> str:
    """The key (64 hex digits) of this part's reel, made `shift_lu` louder than the edition asks.

    Neither titles nor tags are in it, nor anything of the other parts but the pause before the next one.
    """
    takes = (*part.ident, *part.takes)
    voices = voice_numbers(takes)
    facts = {
        "format": (AUDIO_FORMAT, SPLICE_FORMAT),
        "coder": coder_version(container),
        "container": container,
        "ident": list(take_facts(part.ident, voices, titled=False)),
        "takes": list(take_facts(part.takes, voices, titled=False)),
        "place": (place.first, place.last, place.pause),
        "sound": sound_facts(sound),
        "shift": shift_lu,
        "channels": jingles.channels,
        "jingles": _jingle_hashes(part, place, jingles),
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _jingle_hashes(part: Part, place: Place, jingles: Jingles) -> list[str | None]:
    own = jingles.of(part.language, part.section)
    heard = (own.intro if place.first else own.sting, own.language, own.bed, own.outro if place.last else None)
    return [jingle.sha256 if jingle else None for jingle in heard]
