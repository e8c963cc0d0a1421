"""``qmsctl report``: HTML reports that need no network."""

from __future__ import annotations


