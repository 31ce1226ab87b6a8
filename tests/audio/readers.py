"""Programs and libraries that open sound files, and what each finds in one, in the same terms."""

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import mutagen
import mutagen.flac
import mutagen.mp4
import pytest


@dataclass(frozen=True)
class Found:
    """What a reader found; None for what it does not tell. `chapters` are titles and starts in seconds."""

    title: str | None
    artist: str | None
    album: str | None
    track: str | None
    date: str | None
    language: str | None
    comment: str | None
    genre: str | None
    cover: bytes | bool
    chapters: list[tuple[str, float]] | None
    seconds: float


def program(name: str, *arguments: str | Path) -> str:
    """What a program prints; the test is skipped where it is not installed."""
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    done = subprocess.run([name, *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def by_mutagen(path: Path) -> Found:
    return {".mp3": _id3, ".opus": _vorbis}.get(path.suffix, _mp4)(mutagen.File(path))


def _id3(file: Any) -> Found:
    contents = file.tags.getall("CTOC")
    listed = [file.tags[f"CHAP:{name}"] for each in contents for name in each.child_element_ids]
    return Found(
        *(str(file.tags.get(name)) for name in ("TIT2", "TPE1", "TALB", "TRCK", "TDRC", "TLAN")),
        comment=str(file.tags.getall("COMM")[0]),
        genre=str(file.tags.get("TCON")),
        cover=file.tags.getall("APIC")[0].data if file.tags.getall("APIC") else False,
        chapters=[(str(each.sub_frames["TIT2"]), each.start_time / 1000) for each in listed],
        seconds=file.info.length,
    )


def _mp4(file: Any) -> Found:
    tags = file.tags
    return Found(
        *(tags[name][0] for name in ("\xa9nam", "\xa9ART", "\xa9alb")),
        track=str(tags["trkn"][0][0]),
        date=tags["\xa9day"][0],
        language=None,
        comment=tags["\xa9cmt"][0],
        genre=tags["\xa9gen"][0],
        cover=bytes(tags["covr"][0]) if "covr" in tags else False,
        chapters=[(each.title, each.start) for each in file.chapters or ()],
        seconds=file.info.length,
    )


def _vorbis(file: Any) -> Found:
    def text(name: str) -> str:
        (only,) = file[name]
        return str(only)

    pictures = [mutagen.flac.Picture(base64.b64decode(each)) for each in file.get("metadata_block_picture", ())]
    numbers = sorted(name[7:10] for name in file if re.fullmatch(r"chapter\d{3}", name))
    return Found(
        *(text(name) for name in ("title", "artist", "album")),
        track=text("tracknumber"),
        date=text("date"),
        language=text("language"),
        comment=text("description"),
        genre=text("genre"),
        cover=pictures[0].data if pictures else False,
        chapters=[(text(f"chapter{each}name"), _seconds(text(f"chapter{each}"))) for each in numbers],
        seconds=file.info.length,
    )


def by_pyav(path: Path) -> Found:
    with av.open(str(path)) as container:
        texts = {**container.metadata, **container.streams.audio[0].metadata}
        video = container.streams.video
        cover = bytes(next(container.demux(video[0]))) if video else False
        chapters = [
            (each["metadata"]["title"], float(each["start"] * each["time_base"])) for each in container.chapters()
        ]
    with av.open(str(path)) as container:
        frames = [(frame.samples, frame.sample_rate) for frame in container.decode(audio=0)]
    return _by_libav(texts, cover, chapters, sum(samples for samples, _ in frames) / frames[0][1])


def by_ffprobe(path: Path) -> Found:
    told = json.loads(
        program("ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_streams", "-show_chapters", path)
    )
    sound = next(stream for stream in told["streams"] if stream["codec_type"] == "audio")
    texts = {**told["format"].get("tags", {}), **sound.get("tags", {})}
    chapters = [(each["tags"]["title"], float(each["start_time"])) for each in told["chapters"]]
    cover = any(stream["disposition"]["attached_pic"] for stream in told["streams"])
    return _by_libav(texts, cover, chapters, float(sound["duration"]))


def _by_libav(named: dict[str, str], cover: bytes | bool, chapters: list[tuple[str, float]], seconds: float) -> Found:
    texts = {name.lower(): text for name, text in named.items()}
    track = texts["track"]
    return Found(
        *(texts[name] for name in ("title", "artist", "album")),
        track=track,
        date=texts["date"],
        language=texts["language"],
        comment=texts["comment"],
        genre=texts["genre"],
        cover=cover,
        chapters=chapters,
        seconds=seconds,
    )


def by_mediainfo(path: Path) -> Found:
    tracks = json.loads(program("mediainfo", "--Output=JSON", path))["media"]["track"]
    file = tracks[0]
    sound = next(track for track in tracks if track["@type"] == "Audio")
    menus = [track["extra"] for track in tracks if track["@type"] == "Menu"]
    return Found(
        *(file[name] for name in ("Title", "Performer", "Album")),
        track=file["Track_Position"],
        date=file["Recorded_Date"],
        language=sound["Language"],
        comment=file.get("Comment") or file.get("Description"),
        genre=file["Genre"],
        cover=file.get("Cover") == "Yes",
        chapters=_menu(menus[-1]) if menus else None,  # of ID3's chapters it says nothing
        seconds=float(file["Duration"]),
    )


def _menu(extra: dict[str, str]) -> list[tuple[str, float]]:
    times = {name: re.fullmatch(r"_(\d\d)_(\d\d)_(\d\d)_(\d{3})", name) for name in extra}
    return [(extra[name], _seconds("{}:{}:{}.{}".format(*time.groups()))) for name, time in times.items() if time]


def _seconds(clock: str) -> float:
    hours, minutes, seconds = clock.split(":")
    return 3600 * int(hours) + 60 * int(minutes) + float(seconds)


READERS: dict[str, Callable[[Path], Found]] = {
    "mutagen": by_mutagen,
    "PyAV": by_pyav,
    "ffprobe": by_ffprobe,
    "mediainfo": by_mediainfo,
}
