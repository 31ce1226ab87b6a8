import pytest

from audio.ceiling import ceiling_db
from audio.containers import Container
from audio.sound import BITRATES_KBPS, Sound


@pytest.mark.parametrize("kbps", BITRATES_KBPS)
@pytest.mark.parametrize("container", Container)
def test_every_coding_has_its_room(container: Container, kbps: int) -> None:
    """Under the wanted peak there is room for what each coder adds at each rate, and never 3 dB of it."""
    room_db = -1.0 - ceiling_db(Sound(bitrate_kbps=kbps), container)
    assert 0.2 <= room_db < 3.0


def test_the_ceiling_goes_with_the_peak_that_is_asked_for() -> None:
    """With 2 dB less asked, the ceiling is 2 dB lower; without a word, it is MP3's."""
    assert ceiling_db(Sound(true_peak_db=-3.0)) == pytest.approx(ceiling_db(Sound()) - 2.0)
    assert ceiling_db(Sound()) == ceiling_db(Sound(), Container.MP3)


def test_an_audiobook_is_coded_as_an_episode_is() -> None:
    """M4B is M4A by another name: the same room."""
    assert all(
        ceiling_db(Sound(bitrate_kbps=kbps), Container.M4B) == ceiling_db(Sound(bitrate_kbps=kbps), Container.M4A)
        for kbps in BITRATES_KBPS
    )
