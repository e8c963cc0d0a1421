"""Why a file that others wrote is not taken in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from qmsctl.errors import Refusal
from qmsctl.message import Message, _


class Unfit(Refusal):
    """One file is left aside; its sentence says why, and the others go on."""

    def told(self) -> dict[str, object]:
        """The sentence as it goes from one process to another."""
        return {"text": self.message.text, "params": dict(self.message.params)}


def unfit(told: Mapping[str, object]) -> Unfit:
    """The refusal that :meth:`Unfit.told` told of."""
    params = told["params"]
    assert isinstance(params, dict)
    return Unfit(Message(str(told["text"]), params))


@contextmanager
def in_part(name: str) -> Iterator[None]:
    """Where a part of a file is read: whatever a package raises on bytes of others is said of that part."""
    try:
        yield
    except (Unfit, MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001 — it concerns this part alone
        raise Unfit(_("its part “{name}” could not be read: open the file in the program that made it, and save it anew", name=name)) from None
