"""Makes what a package holds ready: of all ``locale/<lang>/*.po`` one ``qmsctl.mo``, help pages, compiled templates.

A hatchling build hook; ``python build_catalog.py`` does the same in a checkout.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path("src/qmsctl/locale")


def merged(folder: Path) -> Catalog:
    """One catalogue of all ``.po`` files in ``folder``. Raises ``ValueError`` where two disagree."""
    whole = Catalog(locale=folder.name)
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=folder.name, abort_invalid=True):
                known = whole.get(message.id) if message.id else None
                if known is not None and known.string != message.string:
                    disagreement = f"{path}: “{message.id}” is translated differently elsewhere"
                    raise ValueError(disagreement)
                if message.id:
                    whole.add(message.id, message.string)
    return whole


def compile_all(root: Path) -> None:
    """Write ``LC_MESSAGES/qmsctl.mo`` beside the sources of every language."""
    for folder in sorted(path for path in (root / LOCALE).iterdir() if path.is_dir()):
        target = folder / "LC_MESSAGES" / "qmsctl.mo"
        target.parent.mkdir(exist_ok=True)
        made = target.with_suffix(".new")
        with made.open("wb") as file:
            write_mo(file, merged(folder))
        made.replace(target)


def prepare_help(root: Path) -> None:
    """Have the commands write their help pages into the package."""
    path = os.pathsep.join(filter(None, (str(root / "src"), os.environ.get("PYTHONPATH"))))
    subprocess.run([sys.executable, "-m", "qmsctl.cli.preparing"], env=os.environ | {"PYTHONPATH": path}, check=True)


def make_all(root: Path) -> None:
    """The catalogues first: help speaks their languages."""
    compile_all(root)
    prepare_help(root)


class CustomBuildHook(BuildHookInterface[Any]):
    """Run by hatchling before it packs anything."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make them, so that wheels and editable installs have them."""
        make_all(Path(self.root))


if __name__ == "__main__":
    make_all(Path(__file__).resolve().parent)
    sys.exit(0)
