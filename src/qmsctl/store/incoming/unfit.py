"""Why a file that others wrote is not taken in."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.errors import Refusal
from qmsctl.message import Message


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
