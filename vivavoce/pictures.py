"""The picture of an issue: as it was built, and as it will be where it is not."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from articles.errors import SettingsError
from articles.files import write_whole
from articles.sealed import sealed_xml
from audio.jingle import Jingles
from audio.track import Track
from feeds.picture.estimate import estimated_row_of
from feeds.picture.picture import Picture, picture_of
from feeds.picture.rows import Row, row_of
from vivavoce.mixer import part_of
from vivavoce.pieces import Build, Piece

SUFFIXES = (".svg", ".png")


def issue_picture(
    build: Build,
    pieces: Sequence[Piece],
    tracks: Mapping[int, Track],
    jingles: Jingles,
    programme: Track | None = None,
) -> Picture:
    """The issue's articles in running order, each as its track has it, or at the length that it may come to."""
    settings, plan = build.edition.settings, build.plan
    rows = [_row(build, piece, tracks.get(piece.number), jingles) for piece in pieces]
    if programme:
        rows.insert(0, row_of(programme, 0, plan.title, settings.languages[0]))
    sound = settings.sound
    return picture_of(
        f"{settings.title} – {plan.title}",
        rows,
        sound.target_lufs,
        sound.loudness_tolerance_lu,
        sound.true_peak_db,
        settings.languages,
        settings.languages[0],
    )


def save_picture(picture: Picture, path: Path) -> None:
    """Write the picture to `path`, as its suffix says. Raises SettingsError for another suffix, and WriteError."""
    if path.suffix.lower() not in SUFFIXES:
        raise SettingsError(f"{path}: a picture is .svg or .png", hint="give the file such a name")
    write_whole(path, picture.svg() if path.suffix.lower() == ".svg" else picture.png())


def keep_picture(picture: Picture, path: Path) -> None:
    """Write a build's picture to its `path`, as an SVG that says whether it is whole. Raises WriteError."""
    write_whole(path, sealed_xml(picture.svg()))


def build_picture(build: Build) -> Path:
    """Where a build leaves the issue's picture: with the state, since it is for producers; as SVG, drawn in no time."""
    return build.edition.state / "pictures" / f"{build.plan.name}.svg"


def _row(build: Build, piece: Piece, track: Track | None, jingles: Jingles) -> Row:
    article = piece.article
    if track:
        return row_of(track, piece.number, article.headline, article.language)
    sound = build.edition.settings.sound
    speed = piece.orders[0].delivery.speed
    return estimated_row_of((part_of(piece),), jingles, sound, piece.number, article.headline, article.language, speed)
