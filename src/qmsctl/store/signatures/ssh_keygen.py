"""Signing with ``ssh-keygen``: the person's key stays where it is, in a file, an agent or a security key."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from qmsctl.core.keys.ssh_key import PublicKey, key_of_bytes, read_key
from qmsctl.core.keys.ssh_signature import NAMESPACE
from qmsctl.core.keys.ssh_wire import WireReader, WireRefused, from_base64
from qmsctl.errors import Refusal
from qmsctl.mend import HOLE, advice
from qmsctl.mend_words import shell_word
from qmsctl.message import Message, _
from qmsctl.store.git.scratch import temporary
from qmsctl.value import dataclass

_PRIVATE_BEGIN, _PRIVATE_END = "-----BEGIN OPENSSH PRIVATE KEY-----", "-----END OPENSSH PRIVATE KEY-----"
_PRIVATE_MAGIC = b"openssh-key-v1\0"
_KEY_LIMIT = 64 * 1024
_WRONG_PASSPHRASE = "incorrect passphrase"  # noqa: S105 — what ssh-keygen says
_LITERAL = "key::"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key to sign with: ``file`` holds it, or its public half; ``None`` where only the agent has it."""

    public: PublicKey
    file: Path | None = None


def key_in(file: Path) -> SigningKey:
    """The key in a private or public key file. Raises ``Refusal`` where no key can be read from it."""
    for candidate in (file, file.with_name(f"{file.name}.pub")):
        found = _public(_text(candidate))
        if found is not None:
            return SigningKey(found, file)
    if not file.is_file():
        raise Refusal(_("there is no key file {path}", path=str(file)), advice(_("see which there are: {command}", command="ls ~/.ssh")))
    raise Refusal(
        _("{path} holds no key of OpenSSH that can sign here", path=str(file)),
        advice(
            _("where it is a private key in another format, write its public half beside it: {command}",
              command=f"ssh-keygen -y -f {shell_word(str(file))} > {shell_word(f'{file}.pub')}"),
        ),
    )


def named_key(setting: str) -> SigningKey | None:
    """The key that git's ``user.signingKey`` names: a file, or a public key; ``None`` for a key of another program."""
    literal = read_key(setting.removeprefix(_LITERAL))
    if literal is not None:
        return SigningKey(literal)
    file = Path(setting).expanduser()
    return key_in(file) if file.is_file() else None


def agent_keys() -> tuple[PublicKey, ...]:
    """The keys the agent holds; none where there is no agent."""
    try:
        done = _run(["ssh-add", "-L"], capture=True)
    except FileNotFoundError:
        return ()
    found = map(read_key, done.stdout.decode("utf-8", "replace").splitlines())
    return tuple(key for key in found if key is not None)


def sign(key: SigningKey, contents: Mapping[str, bytes], *, watched: bool = False, namespace: str = NAMESPACE) -> Mapping[str, bytes]:
    """A signature for each of ``contents``, which are the LF bytes of files by any name.

    ``ssh-keygen`` asks for a passphrase, a PIN or a touch on the terminal; ``watched`` says that a person sees
    what it writes to standard error. Raises ``Refusal``.
    """
    with temporary() as folder:
        files = {name: Path(folder, f"{number}") for number, name in enumerate(contents)}
        for name, file in files.items():
            file.write_bytes(contents[name])
        holder = key.file or Path(folder, "key.pub")
        if key.file is None:
            holder.write_text(f"{key.public.text}\n", encoding="ascii")
        command = ["ssh-keygen", "-Y", "sign", "-n", namespace, "-f", str(holder.absolute())]
        command += ["-U"] if key.file is None else []
        # A security key asks for a touch on stderr, and only where that is a terminal.
        capture = not (key.public.is_on_hardware and watched)
        try:
            done = _run([*command, *map(str, files.values())], capture=capture)
        except FileNotFoundError:
            raise Refusal(
                _("ssh-keygen is not installed, so nothing can be signed; nothing was written"),
                advice(_("install the OpenSSH client, 8.2 or newer: {command}", command="apt install openssh-client")),
            ) from None
        if done.returncode != 0:
            raise _refused(key, (done.stderr or b"").decode("utf-8", "replace"))
        return {name: file.with_name(f"{file.name}.sig").read_bytes() for name, file in files.items()}


def _run(command: list[str], *, capture: bool) -> subprocess.CompletedProcess[bytes]:
    pipe = subprocess.PIPE if capture else None
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {"LC_ALL": "C"}
    return subprocess.run(command, stdout=pipe, stderr=pipe, env=own, check=False)


def _refused(key: SigningKey, said: str) -> Refusal:
    """Why ssh-keygen did not sign."""
    lines = said.strip().splitlines()
    where = str(key.file) if key.file else key.public.fingerprint
    if _WRONG_PASSPHRASE in said:
        return Refusal(
            _("the passphrase of the key {key} is wrong, or there is no terminal to ask for it; nothing was written", key=where),
            advice(
                _("run the command again on a terminal, or load the key into the agent first: {command}", command=f"ssh-add {shell_word(where)}"),
            ),
        )
    reason: Message | str = lines[-1] if lines else _("ssh-keygen gave no reason")
    return Refusal(
        _("the key {key} did not sign: {reason}; nothing was written", key=where, reason=reason),
        advice(_("try it alone: {command}", command=f"ssh-keygen -Y sign -n qmsctl -f {shell_word(where)} {shell_word(HOLE)}")),
    )


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(_KEY_LIMIT).decode("utf-8", "replace")
    except OSError:
        return ""


def _public(text: str) -> PublicKey | None:
    """The public key in the text of a public key file, or in the open part of a private one."""
    lines = text.split()
    if text.startswith(_PRIVATE_BEGIN):
        body = text.removeprefix(_PRIVATE_BEGIN).partition(_PRIVATE_END)[0]
        return _open_part("".join(body.split()))
    return read_key(text.strip().partition("\n")[0]) if lines else None


def _open_part(body: str) -> PublicKey | None:
    """``PROTOCOL.key`` of OpenSSH: cipher, key derivation and its options come before the public key."""
    try:
        reader = WireReader(from_base64(body))
        if reader.take(len(_PRIVATE_MAGIC)) != _PRIVATE_MAGIC:
            return None
        for _part in range(3):
            reader.string()
        reader.integer()
        return key_of_bytes(reader.string())
    except WireRefused:
        return None
