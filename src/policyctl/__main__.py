"""The process edge: `policyctl` and `python -m policyctl`."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line and exits with its code. `--version` is answered before anything is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from policyctl import __version__

        sys.stdout.write(f"policyctl {__version__}\n")
        return
    from policyctl.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
