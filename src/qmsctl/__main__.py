"""The entry point: errors become exit codes in ``cli``, and nowhere else.

What needs no command is answered before one is imported.
"""

from __future__ import annotations

import os
import sys

from qmsctl import __version__

_INTERRUPTED = 130


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, 1, 2, 3, 4 or 130."""
    try:
        if argv is not None:
            return _answered(argv)
        _speak_utf8()
        _look_nowhere_relative()
        code = _answered(sys.argv[1:])
        _leave_without_looking_back()
    except KeyboardInterrupt:  # while the commands were imported, or an error was told
        return _interrupted()
    return code


def _answered(arguments: list[str]) -> int:
    answer = _known(arguments)
    lost = _print(answer) if answer is not None else None
    if answer is not None and lost is None:
        return 0
    _collect_rarely()
    from qmsctl.cli.app import run

    return run(arguments, lost)


def _speak_utf8() -> None:
    """Begin again in Python's UTF-8 mode where the locale would have it misread words and the names of files."""
    if sys.getfilesystemencoding().lower() != "utf-8" and "PYTHONUTF8" not in os.environ and os.name != "nt":
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, "PYTHONUTF8": "1"})  # noqa: S606 — this very program


def _look_nowhere_relative() -> None:
    """Take out of ``PATH`` what depends on the current folder: that is an office, and there may be a ``git`` in it."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    os.environ["PATH"] = os.pathsep.join(folder for folder in folders if os.path.isabs(folder.strip('"'))) or os.devnull  # noqa: PTH117 — pathlib costs start-up


def _interrupted() -> int:
    from contextlib import suppress

    with suppress(OSError, ValueError, AttributeError, KeyboardInterrupt):
        print("\ninterrupted", file=sys.stderr)
    return _INTERRUPTED


def _collect_rarely() -> None:
    """A library is one large tree that lives as long as the command: looking for garbage in it is half the time.

    Of what it takes to import the commands it is a tenth.
    """
    import gc

    gc.set_threshold(1_000_000, 50, 100)


def _leave_without_looking_back() -> None:
    """Where a process ends Python looks for garbage in all that is there, which took a fifth of every command."""
    if "gc" in sys.modules:
        import gc

        gc.freeze()


def _known(arguments: list[str]) -> str | None:
    """What was known when qmsctl was built."""
    if arguments == ["--version"]:
        return f"qmsctl {__version__}\n"
    if arguments[-1:] not in (["--help"], ["-h"]):
        return None
    from qmsctl.cli.prepared import help_page

    return help_page(arguments)


def _print(text: str) -> Exception | None:
    """What keeps it from being printed, which the commands put into words."""
    try:
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
        sys.stdout.write(text)
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError) as error:
        return error
    return None


if __name__ == "__main__":
    sys.exit(main())
