"""What can be missing when a sound file is to be written."""

from articles.errors import ExitCode, VivavoceError


class EncoderError(VivavoceError):
    """A wanted kind of sound file cannot be made by this installation; the message says which part is missing."""

    exit_code = ExitCode.USAGE
