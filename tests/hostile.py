"""A repository whose configuration names a program for everything."""

from __future__ import annotations

from pathlib import Path

from tests.desk import git

HOOKS = (
    "pre-commit",
    "prepare-commit-msg",
    "commit-msg",
    "post-commit",
    "post-index-change",
    "reference-transaction",
    "post-checkout",
    "pre-auto-gc",
    "fsmonitor-watchman",
    "update",
    "pre-receive",
)


def arm(folder: Path, outside: Path, canary: Path) -> None:
    """Let every key that git would run point at a program that writes ``canary``; nothing of it lies in ``folder``.

    The filter, diff and merge drivers are called ``evil``.
    """
    program = outside / "program"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> {canary}\ncat\nexit 0\n')
    program.chmod(0o755)
    for hooks in (folder / ".git/hooks", outside / "hooks"):
        hooks.mkdir(exist_ok=True)
        for hook in HOOKS:
            (hooks / hook).write_text(f'#!/bin/sh\necho "{hook}" >> {canary}\n')
            (hooks / hook).chmod(0o755)
    settings = {
        "core.fsmonitor": program,
        "core.hooksPath": outside / "hooks",
        "core.sshCommand": program,
        "core.gitProxy": program,
        "core.pager": program,
        "core.editor": program,
        "core.askPass": program,
        "core.alternateRefsCommand": program,
        "core.worktree": outside,
        "pager.log": program,
        "pager.rev-list": program,
        "filter.evil.clean": program,
        "filter.evil.smudge": program,
        "filter.evil.process": program,
        "filter.evil.required": "true",
        "diff.external": program,
        "diff.evil.textconv": program,
        "diff.evil.command": program,
        "merge.evil.driver": f"{program} %A",
        "gpg.program": program,
        "gpg.ssh.program": program,
        "gpg.ssh.defaultKeyCommand": program,
        "sequence.editor": program,
        "core.attributesFile": outside / "attributes",
        "include.path": outside / "included",
        "submodule.inner.update": f"!{program}",
        "commit.gpgSign": "true",
        "log.showSignature": "true",
        "credential.helper": program,
        "protocol.ext.allow": "always",
        "protocol.file.allow": "always",
        "remote.origin.url": f"ext::{program}",
        "remote.origin.promisor": "true",
        "remote.origin.uploadpack": program,
        "extensions.partialClone": "origin",
        "core.repositoryFormatVersion": "1",
        "uploadpack.packObjectsHook": program,
        "sendemail.sendmailCmd": program,
        "interactive.diffFilter": program,
        "gc.auto": "1",
        "maintenance.auto": "true",
    }
    (outside / "attributes").write_text("*.txt filter=evil diff=evil\n")
    (outside / "included").write_text(f"[core]\n\tfsmonitor = {program}\n")
    for verb in ("rev-parse", "ls-tree", "cat-file", "update-index", "hash-object", "config"):
        settings[f"alias.{verb}"] = f"!{program}"
    for key, value in settings.items():
        git(folder, "config", key, str(value))
    canary.unlink(missing_ok=True)
