"""The entry point: errors become exit codes here, and nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, 1, 2, 3, 4 or 130.

    ``--version`` alone is answered before anything else is imported.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments == ["--version"]:
        from qmsctl import __version__

        print(f"qmsctl {__version__}")
        return 0
    from qmsctl.cli.app import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
