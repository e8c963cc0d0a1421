"""What a procedure asks a citizen to pay, as an amount where the words have just one."""

from __future__ import annotations

import re
from decimal import Decimal

from qmsctl.core.model import Item
from qmsctl.core.procedures.procedure_figures import costs
from qmsctl.core.text.characters import fold
from qmsctl.regex import regex
from qmsctl.value import dataclass

_FREE = frozenset(map(fold, ("không", "không thu", "không thu phí", "miễn", "miễn phí", "0", "none", "no fee", "free")))
_AMOUNT = regex(r"(\d{1,3}(?:[.,]\d{3}){1,3}|\d{1,12})(?:[.,](\d{1,2}))?\s*(đồng|đ|vnđ|vnd|[a-z]{3}|[€$£])(?![^\W\d_])", re.IGNORECASE)
_DONG = frozenset(("đồng", "đ", "vnđ", "vnd"))


@dataclass(frozen=True, slots=True)
class Fee:
    """The fees of the ways of applying, as written; ``amount`` is the largest, ``None`` where one cannot be told from the words.

    ``unit`` is the currency, empty where nothing is to be paid; ``highest`` are the words of the largest, or of all where none is known to be.
    """

    texts: tuple[str, ...]
    amount: Decimal | None
    unit: str
    highest: tuple[str, ...]


def fee_of(item: Item) -> Fee | None:
    """The fees of a text; ``None`` where it names none."""
    texts = tuple(dict.fromkeys(cost.fee for cost in costs(item) if cost.fee))
    if not texts:
        return None
    found = [_amount(each) for each in texts]
    units = {unit for amount, unit in filter(None, found) if amount}
    if None in found or len(units) > 1:
        return Fee(texts, None, "", texts)
    amounts = [amount for amount, _unit in filter(None, found)]
    return Fee(texts, max(amounts), next(iter(units), ""), (texts[amounts.index(max(amounts))],))


def _amount(text: str) -> tuple[Decimal, str] | None:
    """The one amount in a text with its currency; nothing where it has several numbers or none."""
    if fold(text.strip(" .")) in _FREE:
        return Decimal(0), ""
    found = list(_AMOUNT.finditer(text))
    if len(found) != 1 or any(each.isdigit() for each in text[: found[0].start()] + text[found[0].end() :]):
        return None
    whole, part, unit = found[0].groups()
    digits = re.sub(r"[.,]", "", whole)
    return Decimal(f"{digits}.{part or 0}").normalize(), "đồng" if unit.casefold() in _DONG else unit.upper()
