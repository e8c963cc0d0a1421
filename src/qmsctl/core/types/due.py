"""What falls due in a record, as its type says it under ``due``."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.office.duration import Duration
from qmsctl.message import Label
from qmsctl.value import dataclass
from qmsctl.value import field as kept


@dataclass(frozen=True, slots=True)
class Due:
    """One kind of thing to be done by a day.

    The day, or a period that ends on it, stands in the field ``field``, or in the first filled one of ``columns`` of
    the data block ``block``: of its latest row, or of every row with the values of ``where`` in which no column of ``unless`` has a value. With ``every`` (a duration, or a field that holds
    one) it is that long after the day that stands there, or in the field ``since`` while the block has no row;
    ``grace`` later it is late. With ``setting``, a key of :data:`PERIODS` in ``qms.yaml``, it is as long after that day as is given
    there for the value of the field ``by``, and never where nothing is given; the rows of the block ``moved_by`` move it. Such a day
    is for the whole of a record, and takes the place of no next step. It counts in ``states`` (none named: in all that are not final), for records
    whose fields have the values of ``when``; with ``latest_of`` only for the latest of the records that have
    the same texts in those fields. ``owner`` is the field, or column, that says whose it is. It is done by going
    to the state ``to``, or by giving the fields ``sets`` and a ``row`` of that block.
    """

    label: Label
    when: Mapping[str, tuple[str, ...]]
    field: str | None = None
    block: str | None = None
    columns: tuple[str, ...] = ()
    every: str | None = None
    since: str | None = None
    grace: Duration | None = None
    states: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = kept(default_factory=dict)
    latest_of: tuple[str, ...] | None = None
    owner: str | None = None
    to: str | None = None
    sets: tuple[str, ...] = ()
    row: str | None = None
    setting: str | None = None
    by: str | None = None
    moved_by: str | None = None
