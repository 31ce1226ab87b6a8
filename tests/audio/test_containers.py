import mimetypes

import pytest

from audio.containers import Container, Encoding, encoding_for
from audio.sound import BITRATES_KBPS


@pytest.mark.parametrize("container", Container)
def test_a_container_has_the_name_and_type_that_the_web_knows(container: Container) -> None:
    """The suffix is the file's, the type is the one that is registered for it."""
    assert container.suffix == f".{container.value}"
    told, _ = mimetypes.guess_type(f"x{container.suffix}")
    assert container.mime_type in {told, *KNOWN[container]}


KNOWN = {
    Container.MP3: {"audio/mpeg"},  # RFC 3003
    Container.M4A: {"audio/mp4"},  # RFC 4337
    Container.OPUS: {"audio/ogg"},  # RFC 7845, section 9
    Container.M4B: {"audio/mp4"},
}


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("kbps", BITRATES_KBPS)
def test_every_bit_rate_has_its_like_in_every_container(kbps: int, channels: int) -> None:
    """MP3 and AAC keep the number; Opus needs at most three quarters of it, and grows with it."""
    made = {each: encoding_for(each, kbps, 44_100, channels) for each in Container}
    assert made[Container.MP3] == Encoding(Container.MP3, kbps, 44_100, channels)
    assert made[Container.M4A].bitrate_kbps == made[Container.M4B].bitrate_kbps == kbps
    assert kbps / 2 <= made[Container.OPUS].bitrate_kbps <= 3 * kbps / 4


def test_only_opus_changes_the_rate() -> None:
    """Opus files are at 48 kHz whatever went in; the others are as the timeline."""
    rates = {each: Encoding(each, 64, 44_100).file_rate for each in Container}
    assert rates == dict.fromkeys(Container, 44_100) | {Container.OPUS: 48_000}
