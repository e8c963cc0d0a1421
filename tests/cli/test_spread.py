"""Options that stand in one value are, to Typer and to a person, options of the command."""

from __future__ import annotations

import inspect
from dataclasses import fields
from importlib import import_module

import pytest
import typer

from qmsctl.cli import options as o
from qmsctl.cli.spread import spread

SIGNING = ("acknowledge", "adopt", "advance", "approve", "reopen", "return_", "review", "submit", "withdraw")


def names(command: object) -> list[str]:
    return list(inspect.signature(command).parameters)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", SIGNING)
def test_every_signing_command_has_the_options_in_one_order(name: str) -> None:
    own = [each for each in names(import_module(f"qmsctl.cli.commands.{name}").command) if each in {f.name for f in fields(o.SignOff)}]
    assert own == [f.name for f in fields(o.SignOff) if f.name in own]
    assert {"by", "role", "basis", "basis_date", "basis_file", "sign", "key"} <= set(own)
    assert names(import_module(f"qmsctl.cli.commands.{name}").command)[-3:] == ["dry_run", "commit", "wait"]


def test_the_command_gets_the_values() -> None:
    seen: list[object] = []

    @spread("comment", *o.NO_RULING)
    def command(context: typer.Context, subject: o.Id, *, options: o.SignOff, ending: o.Ending) -> None:
        seen.extend([subject, options, ending])

    assert names(command) == ["context", "subject", "by", "role", "basis", "basis_date", "basis_file", "sign", "key", "again", "together", "dry_run", "commit", "wait"]
    given = dict.fromkeys(("role", "basis", "basis_date", "basis_file", "key"))
    command(context=None, subject="QT-01", by="lan", sign=True, again=False, together=False, dry_run=True, commit=False, wait=None, **given)
    assert seen == ["QT-01", o.SignOff(by="lan", sign=True), o.Ending(dry_run=True)]


def test_a_command_without_values_is_as_it_was() -> None:
    @spread()
    def command(context: typer.Context, subject: o.Id = "QT-01") -> None: ...

    assert names(command) == ["context", "subject"]
    assert inspect.signature(command).parameters["subject"].default == "QT-01"
