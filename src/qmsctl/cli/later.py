"""What a command needs only where Typer reads the command line: imported when something of it is used, which annotations alone do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typer

    from qmsctl.cli import options
else:

    class _Later:
        def __init__(self, name: str) -> None:
            self._name = name

        def __getattr__(self, name: str) -> Any:
            from importlib import import_module

            return getattr(import_module(self._name), name)

    typer, options = _Later("typer"), _Later("qmsctl.cli.options")

__all__ = ["options", "typer"]
