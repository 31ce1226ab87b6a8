from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import audio.master
import audio.track
from articles.errors import ArticleError
from articles.files import WriteError
from audio.containers import Container
from audio.cut import MissingClipError
from audio.jingle import Jingles, open_jingles
from audio.loudness import LoudnessError
from audio.score import Part
from audio.sound import Sound
from audio.track import produce
from tests.audio.tracks import SOUND, TAGS, bilingual, left, make, score_of
from tests.limits import small_disk


@pytest.fixture
def article(recorder: Any, speech: Callable[..., np.ndarray]) -> Any:
    """A bilingual article."""
    return bilingual(recorder, speech)


@pytest.fixture(scope="module")
def jingles() -> Jingles:
    """The ones that ship."""
    return open_jingles(SOUND, Path("/nowhere"))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 100 KB: an MP3 of the article takes more."""
    with small_disk(tmp_path, 100) as disk:
        yield disk


def test_the_scratch_folder_is_left_empty(article: Any, jingles: Jingles, tmp_path: Path) -> None:
    """After an end and after an error no mix lies there, and nothing else was written beside the files."""
    make(article, jingles, tmp_path / "episodes")
    assert left(tmp_path / "scratch") == []
    assert len(left(tmp_path / "episodes")) == 1
    with pytest.raises(LoudnessError):
        make(article, Jingles(), tmp_path / "more", Sound(target_lufs=-10.0, true_peak_db=-9.0))
    assert left(tmp_path / "scratch") == left(tmp_path / "more") == []


def test_what_is_gone_fails_the_article_and_leaves_nothing(article: Any, jingles: Jingles, tmp_path: Path) -> None:
    """A missing clip, or nothing to say at all, is an error of this article, and no half file is left."""
    article.store.path(article.takes[2].key).unlink()
    with pytest.raises(MissingClipError, match="line 3"):
        make(article, jingles, tmp_path / "episodes")
    for nothing in ((), (Part((), "Nothing", "en"),)):
        with pytest.raises(ArticleError, match="nothing to say"):
            make(article, jingles, tmp_path / "episodes", score=nothing)
    assert not (tmp_path / "episodes").exists()
    assert left(tmp_path / "scratch") == []


def test_a_clip_that_goes_while_it_is_mixed_leaves_nothing(
    article: Any, jingles: Jingles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken away between the rehearsal and the mix, it is missed by its line, and the spool is gone."""
    lay_out = audio.track.lay_out

    def laid(*everything: Any) -> Any:
        article.store.path(article.takes[4].key).unlink()
        return lay_out(*everything)

    monkeypatch.setattr(audio.track, "lay_out", laid)
    with pytest.raises(MissingClipError, match="line 5"):
        make(article, jingles, tmp_path / "episodes")
    assert left(tmp_path / "scratch") == left(tmp_path / "episodes") == []


def test_silence_fails_the_article(recorder: Any, tmp_path: Path) -> None:
    """Clips without a sound, and no jingles, are nothing that could be made loud."""
    recorder.record(np.zeros(22_050, dtype=np.float32))
    with pytest.raises(LoudnessError, match="nothing to hear"):
        make(recorder, Jingles(), tmp_path / "episodes")
    assert left(tmp_path / "scratch") == left(tmp_path / "episodes") == []


@pytest.mark.parametrize("container", [Container.MP3, Container.M4A, Container.OPUS])
def test_a_disk_that_fills_up_while_encoding_holds_nothing(
    article: Any, jingles: Jingles, tmp_path: Path, disk: Path, container: Container
) -> None:
    """Full in the middle of a file: one line says which and why, and neither disk nor scratch hold a part of it."""
    sound = Sound(bitrate_kbps=128)
    with pytest.raises(WriteError, match="No space left on device") as refused:
        make(article, jingles, disk, sound, containers=[container])
    assert str(disk) in refused.value.message
    assert "\n" not in str(refused.value)
    assert left(disk) == left(tmp_path / "scratch") == []


def test_a_scratch_disk_that_fills_up_is_told(article: Any, jingles: Jingles, tmp_path: Path, disk: Path) -> None:
    """No room for the mix: the error says what to do, and nothing was written anywhere."""
    with pytest.raises(WriteError, match="cannot be kept while it is mixed"):
        produce(score_of(article.takes), article.store, SOUND, jingles, TAGS, tmp_path / "episodes", "01", disk)
    assert left(disk) == left(tmp_path / "episodes") == []


def test_a_file_that_cannot_be_corrected_is_not_left(
    article: Any, jingles: Jingles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full at the second encoding: the first one, which was out of tolerance, is not left either."""
    encode, done = audio.master.encode, []

    def refused_the_second_time(*everything: Any) -> None:
        if done:
            raise WriteError("x.mp3: cannot be written (No space left on device)")
        encode(*everything)
        done.append(everything)

    monkeypatch.setattr(audio.master, "encode", refused_the_second_time)
    monkeypatch.setattr(audio.master, "ceiling_db", lambda *_: 0.0)
    with pytest.raises(WriteError):
        make(article, jingles, tmp_path / "episodes")
    assert len(done) == 1
    assert left(tmp_path / "episodes") == []


def test_a_folder_that_cannot_be_is_told(article: Any, jingles: Jingles, tmp_path: Path) -> None:
    """Where a file stands in the way of the episodes' folder, the writer's own error comes through."""
    (tmp_path / "episodes").write_text("in the way")
    with pytest.raises(WriteError, match="episodes"):
        make(article, jingles, tmp_path / "episodes")
