"""Eight new offices: what is laid down, what types say, what is made and reported has no word of the other trade or language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.desk import Desk, qmsctl

DAY = "2026-01-05"
ME = ("--organization", "Works", "--name", "Anna Miller", "--email", "anna@works.example")
WORDS = yaml.safe_load((Path(__file__).parents[1] / "data" / "words_of_trades.yaml").read_text(encoding="utf-8"))
VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
REPORTS = ("audit", "register", "coverage", "processes", "raci", "changes", "training", "objectives")


def foreign(text: str, profile: str, lang: str) -> list[str]:
    """The words that do not belong there, each with what stands around it."""
    found = [match for word in WORDS[profile][lang] for match in re.finditer(rf"(?<!\w){re.escape(word)}", text, re.IGNORECASE)]
    found += VIETNAMESE.finditer(text) if lang == "en" else ()
    return [text[max(0, each.start() - 40) : each.end() + 40] for each in found]


@pytest.fixture(params=[(p, s, g) for p in WORDS for s in ("iso9001-2008", "iso9001-2015") for g in ("en", "vi")], ids="-".join)
def office(request: pytest.FixtureRequest, home: Path, tmp_path: Path) -> tuple[Desk, str, str]:
    profile, standard, lang = request.param
    said = qmsctl("--lang", lang, "--today", DAY, "init", tmp_path / "a", "--profile", profile, "--standard", standard, "--lang", lang, *ME, "--commit")
    assert said.code == 0, said.err
    return Desk(tmp_path / "a", DAY, lang=lang), profile, lang


def test_no_word_of_another_trade_or_language(office: tuple[Desk, str, str], tmp_path: Path) -> None:
    desk, profile, lang = office
    heard = {path: desk.read(path) for path in desk.tree() if path.endswith((".md", ".yaml"))}
    known = desk.run("types").out
    heard["types"] = known
    for name in ("nonconformity", "complaint", "equipment", "competence", "supplier", "procedure", "interested-party"):
        heard[name] = desk.run("types", name).out
    for name, *more in (("procedure",), ("nonconformity",), ("equipment", "--set", "kind=it", "--set", "serial=1", "--set", "location=A1")):
        made = desk.run("new", name, "--title", "X 1", *more).written[0]
        heard[made] = desk.read(made)
    for name in REPORTS:
        desk.run("report", name, "-o", tmp_path / f"{name}.html", code=None)
        heard[f"{name}.html"] = re.sub(r"<(style|script)>.*?</\1>", "", (tmp_path / f"{name}.html").read_text(encoding="utf-8"), flags=re.DOTALL)
    wrong = {path: found for path, text in heard.items() if (found := foreign(text, profile, lang))}
    assert wrong == {}
    assert ("first-article" in known) == (profile == "company")


def test_words_of_another_trade_are_found() -> None:
    assert foreign("Cost to the Citizen", "company", "en")
    assert foreign("Sự không phù hợp", "agency", "en")
    assert not foreign("Price asked of the customer", "company", "en")
