"""What ``qmsctl audit`` writes: a programme for a year, the audits of it, checklists and findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from qmsctl.core.auditing.programme import TYPE as PROGRAMME
from qmsctl.core.auditing.programme import Programme, propose
from qmsctl.core.auditing.questions import Questions, Say, lines
from qmsctl.core.auditing.scope import scope
from qmsctl.core.auditing.weight import AUDIT, FINDING
from qmsctl.core.block_rows import Cell, with_cell, with_rows
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.frozen_text import text_of
from qmsctl.core.intake import Noted
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.creation import Body, create, usable_type
from qmsctl.core.lifecycle.intake import log
from qmsctl.core.lifecycle.signing import record
from qmsctl.core.made_from import first_filled
from qmsctl.core.model import Item
from qmsctl.core.nodes import texts
from qmsctl.core.splice import Value, flow
from qmsctl.errors import Refusal, UsageError
from qmsctl.message import Message, _

CHECKLIST = "audit-checklist"
_PLANNABLE = ("approved", "running")
