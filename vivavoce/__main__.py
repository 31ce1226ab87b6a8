"""`python -m vivavoce`, the same as `vivavoce`."""

from vivavoce.cli import main

if __name__ == "__main__":
    main()
