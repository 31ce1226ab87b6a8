"""The bill of materials of a release, as CycloneDX JSON beside its wheel: packages, and voices that can be fetched.

`python -m release.sbom dist/vivavoce-1.0-py3-none-any.whl` writes dist/vivavoce-1.0.cdx.json. The same wheel, lock file
and catalogue give the same bytes: there is no time in it, and its serial number is made from what it says.
"""

import json
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.utils import parse_wheel_filename

from articles.files import sha256_of
from audio.listening.models import Model, listening_model
from release.licences import Rules, licence_of, load_rules
from release.lock import Locked, locked
from voices.catalogue import AssetFile, CatalogueVoice, Role, load_catalogue

_NAMESPACE = uuid.UUID("5f0c9d52-8f0e-4c39-9b1e-2f6a1a6e7c01")  # for serial numbers; any fixed one does


def bill(wheel: Path, packages: tuple[Locked, ...], rules: Rules) -> str:
    """The bill as JSON text. Files that several voices share are in it once."""
    voices, models = tuple(load_catalogue().values()), listening_model()
    name, version, _, _ = parse_wheel_filename(wheel.name)
    bom = Bom()
    bom.metadata.component = main = Component(
        type=ComponentType.APPLICATION,
        name=str(name),
        version=str(version),
        bom_ref=str(name),
        purl=PackageURL("pypi", None, str(name), str(version)),
        hashes=[_sha256(sha256_of(wheel))],
        licenses=[LicenseFactory().make_from_string("GPL-3.0-or-later")],
    )
    parts = [_package(each, rules) for each in packages]
    parts += _voice_parts(voices)
    parts += (_model_part(models, file) for file in models.files)
    bom.components.update(parts)
    bom.register_dependency(main, parts)
    told = json.loads(JsonV1Dot6(bom).output_as_string())
    del told["serialNumber"], told["metadata"]["timestamp"]
    serial = uuid.uuid5(_NAMESPACE, json.dumps(told, sort_keys=True))
    return (
        json.dumps(told | {"serialNumber": f"urn:uuid:{serial}"}, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    )


def _package(locked: Locked, rules: Rules) -> Component:
    """One pinned package; the hashes are those of all its files in the lock, of which pip takes one."""
    expression = licence_of(locked.name, rules)
    return Component(
        type=ComponentType.LIBRARY,
        name=locked.name,
        version=locked.version,
        bom_ref=f"{locked.name}=={locked.version}",
        purl=PackageURL("pypi", None, locked.name, locked.version),
        hashes=[_sha256(digest) for digest in locked.sha256],
        licenses=[LicenseFactory().make_from_string(expression)] if expression else [],
        properties=[Property(name="vivavoce:marker", value=locked.marker)] if locked.marker else [],
    )


def _voice_parts(voices: tuple[CatalogueVoice, ...]) -> Iterator[Component]:
    """Each file of each voice: optional, as it is fetched only when somebody installs the voice."""
    files: dict[str, tuple[AssetFile, list[CatalogueVoice]]] = {}
    for voice in voices:
        for file in voice.files:
            files.setdefault(file.filename, (file, []))[1].append(voice)
    for file, readers in files.values():
        names = " ".join(voice.name for voice in readers)
        yield _file(file, f"voice:{file.filename}", names, {voice.licence for voice in readers})


def _model_part(model: Model, file: AssetFile) -> Component:
    """A file of the model that listens, fetched with `voices install --listen`."""
    return _file(file, f"model:{model.name}/{file.filename}", model.name, {model.licence})


def _file(file: AssetFile, ref: str, names: str, licences: set[str]) -> Component:
    checked = "sha256" if file.sha256 else "the size and md5 that its publisher's voices.json names at install"
    return Component(
        type=ComponentType.MACHINE_LEARNING_MODEL if file.role is Role.MODEL else ComponentType.DATA,
        name=file.filename,
        bom_ref=ref,
        scope=ComponentScope.OPTIONAL,
        hashes=[_sha256(file.sha256)] if file.sha256 else [],
        licenses=[LicenseFactory().make_from_string(each) for each in sorted(licences)],
        properties=[
            Property(name="vivavoce:part_of", value=names),
            Property(name="vivavoce:size_bytes", value=str(file.size)),
            Property(name="vivavoce:checked_by", value=checked),
        ],
    )


def _sha256(digest: str) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=digest)


def main(arguments: list[str]) -> int:
    """Write the bill of each wheel named; 0."""
    for wheel in map(Path, arguments):
        name, version, _, _ = parse_wheel_filename(wheel.name)
        path = wheel.with_name(f"{name}-{version}.cdx.json")
        path.write_text(bill(wheel, locked(), load_rules()), encoding="utf-8")
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
