import tomllib
from pathlib import Path

import pytest

from voices import catalogue
from voices.catalogue import CatalogueError, Engine, Role, UnknownVoice, find, load_catalogue
from voices.opener import allowed
from voices.origins import PackageSource, UrlSource

TEXT = Path(catalogue.__file__).with_name("catalogue.toml").read_text(encoding="utf-8")
VOICES = list(load_catalogue().values())
FILES = {file.filename: file for voice in VOICES for file in voice.files}
ROLES = {
    Engine.PIPER: {Role.MODEL, Role.CONFIG},
    Engine.KOKORO: {Role.MODEL, Role.STYLE},
    Engine.TONE: set(),
}


def write(folder: Path, **changes: str) -> Path:
    """A catalogue of one voice, with parts of it replaced."""
    parts = {
        "hash": f'sha256 = "{"0" * 64}"',
        "source": 'url = "https://voices.example/list/anna.onnx"',
        "files": 'files = ["anna.onnx"]',
        "extra": "",
    } | changes
    path = folder / "catalogue.toml"
    path.write_text(
        f"""
        voices_json = "https://voices.example/list/voices.json"
        [voices.anna]
        language = "en-GB"
        engine = "piper"
        quality = "medium"
        licence = "CC0-1.0"
        credit = "Anna"
        sample_rate = 22050
        {parts["files"]}
        {parts["extra"]}
        [files."anna.onnx"]
        role = "model"
        size = 5
        {parts["hash"]}
        sources = [{{ {parts["source"]} }}]
        [packages]
        """
    )
    return path


@pytest.mark.parametrize(
    ("language", "least"),
    [("en-US", 2), ("en-GB", 2), ("fr-FR", 3), ("de-DE", 1), ("es-ES", 2), ("it-IT", 2)],
)
def test_every_promised_language_has_its_voices(language, least):
    """French, British and American English, German, Spanish and Italian can all be read."""
    assert sum(voice.language == language for voice in VOICES) >= least


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.name)
def test_every_voice_has_what_its_engine_and_its_publisher_need(voice):
    """The files of its engine, a licence, a line of credit, and its engine's sample rate."""
    assert {file.role for file in voice.files} == ROLES[voice.engine]
    assert voice.licence
    assert voice.credit
    assert voice.sample_rate == (24_000 if voice.engine is Engine.KOKORO else 22_050)
    assert voice.size == sum(file.size for file in voice.files)


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_every_file_can_be_checked_and_comes_only_from_where_it_may(file):
    """A sha256, or the publisher's list; and only https and packages pinned by hash."""
    assert (file.sha256 is None) != (file.listing is None)
    assert file.sources
    for source in file.sources:
        if isinstance(source, UrlSource):
            assert source.url.startswith("https://")
            assert allowed(source.url)
        else:
            assert isinstance(source, PackageSource)
            assert source.parts


def test_the_default_voices_need_no_more_than_a_package_index():
    """The voices of a fresh machine come from packages first, and their hashes are known."""
    for name in ("en_US-joe-medium", "ff_siwis"):
        for file in find(name).files:
            assert isinstance(file.sources[0], PackageSource)
            assert file.sha256


def test_kokoro_voices_share_one_model():
    """One model, one style each: a second voice costs half a megabyte."""
    kokoro = [voice for voice in VOICES if voice.engine is Engine.KOKORO]
    assert len({file.filename for voice in kokoro for file in voice.files if file.role is Role.MODEL}) == 1
    assert len({file.filename for voice in kokoro for file in voice.files if file.role is Role.STYLE}) == len(kokoro)


def test_nothing_is_defined_in_vain():
    """Every file belongs to a voice and every package holds a file."""
    raw = tomllib.loads(TEXT)
    assert set(raw["files"]) == set(FILES)
    used = {
        part.distribution.name
        for file in FILES.values()
        for source in file.sources
        if isinstance(source, PackageSource)
        for part in source.parts
    }
    assert set(raw["packages"]) == used


def test_a_hash_that_was_not_verified_is_said_to_be_so():
    """Each file without a sha256 says so in the catalogue itself."""
    unverified = sum(file.sha256 is None for file in FILES.values())
    assert TEXT.count('verify = "voices.json"  # sha256 not verified') == unverified > 0


def test_a_voice_is_found_by_its_name():
    """The catalogue finds it, and as a mapping gives the same."""
    assert find("ff_siwis") is load_catalogue()["ff_siwis"]
    assert find("fr_FR-upmc-medium").speaker == "jessica"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("siwis", "ff_siwis or fr_FR-siwis-medium"),
        ("en_us-jo-medium", "en_US-joe-medium"),
        ("FF_SIWI", "ff_siwis"),
    ],
)
def test_a_name_that_is_nearly_right_is_put_right(typed, meant):
    """The hint names what was probably meant."""
    with pytest.raises(UnknownVoice, match="no voice is called") as raised:
        find(typed)
    assert meant in raised.value.hint


@pytest.mark.parametrize("typed", ["", "zzzzzz"])
def test_a_name_like_no_other_leads_to_the_list(typed):
    """Nothing is suggested where nothing is near."""
    with pytest.raises(UnknownVoice) as raised:
        find(typed)
    assert "vivavoce voices list" in raised.value.hint


def test_the_key_in_the_publishers_list_is_the_address_below_it(tmp_path):
    """voices.json names files as they lie below its own folder."""
    (file,) = load_catalogue(write(tmp_path, hash='verify = "voices.json"'))["anna"].files
    assert file.listing is not None
    assert file.listing.key == "anna.onnx"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"hash": ""}, "needs either"),
        ({"hash": f'sha256 = "{"0" * 64}"\nverify = "voices.json"'}, "needs either"),
        ({"hash": 'sha256 = "abc"'}, "sha256"),
        ({"hash": 'verify = "voices.json"', "source": 'url = "https://else.example/a"'}, "no address below"),
        ({"source": 'parts = [{ package = "lost", member = "m" }]'}, "'lost' is named but not defined"),
        ({"source": ""}, "either a url or parts"),
        ({"files": 'files = ["lost.onnx"]'}, r"'lost\.onnx' is named but not defined"),
        ({"extra": "speed = 2"}, "speed"),
        ({"extra": "["}, "line"),
    ],
)
def test_a_catalogue_that_contradicts_itself_is_refused(tmp_path, changes, reason):
    """The message names the file and what is wrong in it."""
    with pytest.raises(CatalogueError, match=rf"catalogue\.toml.*{reason}"):
        load_catalogue(write(tmp_path, **changes))
