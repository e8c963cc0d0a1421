"""Which characters may stand in controlled text."""

from __future__ import annotations

import re
import unicodedata
from itertools import filterfalse

from qmsctl.regex import regex

HIDDEN = regex(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Control characters except tab and line ends, zero-width and direction marks, surrogates, tags."""

ALIKE = str.maketrans(
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχАВЕКМНОРСТУХІЈЅавекмнорстухіјѕԛԝһԁÐðƉɖー一",
    "ABEZHIKMNOPTYXaikvoptuxABEKMHOPCTYXIJSabekmhopctyxijsqwhdĐđĐđ--",
)
"""Greek and Cyrillic letters that nobody tells from these, and what is taken for Đ or a hyphen."""
DIGITS = str.maketrans("oil", "011")
"""Small letters that are read as digits in a number."""

UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
"""What takes no place in a text or an empty one, as the inside of a class of a regular expression."""

LONE_CARRIAGE_RETURN = regex("\r(?!\n)")


_BLANK = regex(rf"[\s{UNSEEN}]*")
_ORDINARY = regex("[\t\n\r -~\xa1-\xac\xae-\u02af\u1ea0-\u1ef9\u2010-\u2027]*")


def is_ordinary(text: str) -> bool:
    """True for a text of plain Latin and Vietnamese letters and signs: nothing hidden, and in form C."""
    return _ORDINARY.fullmatch(text) is not None


def is_blank(text: str) -> bool:
    """True for a text in which nobody sees anything."""
    return not text.strip() or (not text.isascii() and _BLANK.fullmatch(text) is not None)


def hidden(text: str) -> re.Match[str] | None:
    """The first character of ``text`` that a reader cannot see, if any."""
    # Nothing that HIDDEN matches is printable, and asking for that is quicker.
    return None if text.replace("\n", "").isprintable() else HIDDEN.search(text)


def name_of(character: str) -> str:
    """A code point as people write it: ``U+200B ZERO WIDTH SPACE``."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()


def is_nfc(text: str) -> bool:
    """True if ``text`` is in Unicode normalization form C."""
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def visible(text: str) -> str:
    """``text`` with every hidden character written out, safe to print on a terminal."""
    return text if hidden(text) is None else HIDDEN.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def fold(text: str) -> str:
    """The form under which two names count as the same on every file system."""
    return unicodedata.normalize("NFKC", text).casefold()


def unmarked(text: str) -> str:
    """Small letters without their marks, as people type who look for something."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(filterfalse(unicodedata.combining, apart))


def in_ascii(text: str) -> str:
    """Letters without their marks, small and capital; what has no ASCII letter is left out."""
    apart = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    return apart.encode("ascii", "ignore").decode()


_PASSED_OVER = regex("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
"""What HFS+ does not see in a name."""


def name_on_disk(name: str) -> str:
    """What the most lenient file system takes the name of a file or folder for.

    Windows drops spaces and dots at its end and what follows a colon, the name of a stream; macOS passes over
    characters nobody sees; both take small letters for capitals.
    """
    return fold(_PASSED_OVER.sub("", name)).partition(":")[0].rstrip(" .")


def path_on_disk(path: str) -> str:
    """The same for every part of a path."""
    return "/".join(map(name_on_disk, path.split("/")))
