"""``--sign``: which key signs, and the signatures themselves once the rules have let the edit pass."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from qmsctl.cli.session import Session
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.actor import Act
from qmsctl.core.office.config import Person
from qmsctl.core.reading import is_frozen_copy, parse
from qmsctl.core.text.nodes import texts
from qmsctl.errors import Refusal
from qmsctl.message import _
from qmsctl.store.loading import Place
from qmsctl.store.ssh_keygen import SigningKey, agent_keys, key_in, named_key, sign

ALWAYS = "always"


@dataclass
class Signing:
    """What was said of signing, ``wanted`` or only a ``key``, and the key that was found."""

    wanted: bool = False
    key: Path | None = None
    found: SigningKey | None = None

    def promise(self, place: Place, library: Library, act: Act, edit: Edit) -> Edit:
        """``edit`` with the promise that its sign-offs will be signed, if they are to be.

        Raises ``Refusal`` where there is no key to do it with.
        """
        asked = self.wanted or self.key is not None
        signers = {c.path: _signers(c, library) for c in edit.changes if c.before is None and _is_signoff(c.path)}
        if asked and not signers:
            raise Refusal(_("this step asks for no sign-off, so there is nothing to sign"), _("leave out --sign and --key"))
        if asked and any(len(each) > 1 for each in signers.values()):
            raise Refusal(
                _("a signature is that of one person, but this sign-off is by several"),
                _("let each sign alone, or show the signed sheet: --basis-file FILE"),
            )
        own = library.config.sign == ALWAYS and act.actor.entered_by is None
        if not asked and not (own and all(each == (act.actor.person,) for each in signers.values())):
            return edit
        if signers:
            self.found = _chosen(place, library, act, self.key)
            edit = replace(edit, promised=dict.fromkeys(signers, self.found.public))
        return edit

    def fulfil(self, session: Session, library: Library, edit: Edit) -> Edit:
        """``edit`` with the signatures it promised. Raises ``Refusal`` where the key does not sign."""
        if self.found is None or not edit.promised:
            return edit
        if self.found.public.is_on_hardware:
            session.say(_("touch the security key when it blinks, once for each of {count} sign-off(s)", count=len(edit.promised)))
        contents = {c.path: c.after for c in edit.changes if c.path in edit.promised and c.after is not None}
        made = sign(self.found, contents)
        for path, armoured in made.items():
            said = library.outside.verify(contents[path], armoured)
            if said.problem is not None or said.key != self.found.public:
                raise Refusal(
                    _("the key {key} made a signature that does not fit; nothing was written", key=self.found.public.fingerprint),
                    said.problem,
                )
        signatures = tuple(_change(library, f"{path}.sig", armoured) for path, armoured in made.items())
        return replace(edit, changes=(*edit.changes, *signatures), promised={})

    def announce(self, session: Session, edit: Edit) -> None:
        """Say what would be signed, and with which key."""
        for path, key in edit.promised.items():
            session.say(_("{path} would be signed with the key {key}", path=path, key=key.fingerprint))


def _is_signoff(path: str) -> bool:
    return path.startswith("signoffs/") and path.endswith(".md") and not is_frozen_copy(path)


def _signers(change: FileChange, library: Library) -> tuple[str, ...]:
    """Whom the new sign-off names."""
    fields = parse(change.path, change.after or b"", library.types).fields
    return texts(fields.entries.get("by")) if fields else ()


def _change(library: Library, path: str, armoured: bytes) -> FileChange:
    return FileChange(path, library.outside.read(path) if path in library.files else None, armoured)


def _chosen(place: Place, library: Library, act: Act, given: Path | None) -> SigningKey:
    """The key of ``--key``, of git's ``user.signingKey``, or the one key of the signer that the agent holds."""
    if given is not None:
        return key_in(given.expanduser())
    setting = place.git.signing_key() if place.git else None
    named = named_key(setting) if setting else None
    return named or _from_agent(library.people.get(act.actor.person), act)


def _from_agent(person: Person | None, act: Act) -> SigningKey:
    name = person.name if person else act.actor.person
    own = {key.public for key in person.keys if key.revoked is None or key.revoked > act.at.date()} if person else set()
    held = [key for key in agent_keys() if key in own]
    if len(held) == 1:
        return SigningKey(held[0])
    if held:
        raise Refusal(
            _("the agent holds several keys of {name}: {keys}", name=name, keys=tuple(key.fingerprint for key in held)),
            _("say which: --key FILE, or git config user.signingKey FILE"),
        )
    raise Refusal(
        _("there is no key to sign with: git's user.signingKey names none, and the agent holds none of {name}", name=name),
        _("name one, --key ~/.ssh/id_ed25519, or once for all: git config user.signingKey ~/.ssh/id_ed25519.pub; "
          "a new one is made with: ssh-keygen -t ed25519"),
    )  # fmt: skip
