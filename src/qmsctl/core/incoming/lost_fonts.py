"""Texts whose old font is no longer named: whether they read as Vietnamese is a guess, and only ever proposed."""

from __future__ import annotations

import unicodedata

from qmsctl.core.incoming.old_fonts import Encoding, decoded
from qmsctl.regex import regex

_WORD = regex(r"[^\W\d_]+")
_TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")
_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên "
    "iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong op ot ô ôc ôi ôm "
    "ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uynh uyt uơ ư ưa ưc ưi ưm ưng "
    "ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu"
)
_SYLLABLE = regex(rf"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?(?:{'|'.join(sorted(_RHYMES.split(), key=len, reverse=True))})")
_ENOUGH = 12
"""So many words with a letter beyond ASCII are to be there before anything is said."""
_BAD, _GOOD = 0.5, 0.9


def likely_encoding(text: str) -> Encoding | None:
    """The encoding in which ``text`` reads as Vietnamese, where as it stands it does not; ``None`` for a text that is what it shows."""
    words = [word for word in _WORD.findall(text.replace("\xad", "\u01b0")) if not word.isascii()][:500]
    if len(words) < _ENOUGH or _share(words) >= _BAD:
        return None
    shares = {each: _share([decoded(word.replace("\u01b0", "\xad"), each) for word in words]) for each in (Encoding.TCVN3, Encoding.VNI)}
    best = max(shares, key=lambda each: shares[each])
    return best if shares[best] > _GOOD else None


def _share(words: list[str]) -> float:
    """How many of the words are syllables of Vietnamese, of one."""
    return sum(_SYLLABLE.fullmatch(_toneless(word)) is not None for word in words) / len(words)


def _toneless(word: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", word.casefold()).translate(_TONES))
