"""A text as a QR code, for a letter or a copy on paper: the extra ``qmsctl[letter]``."""

from __future__ import annotations

from qmsctl.core.text.qr_squares import QrSquares

_QUIET = 4


def qr_data_uri(text: str) -> str | None:
    """The code as the address of an image that holds it; ``None`` where the package is not installed."""
    try:
        import segno
    except ImportError:
        return None
    return str(segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=4, dark="#000"))


def qr_code(text: str) -> QrSquares | None:
    """The code as squares; ``None`` where the package is not installed."""
    try:
        import segno
    except ImportError:
        return None
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    black = ((x, y) for y, row in enumerate(rows, _QUIET) for x, dark in enumerate(row, _QUIET) if dark)
    return QrSquares(len(rows) + 2 * _QUIET, "".join(f"M{x} {y}h1v1h-1z" for x, y in black))
