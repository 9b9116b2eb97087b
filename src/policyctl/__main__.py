"""The process edge: `policyctl` and `python -m policyctl`."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Runs the command line and exits with its code. `--version` is answered before anything is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from policyctl import __version__

        sys.stdout.write(f"policyctl {__version__}\n")
        return
    gc.set_threshold(
        200_000
    )  # what a start makes stays to the end: looking for garbage in it costs a tenth of the time

    from policyctl import ahead

    try:
        ahead.start(sys.argv[1:])
        from policyctl.cli.main import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before there is a command that could be interrupted
        sys.stderr.write("policyctl: interrupted\n")
        code = 130
    finally:
        ahead.discard()
    sys.exit(code)


if __name__ == "__main__":
    main()
