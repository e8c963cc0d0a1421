"""A text as a QR code, for a letter: the extra ``qmsctl[letter]``."""

from __future__ import annotations


def qr_data_uri(text: str) -> str | None:
    """The code as the address of an image that holds it; ``None`` where the package is not installed."""
    try:
        import segno
    except ImportError:
        return None
    return str(segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=4, dark="#000"))
