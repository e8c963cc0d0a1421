"""A QR code as it is drawn."""

from __future__ import annotations

from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class QrSquares:
    """A QR code of ``size`` by ``size`` squares, those around it that stay white among them; ``path`` is what is black, as SVG writes it."""

    size: int
    path: str
