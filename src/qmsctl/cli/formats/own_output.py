"""By what an output of qmsctl is known again, so that the next one may take its place.

Reports and most formats name their maker; a list of GitLab's has the keys that only this shape has, and a check in
lines ends with its sum.
"""

from __future__ import annotations

import re
from functools import cache

from qmsctl.cli.formats.check_text import COUNTS
from qmsctl.cli.language import LANGUAGES
from qmsctl.regex import regex
from qmsctl.store.shipped.catalogue import translator

_MAKERS = tuple(
    regex(pattern, re.DOTALL)
    for pattern in (
        rb'\s*<!doctype html>.*?<meta name="generator" content="qmsctl [^"<>]*">',
        rb"BEGIN:VCALENDAR\r?\n(?:[A-Z-]+[:;][^\r\n]*\r?\n)*?PRODID:-//qmsctl//",
        rb'(?:<\?xml [^>]*\?>\s*)?<testsuite name="qmsctl"',
        rb'\{\s*"source":\s*\{\s*"name":\s*"qmsctl"\s*\}',
        rb'\{\s*"\$schema":[^,]*,\s*"version":\s*"2\.1\.0",\s*"runs":\s*\[\s*\{\s*"tool":\s*\{\s*"driver":\s*\{\s*"name":\s*"qmsctl"',
        rb'\{\s*"v":\s*\d+,\s*"maker":\s*"qmsctl"',
        rb'\{\s*"version":\s*1,\s*"summary":\s*\{\s*"errors":\s*\d+,\s*"warnings":\s*\d+,(?:\s*"notes":\s*\d+,)?\s*"files":\s*\d+,\s*"ignored":\s*\d+',
        rb'\[\s*\{\s*"description":\s*"(?:[^"\\]|\\.)*",\s*"check_name":\s*"[a-z-]+",\s*"fingerprint":\s*"[0-9a-f]{64}"',
        rb"\[\s*\]\s*\Z",
    )
)

_PAPERS = ((b"%PDF-", regex(rb"\n%qmsctl\n\Z")), (b"PK\x03\x04", regex(rb"<dc:creator>qmsctl</dc:creator>")),
           (b"PK\x03\x04", regex(rb"(?s)PK\x01\x02.*diagnostic\.jsonl.*PK\x01\x02.*manifest\.json.*tthc\.jsonl")))
"""How a PDF, a Word or Excel file and rows for the body above begin, and what ours have at their end."""


def is_own_output(head: bytes, tail: bytes) -> bool:
    """True for the beginning and the end of a file that is like what a command of qmsctl puts out."""
    if any(maker.match(head) for maker in _MAKERS) or any(head.startswith(begins) and ends.search(tail) for begins, ends in _PAPERS):
        return True
    last = tail.decode("utf-8", "replace").rstrip("\n").rpartition("\n")[2]
    return any(sum_.search(last) for sum_ in _sums())


@cache
def _sums() -> tuple[re.Pattern[str], ...]:
    """The last line of a check, in every language."""
    texts = (translator(lang)(COUNTS.text) for lang in LANGUAGES)
    return tuple(re.compile(re.sub(r"\\\{\w+\\\}", r"\\d+", re.escape(text))) for text in texts)
