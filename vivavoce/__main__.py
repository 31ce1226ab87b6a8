"""`vivavoce`, and `python -m vivavoce`: the way in, which is ready to be stopped before it imports anything else."""

import os
import signal


def main() -> None:
    """Run the command line. Ctrl-C or SIGTERM while it is imported ends in a line and with 130, as at any time."""
    signal.signal(signal.SIGTERM, _end)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else it is ignored, as in a shell's background
        signal.signal(signal.SIGINT, _end)
    from vivavoce import cli

    cli.main()


def _end(*_: object) -> None:
    # What is raised inside an import may come out of it as another error; and there is nothing to tidy up.
    os.write(2, b"vivavoce: stopped; nothing was begun\n")
    os._exit(130)


if __name__ == "__main__":
    main()
