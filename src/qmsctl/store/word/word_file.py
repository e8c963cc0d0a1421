"""The paper of a document as a Word file: the extra ``qmsctl[office]``.

It is made of the page, so that no word is in one that is not in the other. It is for reference: it bears no stamp.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO

from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.store.outputs.steady_zip import steady
from qmsctl.store.word.blocks import Writer
from qmsctl.store.word.layout import WordHead, lay_out
from qmsctl.store.word.tree import tree


def word_file(html: str, head: WordHead, day: date, lang: str) -> bytes:
    """The file: the same bytes for the same page. Raises :class:`RepositoryError` where python-docx is not installed."""
    try:
        from docx import Document
    except ImportError:
        raise RepositoryError(
            _("a Word file is made with python-docx, which is not installed"),
            advice(_("to install it: pip install 'qmsctl[office]'")),
        ) from None
    document = Document()
    lay_out(document, head, day, lang)
    writer = Writer(document)
    for main in tree(html).all("main"):
        writer.blocks(main.inside)
    found = BytesIO()
    document.save(found)
    return steady(found.getvalue())
