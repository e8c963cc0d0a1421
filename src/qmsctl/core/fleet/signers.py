"""The signers a province allows: OpenSSH's ``allowed_signers``, each principal the code of an agency, the comment its name."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from qmsctl.core.fleet.manifest import NAMESPACE, is_agency
from qmsctl.core.keys.ssh_key import PublicKey, read_key
from qmsctl.core.office.config import Period
from qmsctl.errors import Refusal
from qmsctl.mend import advice
from qmsctl.message import Message, _
from qmsctl.regex import regex
from qmsctl.value import dataclass

_BLANKS = regex(r"[ \t]+")
_DAY = regex(r"(\d{8})(\d{4}(?:\d\d)?)?Z?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Signer:
    """A key of an agency; ``start`` and ``end`` are the days between which it may be used."""

    agency: str
    name: str
    key: PublicKey
    start: date | None = None
    end: date | None = None

    def may_sign(self, day: date) -> bool:
        """True on the days on which the key counts."""
        return Period(self.start, self.end).covers(day)


@dataclass(frozen=True, slots=True)
class Signers:
    """All keys. One key is that of one agency; an agency may have several."""

    all: tuple[Signer, ...]

    @property
    def agencies(self) -> Mapping[str, str]:
        """The names of the agencies by their codes."""
        return {each.agency: each.name for each in reversed(self.all)}

    def of(self, key: PublicKey, day: date) -> Signer | None:
        """Whose key it is, by a line that counts on ``day`` if there is one."""
        own = [each for each in self.all if each.key == key]
        return next((each for each in own if each.may_sign(day)), own[0] if own else None)


def read_signers(text: str, path: str) -> Signers:
    """The signers in a file. Raises ``Refusal`` for a line that cannot be read: nobody is let in by a guess."""
    found = tuple(_signers(text, path))
    owners: dict[PublicKey, str] = {}
    for each in found:
        if owners.setdefault(each.key, each.agency) != each.agency:
            raise Refusal(_("{path} has one key for two agencies, {one} and {other}", path=path, one=owners[each.key], other=each.agency))
    folded: dict[str, str] = {}
    for each in found:
        if folded.setdefault(each.agency.casefold(), each.agency) != each.agency:
            raise Refusal(_("{path} writes the code of one agency in two ways, {one} and {other}", path=path, one=folded[each.agency.casefold()], other=each.agency))
    return Signers(found)


def _signers(text: str, path: str) -> Iterator[Signer]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.strip().startswith("#"):
            found = _signer(" ".join(_BLANKS.split(line.strip())))
            if isinstance(found, Message):
                raise Refusal(
                    _("line {line} of {path} cannot be read: {reason}", line=number, path=path, reason=found),
                    advice(_('a line such as: T25.001 namespaces="qmsctl-fleet" ssh-ed25519 AAAA… Name of the agency')),
                )
            if found is not None:
                yield found


def _signer(line: str) -> Signer | Message | None:
    """The signer of a line, what is wrong with it, or ``None`` where the key is for another purpose."""
    code, _blank, rest = line.strip().partition(" ")
    if not is_agency(code):
        return _("“{code}” is no code of an agency", code=code)
    try:
        options = "" if read_key(rest.strip()) else _options(rest)
    except ValueError:
        return _("its quotation marks do not end")
    words = rest.strip().removeprefix(options).strip()
    key = read_key(words)
    if key is None:
        return _("it has no public key of OpenSSH")
    return _with_options(Signer(code, " ".join(words.split()[2:]) or code, key), options)


def _options(rest: str) -> str:
    """The first word as the shell would part them, quotation marks and all."""
    lexer = shlex.shlex(rest.strip(), posix=False, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters = True, ""
    return lexer.get_token() or ""


def _with_options(signer: Signer, options: str) -> Signer | Message | None:
    parts = re.findall(r'[a-z-]+(?:="[^"]*")?', options)
    given = dict(part.partition("=")[::2] for part in parts)
    if len(given) < len(parts):
        return _("it has an option twice")
    if given.keys() - {"namespaces", "valid-after", "valid-before"}:
        return _("it has an option that is not known here: {option}", option=min(given.keys() - {"namespaces", "valid-after", "valid-before"}))
    named = given.get("namespaces", f'"{NAMESPACE}"').strip('"').split(",")
    start, end = _day(given.get("valid-after", "")), _last_day(given.get("valid-before", ""))
    if ("valid-after" in given and start is None) or ("valid-before" in given and end is None):
        return _("its days are not written as 20260131")
    return Signer(signer.agency, signer.name, signer.key, start, end) if NAMESPACE in named else None


def _last_day(text: str) -> date | None:
    """The last day with a moment before this one: without an hour that is the day before (ssh-keygen(1), ALLOWED SIGNERS)."""
    day, found = _day(text), _DAY.fullmatch(text.strip('"'))
    return day - timedelta(days=1) if day and found and not (found[2] or "").strip("0") and day > date.min else day


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text.strip('"'))
    try:
        return datetime.strptime(found[1], "%Y%m%d").date() if found else None  # noqa: DTZ007 — a day has no zone
    except ValueError:
        return None
