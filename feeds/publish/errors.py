"""What can go wrong between this machine and the place that is published to."""

from articles.errors import ExitCode, VivavoceError


class PublishError(VivavoceError):
    """The place cannot be reached, or refuses; the message never holds a password or a key."""

    exit_code = ExitCode.USAGE
