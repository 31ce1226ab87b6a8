"""What can go wrong between this machine and a cluster's."""

from articles.errors import ExitCode, VivavoceError


class ClusterError(VivavoceError):
    """The cluster cannot be used, or not any more; what it has read so far is kept."""

    exit_code = ExitCode.USAGE


class WorkerLacksVoice(ClusterError):
    """A worker has not the voice that is asked for, or another one under its name."""

    exit_code = ExitCode.MISSING_VOICE


GO_ON = "run the same command to go on: what was read so far is kept"
"""The hint where nothing but trying again later helps."""


def gone(trouble: str) -> ClusterError:
    """A cluster that worked, and cannot go on."""
    return ClusterError(f"the cluster cannot go on: {trouble}", hint=GO_ON)


def reason(error: Exception) -> str:
    """What a library says went wrong, in one line."""
    lines = str(error).splitlines()
    return lines[0] if lines else type(error).__name__
