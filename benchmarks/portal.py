"""Measures what a portal costs, whole and after one change, beside a plain site of the same Markdown by Hugo.

    python benchmarks/portal.py --documents 5000 --records 5000

Two offices of one seed: in the first every tenth document is in force, as in the other benchmarks; in the second all
of them are, and for everybody. Each change is made to a folder that is up to date, and of its runs the one counts that
took the least time of processor; a whole build goes to a new folder. Hugo, where it is installed, builds the documents
and records of the first office with three small templates: a page each, and a list of each folder.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

from generate import Tree, lay_down
from run import DAY, QMSCTL, Run, timed

Change = Callable[[Path, int], None]

TEMPLATES = {
    "baseof": """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body>{{ block "main" . }}{{ end }}</body></html>
""",
    "single": """{{ define "main" }}<h1>{{ .Title }}</h1>
<p>{{ .Params.id }}, {{ .Params.unit }}</p>
{{ .Content }}{{ end }}
""",
    "list": """{{ define "main" }}<ul>{{ range .RegularPagesRecursive }}
<li><a href="{{ .RelPermalink }}">{{ .Params.id }} {{ .Title }}</a></li>{{ end }}
</ul>{{ end }}
""",
}
SETTINGS = """baseURL = "https://site.example/"
title = "Site"
disableKinds = ["taxonomy", "term", "RSS", "sitemap"]
"""


def nothing(_office: Path, _number: int) -> None:
    """Nothing is another."""


def a_line(office: Path, number: int) -> None:
    """A line more at the end of a document that is not in force."""
    with (office / "documents/instructions/HD-01.md").open("a", encoding="utf-8") as paper:
        paper.write(f"\nThêm {number}.\n")


def a_title(office: Path, number: int) -> None:
    """Another title of one."""
    path = office / "documents/instructions/HD-02.md"
    path.write_text(path.read_text("utf-8").replace("\ntitle: ", f"\ntitle: {number} ", 1), encoding="utf-8")


def a_record(office: Path, number: int) -> None:
    """A new record."""
    folder = office / "records/complaints"
    text = min(folder.iterdir()).read_text("utf-8").replace("PA-2022-001", f"PA-2027-{number:03d}")
    (folder / f"PA-2027-{number:03d}.md").write_text(text, encoding="utf-8")


CHANGES: Sequence[Change] = (nothing, a_line, a_title, a_record)


def measured(office: Path, rounds: int, words: Sequence[str]) -> Iterator[tuple[str, Run]]:
    """A whole build into a new folder, then builds after changes into that one, by name."""
    site, kept = office.with_name(f"{office.name}-site"), str(office.with_name("cache"))
    command = [*QMSCTL, *DAY, "-C", str(office), "report", "portal", *words, "-o", str(site)]
    timed([*QMSCTL, *DAY, "-C", str(office), "list"], QMSCTL_CACHE="", CI="", XDG_CACHE_HOME=kept)
    numbers = count(1)
    yield "whole", timed(command, QMSCTL_CACHE="", CI="", XDG_CACHE_HOME=kept)
    for change in CHANGES:
        runs = []
        for _round in range(rounds):
            change(office, next(numbers))
            runs.append(timed(command, QMSCTL_CACHE="", CI="", XDG_CACHE_HOME=kept))
        yield (change.__doc__ or "").rstrip("."), min(runs, key=lambda run: run.processor)
    shutil.rmtree(site)


def by_hugo(office: Path, rounds: int) -> Run:
    """The least of several whole builds."""
    site = office.with_name("hugo")
    for folder in ("documents", "records"):
        shutil.copytree(office / folder, site / "content" / folder)
    (site / "layouts/_default").mkdir(parents=True)
    for name, text in TEMPLATES.items():
        (site / f"layouts/_default/{name}.html").write_text(text, encoding="utf-8")
    (site / "config.toml").write_text(SETTINGS, encoding="utf-8")
    command = ["hugo", "--quiet", "-s", str(site), "--cleanDestinationDir"]
    return min((timed(command) for _round in range(rounds)), key=lambda run: run.processor)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line of this file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--records", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        size = chosen.documents, 1, chosen.records
        offices = {
            "staff": (Path(temporary, "office"), Tree(*size), ()),
            "everybody": (Path(temporary, "open"), Tree(*size, 1, "public"), ("--public",)),
        }
        for readers, (office, tree, words) in offices.items():
            lay_down(office, tree.files())
            print(f"For {readers}: seconds of processor, on the clock, processor over that of the whole\n")
            whole = None
            for name, run in measured(office, chosen.rounds, words):
                whole = whole or run
                print(f"{name:60} {run.processor:7.2f} {run.wall:7.2f}   1/{whole.processor / run.processor:.1f}")
            if readers == "staff" and whole and shutil.which("hugo"):
                peer = by_hugo(office, chosen.rounds)
                ratio = whole.processor / peer.processor
                print(f"{'Hugo, whole':60} {peer.processor:7.2f} {peer.wall:7.2f}   {ratio:.1f} times its processor")
            print()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
