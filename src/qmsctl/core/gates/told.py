"""``told: {block: inputs, texts: [content, note], or: [source, figures]}`` — each row says something of its own.

One of the ``texts`` is a sentence, of three words or more, or holds a figure; where one of the columns under ``or`` is
filled in, the row need not say it in words.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack, label
from qmsctl.core.gates.rows import fill, spans
from qmsctl.core.model import Item
from qmsctl.core.text.nodes import Mapping, Scalar, is_empty
from qmsctl.core.text.words import holds_words
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.message import _
from qmsctl.regex import regex

TAKES = Arguments({
    "block": Argument(Written.TEXT, "block", needed=True),
    "texts": Argument(Written.TEXTS, needed=True),
    "or": Argument(Written.TEXTS),
})

_WORD = regex(r"[^\W\d_]+")
_FIGURE = regex(r"\d")
_SENTENCE = 3
"""“Không phát sinh” and “nothing to report” have as many words."""


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """The rows that say nothing, in one lack."""
    block = arguments["block"]
    bare = [number for number, row in enumerate(item.block_rows(block), 1) if not _says(row, arguments)]
    if bare:
        columns = item.type.blocks[block].keys if block in item.type.blocks else {}
        named = tuple(columns[name].label if name in columns else name for name in arguments.get("or", ()))
        told = {"label": label(item, block), "block": block, "rows": spans(bare)}
        message = (
            _("the table “{label}” ({block}), row {rows}: a sentence or a figure is needed, or one of {columns}", columns=named, **told)
            if named else _("the table “{label}” ({block}), row {rows}: a sentence or a figure is needed", **told)
        )
        yield Lack(message, fill(item, block, bare, arguments["texts"][0]))


def _says(row: Mapping, arguments: Any) -> bool:
    texts = (row.text(name) or "" for name in arguments["texts"])
    if any(_FIGURE.search(text) or len(_WORD.findall(text)) >= _SENTENCE for text in texts):
        return True
    return any(_is_filled(row, name) for name in arguments.get("or", ()))


def _is_filled(row: Mapping, name: str) -> bool:
    node = row.entries.get(name)
    return not is_empty(node) and not (isinstance(node, Scalar) and not holds_words(node.text))
