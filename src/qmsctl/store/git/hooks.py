"""The hooks of a repository that qmsctl puts in place and takes away again; never anybody else's."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from qmsctl.errors import Refusal
from qmsctl.mend import advice, command
from qmsctl.mend_words import shell_word
from qmsctl.message import _
from qmsctl.store.git.repository import Git
from qmsctl.store.machine import files
from qmsctl.value import dataclass

_MARK = b"# qmsctl "
_KEPT = ".before-qmsctl"


@dataclass(frozen=True, slots=True)
class Hook:
    """One hook of a repository: ``pre-commit`` where people work, ``pre-receive`` where they push to."""

    path: Path

    @property
    def name(self) -> str:
        """What git calls it."""
        return self.path.name

    @property
    def kept(self) -> Path:
        """Where the hook goes that was there before."""
        return self.path.with_name(f"{self.name}{_KEPT}")

    def is_there(self) -> bool:
        """True for any hook of this name, a link among them."""
        return os.path.lexists(self.path)

    def is_ours(self) -> bool:
        """True for a script that qmsctl wrote: its second line says so."""
        if not self.path.is_file() or self.path.is_symlink():
            return False
        lines = self.path.read_bytes().split(b"\n", 2)
        return len(lines) > 1 and lines[1].startswith(_MARK)

    def install(self, script: str, *, force: bool = False) -> None:
        """Put ``script`` in place; with ``force`` beside another's hook, which is kept under another name.

        Raises ``Refusal`` with nothing changed.
        """
        foreign = self.is_there() and not self.is_ours()
        if foreign and not force:
            raise Refusal(
                _("there is another {hook} hook here: {path}", hook=self.name, path=str(self.path)),
                command("hook install", force=True).in_order_to(_("to take its place and keep it as {kept}", kept=self.kept.name)),
            )
        if foreign and os.path.lexists(self.kept):
            raise Refusal(_("{path} exists already.", path=str(self.kept)), advice(_("rename or delete it, and run the command again")))
        new = self.path.with_name(f"{self.name}.qmsctl-tmp")
        try:
            self.path.parent.mkdir(exist_ok=True)
            new.unlink(missing_ok=True)
            files.write_new(new, script.encode(), 0o777)
            if foreign:
                os.replace(self.path, self.kept)
            os.replace(new, self.path)
        except OSError as error:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            raise files.unwritable(str(self.path), error) from error

    def uninstall(self) -> None:
        """Take our script away, and put back what it took the place of. Raises ``Refusal`` where it is not ours."""
        if not self.is_ours():
            raise Refusal(
                _("there is no {hook} hook of qmsctl here", hook=self.name),
                advice(_("see what is there: {command}", command=f"ls -l {shell_word(str(self.path.parent))}")),
            )
        try:
            if os.path.lexists(self.kept):
                os.replace(self.kept, self.path)
            else:
                self.path.unlink()
        except OSError as error:
            raise files.unwritable(str(self.path), error) from error


def hook_of(git: Git) -> Hook:
    """The hook that judges what enters this repository.

    Raises ``Refusal`` where its configuration sends git elsewhere for hooks: nothing is written there.
    """
    hook = Hook(git.common_dir.resolve() / "hooks" / ("pre-receive" if git.top is None else "pre-commit"))
    elsewhere = _hooks_path(git)
    if elsewhere:
        raise Refusal(
            _("git takes its hooks from {folder} here (core.hooksPath), where qmsctl writes nothing", folder=elsewhere),
            command("hook install", dry_run=True).then(advice(_("put what it shows into {folder}/{hook}", folder=elsewhere, hook=hook.name))),
        )
    return hook


def _hooks_path(git: Git) -> str | None:
    """``core.hooksPath`` as people have set it; qmsctl itself gives git one on every command line."""
    asked = ("config", "-z", "--show-scope", "--get-all", "core.hooksPath")
    words = (git.plumbing.ask(*asked, user_config=True) or b"").decode("utf-8", "surrogateescape").split("\0")
    found = [path for scope, path in zip(words[::2], words[1::2], strict=False) if scope != "command"]
    return found[-1] if found else None
