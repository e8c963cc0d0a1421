"""``check``, ``todo`` and ``status`` take time in proportion to an office, whichever of its parts is large."""

from __future__ import annotations

import pytest

from qmsctl.core.attention import Kind, attention
from qmsctl.core.engine import run
from qmsctl.core.listing import rows
from qmsctl.core.tasks.tasks import tasks
from qmsctl.rules import all_rules
from tests.growth.measure import Work, grows_evenly
from tests.growth.offices import OFFICES
from tests.office import library_of


@pytest.mark.parametrize("name", OFFICES)
def test_an_office_is_checked_and_listed_in_linear_time(name: str) -> None:
    make, size = OFFICES[name]

    def work(count: int) -> Work:
        files = make(count)

        def check() -> None:
            library = library_of(files)
            for found in run(library, all_rules()).diagnostics:
                str(found.message), str(found.mend)
            list(rows(library)), list(tasks(library)), attention(library, "lan").count(Kind.LATE)

        return check

    grows_evenly(work, size)
