"""What a writing command says: while it is at work, and what it did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qmsctl.message import Message, _

if TYPE_CHECKING:
    from qmsctl.acts.done import Done
    from qmsctl.cli.voice import Voice
    from qmsctl.core.edit import Edit
    from qmsctl.errors import QmsError
    from qmsctl.store.writing.holder import Holder


class Telling:
    """Tells the person at the terminal, on standard error. An interrupted command is told of once."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._is_told = False
        self.is_watched = voice.terminal.stderr

    def interrupted(self, doubt: QmsError | None) -> None:
        """An earlier command was interrupted, and this one leaves it so; for ``doubt`` the next one will, too."""
        if not self._is_told and doubt is not None:
            self._voice.warn(doubt.message, doubt.mend)
        elif not self._is_told:
            self._voice.say(_("an earlier command was interrupted; the next one that writes finishes its change first"))
        self._is_told = True

    def finished(self, paths: Sequence[str], commit: str | None, doubt: QmsError | None) -> None:
        """What an earlier command left half done is done now, but for what ``doubt`` says."""
        if paths:
            self._voice.say(_("an earlier command was interrupted; its change is finished now: {paths}", paths=tuple(paths)))
        tell_commit(self._voice, commit)
        if doubt is not None:
            self._voice.warn(doubt.message, doubt.mend)
        self._is_told = True

    def waits(self, holder: Holder) -> None:
        """Another command writes."""
        self._voice.say(_(
            "another qmsctl command is writing here: {command}, process {pid} of {user}, since {since}; this one waits for its turn",
            command=holder.command, pid=holder.pid, user=holder.user, since=holder.since,
        ))

    def touch(self, count: int) -> None:
        """The security key blinks."""
        self._voice.say(_("touch the security key when it blinks, once for each of {count} sign-off(s)", count=count))


def tell(voice: Voice, done: Done) -> None:
    """Say what was done, or would be, and print the paths that were written."""
    if done.proposed:
        _tell_proposal(voice, done)
    elif done.edit.changes_nothing:
        voice.say(_("nothing changes: it is so already"))
    else:
        tell_written(voice, done.edit, done.commit)
    for remark in (*done.edit.remarks, *_reopened(done)):
        voice.say(remark)
    if done.commit:
        _tell_taken(voice, done)


def _reopened(done: Done) -> Iterator[Message]:
    """Of texts that were in review and are others now: what was signed stays with what they were."""
    before = done.library.before
    names = [path.rpartition("/")[2].removesuffix(".md") for path in done.edit.subjects] if before else []
    for name in names:
        if before and before.standing(name).working == "in-review" and done.library.standing(name).working == "draft":
            yield _("{id} was submitted as it was before; the changed text has to be submitted again", id=name)


def _tell_taken(voice: Voice, done: Done) -> None:
    edits = tuple(path for path in done.taken if path in done.edit.subjects)
    proofs = tuple(path for path in done.taken if path not in edits)
    if edits:
        voice.say(_("with your edits in {paths}", paths=edits))
    if proofs:
        voice.say(_("with what was in no commit yet: {paths}", paths=proofs))


def tell_opened(voice: Voice, done: Done) -> None:
    """Say what a text that may be changed again lacks by the rules of today."""
    from qmsctl.mend import command

    for path in dict.fromkeys(each.path for each in done.uncovered):
        count = sum(each.path == path for each in done.uncovered)
        voice.say(_("{path} was taken in as it was; the rules of today find {count} error(s) in it, to be mended now that it is open:"
                      " {command}", path=path, count=count, command=command("check", path)))


def _tell_proposal(voice: Voice, done: Done) -> None:
    from qmsctl.core.comparison.edit_diff import edit_diff

    voice.print(edit_diff(done.edit))
    for path, key in done.edit.promised.items():
        voice.say(_("{path} would be signed with the key {key}", path=path, key=key.fingerprint))
    _tell_taken(voice, done)
    voice.say(_("nothing was written (--dry-run)"))


def tell_written(voice: Voice, edit: Edit, commit: str | None) -> None:
    """Say what was done and in which commit it is, if it is in one, and print the paths that were written."""
    voice.wrote = (*voice.wrote, *(change.path for change in edit.changes))
    voice.say(edit.summary)
    tell_commit(voice, commit)
    for change in edit.changes:
        voice.print(voice.words(change.path))


def tell_commit(voice: Voice, commit: str | None) -> None:
    """Say in which commit it is, if it is in one."""
    if commit:
        voice.say(_("committed as {commit}", commit=commit[:10]))


def tell_signed(voice: Voice, done: Done, *, opened: bool = False) -> None:
    """The same, and what the sign-offs lead to. Raises :class:`LeftOut` where some of several could not be signed."""
    from qmsctl.core.lifecycle.outcome import outcome

    tell(voice, done)
    for message in () if done.proposed else outcome(done.library, done.edit):
        voice.say(message)
    if opened:
        tell_opened(voice, done)
    if done.left is not None:
        raise done.left
