"""Which encoders are installed: another version may code the same sound otherwise."""

from importlib.metadata import PackageNotFoundError, version

from audio.containers import Container

_PACKAGES = {Container.MP3: "lameenc"}
_ANY_OTHER = "av"


def coder_version(container: Container) -> str:
    """The name and version of the package that codes the sound of such files; "none" where it is not installed."""
    package = _PACKAGES.get(container, _ANY_OTHER)
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} none"
