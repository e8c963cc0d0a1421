"""Vietnamese as old fonts have it, letter by letter, independent of what reads it."""

from __future__ import annotations

SMALL = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ"
_VNI = """
aù aø aû aõ aï aê aé aè aú aü aë aâ aá aà aå aã aä
eù eø eû eõ eï eâ eá eà eå eã eä
í ì æ ó ò
où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï
uù uø uû uõ uï ö öù öø öû öõ öï
yù yø yû yõ î ñ
"""
VNI = dict(zip(SMALL, _VNI.split(), strict=True)) | {letter.upper(): each.upper() for letter, each in zip(SMALL, _VNI.split(), strict=True)}
_TCVN3 = bytes.fromhex("b8b5b6b7b9a8bebbbcbdc6a9cac7c8c9cbd0cccecfd1aad5d2d3d4d6ddd7d8dcdee3dfe1e2e4abe8e5e6e7e9acedeaebeceef3eff1f2f4adf8f5f6f7f9fdfafbfcfeae").decode("latin-1")
TCVN3 = dict(zip(SMALL, _TCVN3, strict=True)) | dict(zip("ĂÂÊÔƠƯĐ", "¡¢£¤¥¦§", strict=True))


def in_vni(text: str) -> str:
    """The text as it is in a file whose font is VNI-Times."""
    return "".join(VNI.get(each, each) for each in text)


def in_tcvn3(text: str) -> str:
    """The text as it is in a file whose font is .VnTime; capitals with a tone have only small ones."""
    return "".join(TCVN3.get(each) or TCVN3.get(each.lower(), each) for each in text)
