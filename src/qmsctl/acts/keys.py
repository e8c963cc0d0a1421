"""Signing with a key: which sign-offs of an edit are to be signed, by which key, and the signatures themselves."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from qmsctl.acts.occasion import Occasion
from qmsctl.acts.teller import Teller
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.keys.ssh_key import PublicKey
from qmsctl.core.library import Library
from qmsctl.core.reading import is_frozen_copy, parse
from qmsctl.core.text.nodes import texts
from qmsctl.errors import Refusal
from qmsctl.mend import Hole, addition, advice, git
from qmsctl.message import _
from qmsctl.store.place import Place
from qmsctl.store.signatures import ssh_keygen
from qmsctl.store.signatures.ssh_keygen import SigningKey
from qmsctl.value import dataclass, field, replace

ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Signing:
    """What was said of signing: that it is ``wanted``, or only with which ``key``."""

    wanted: bool = False
    key: Path | None = None

    @property
    def asked(self) -> bool:
        """True where either was said."""
        return self.wanted or self.key is not None


class Promise(NamedTuple):
    """An edit, and the key that signs what it promises."""

    edit: Edit
    key: SigningKey | None = None


@dataclass(frozen=True, slots=True)
class Signatures:
    """Signatures that were made, by the key and the bytes they are of: what is signed once need not be again."""

    made: Mapping[tuple[PublicKey, bytes], bytes] = field(default_factory=dict)

    def cover(self, edit: Edit) -> bool:
        """True if everything that ``edit`` promises has been signed."""
        return all(each in self.made for each in _promised(edit).values())

    def on(self, library: Library, edit: Edit) -> Edit:
        """``edit`` with the signatures that it promised, which must be there."""
        signed = {f"{path}.sig": self.made[each] for path, each in _promised(edit).items()}
        changes = tuple(_change(library, path, armoured) for path, armoured in signed.items())
        return replace(edit, changes=(*edit.changes, *changes), promised={})

    def with_those_of(self, library: Library, promise: Promise, teller: Teller) -> Signatures:
        """These, and those that are missing to what was promised; the person is asked for them here.

        Raises ``Refusal`` where the key does not sign.
        """
        missing = {path: each for path, each in _promised(promise.edit).items() if each not in self.made}
        if promise.key is None or not missing:
            return self
        if promise.key.public.is_on_hardware:
            teller.touch(len(missing))
        armoured = ssh_keygen.sign(promise.key, {path: data for path, (_key, data) in missing.items()}, watched=teller.is_watched)
        for path, (key, data) in missing.items():
            said = library.outside.verify(data, armoured[path])
            if said.problem is not None or said.key != key:
                raise Refusal(
                    _("the key {key} made a signature that does not fit; nothing was written", key=key.fingerprint),
                    advice(said.problem) if said.problem else None,
                )
        return Signatures({**self.made, **{each: armoured[path] for path, each in missing.items()}})


def promised(occasion: Occasion, library: Library, edit: Edit, signing: Signing) -> Promise:
    """``edit`` with the promise that its sign-offs will be signed, if they are to be.

    Raises ``Refusal`` where there is no key to do it with.
    """
    signers = {c.path: _signer(c, library) for c in edit.changes if c.before is None and _is_signoff(c.path)}
    if signing.asked and not signers:
        raise Refusal(_("this step asks for no sign-off, so there is nothing to sign"), advice(_("leave out --sign and --key")))
    if signing.asked and any(len(each.people) > 1 for each in signers.values()):
        raise Refusal(
            _("a signature is that of one person, but this sign-off is by several"),
            advice(_("let each sign alone")).or_else(addition(basis_file=Hole("file")).in_order_to(_("show the signed sheet"))),
        )
    own = library.config.sign == ALWAYS and all(each.signs_alone for each in signers.values())
    if not signers or not (signing.asked or own):
        return Promise(edit)
    key = chosen(occasion, library, next(iter(signers.values())).people[0], signing.key)
    return Promise(replace(edit, promised=dict.fromkeys(signers, key.public)), key)


class _Signer(NamedTuple):
    """Whom a new sign-off names, and who entered it for them."""

    people: tuple[str, ...]
    entered_by: str | None

    @property
    def signs_alone(self) -> bool:
        return len(self.people) == 1 and self.entered_by is None


def _signer(change: FileChange, library: Library) -> _Signer:
    fields = parse(change.path, change.after or b"", library.types).fields
    return _Signer(texts(fields.entries.get("by")), fields.text("entered_by")) if fields else _Signer((), None)


def _is_signoff(path: str) -> bool:
    return path.startswith("signoffs/") and path.endswith(".md") and not is_frozen_copy(path)


def _promised(edit: Edit) -> Mapping[str, tuple[PublicKey, bytes]]:
    """The key and the bytes of every sign-off that is to be signed, by its path."""
    contents = {change.path: change.after for change in edit.changes if change.after is not None}
    return {path: (key, contents[path]) for path, key in edit.promised.items()}


def _change(library: Library, path: str, armoured: bytes) -> FileChange:
    return FileChange(path, library.outside.read(path) if path in library.files else None, armoured)


def chosen(occasion: Occasion, library: Library, person: str, given: Path | None) -> SigningKey:
    """The key of ``--key``, of git's ``user.signingKey``, or the one key of the signer that the agent holds."""
    return _named(occasion.place, given) or _from_agent(occasion, library, person)


def key_to_sign(place: Place, given: Path | None) -> SigningKey:
    """The key of ``--key``, or of git's ``user.signingKey``, for what is signed in the name of the office. Raises ``Refusal``."""
    found = _named(place, given)
    if found is None:
        raise Refusal(
            _("there is no key to sign with: git's user.signingKey names none"),
            addition(key=Hole("file")).in_order_to(_("name one")).or_else(git("config", "user.signingKey", Hole("file")).in_order_to(_("once for all"))),
        )
    return found


def _named(place: Place, given: Path | None) -> SigningKey | None:
    if given is not None:
        return ssh_keygen.key_in(given.expanduser())
    setting = place.git.signing_key() if place.git else None
    return ssh_keygen.named_key(setting) if setting else None


def _from_agent(occasion: Occasion, library: Library, signer: str) -> SigningKey:
    person = library.people.get(signer)
    name = person.name if person else signer
    day = occasion.moment(library).date()
    own = {key.public for key in person.keys if key.revoked is None or key.revoked > day} if person else set()
    held = [key for key in ssh_keygen.agent_keys() if key in own]
    if len(held) == 1:
        return SigningKey(held[0])
    if held:
        raise Refusal(
            _("the agent holds several keys of {name}: {keys}", name=name, keys=tuple(key.fingerprint for key in held)),
            addition(key=Hole("file")).in_order_to(_("say which")).or_else(git("config", "user.signingKey", Hole("file"))),
        )
    raise Refusal(
        _("there is no key to sign with: git's user.signingKey names none, and the agent holds none of {name}", name=name),
        addition(key=Hole("file")).in_order_to(_("name one"))
        .or_else(git("config", "user.signingKey", Hole("file")).in_order_to(_("once for all")))
        .or_else(advice(_("a new one is made with: {command}", command="ssh-keygen -t ed25519"))),
    )
