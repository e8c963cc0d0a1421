"""What Spark and PostgreSQL are told, without either; that they answer alike is for ``make engines``."""

from __future__ import annotations

import pytest
import sqlglot

from qmsctl.core.fleet.tables import OWN, TABLES
from qmsctl.store.fleet.dialects import in_dialect
from qmsctl.store.fleet.engine import reason
from qmsctl.store.fleet.metrics import metrics, query_of
from qmsctl.store.fleet.postgres import definitions, head_of, headed
from qmsctl.store.fleet.spark import is_url, parts, schema_of
from qmsctl.store.fleet.spark_session import address, cause, settings


@pytest.mark.parametrize("name", metrics())
def test_a_metric_stands_behind_its_tables(name: str) -> None:
    """Values are numbered one after another; a table of an agency is read as far as it counts."""
    (tree,) = sqlglot.parse(headed(head_of(), in_dialect(query_of(name), "postgres")), read="postgres")
    assert tree is not None
    names = [each.alias for each in tree.find_all(sqlglot.exp.CTE)]
    assert len(names) == len(set(names))
    assert {*TABLES.values(), *OWN} < set(names)
    assert sum(map(len, OWN.values())) + 2 == head_of().count("$")


def test_tables_are_made_by_names_of_ours_and_texts_sort_by_their_bytes() -> None:
    for table, made in definitions().items():
        create, *_index = sqlglot.parse(made, read="postgres")
        assert isinstance(create, sqlglot.exp.Create)
        assert create.find(sqlglot.exp.Table).sql() == f"qmsctl.{table}"  # type: ignore[union-attr]
        assert made.count(" text") == made.count('text COLLATE "C"') + made.count("text NOT NULL")


def test_spark_is_told_files_that_mean_themselves() -> None:
    assert parts("file:///kho [1]{a,b}*", ["case/x.parquet"]) == ["file:///kho \\[1\\]\\{a,b\\}\\*/case/x.parquet"]
    assert schema_of({"count": "BIGINT", "agency": "VARCHAR"}) == "`count` BIGINT, `agency` STRING"
    assert (is_url("s3a://bucket/lake"), is_url("lake"), is_url("C:\\lake")) == (True, False, False)


def test_spark_listens_for_nobody_else_where_it_runs_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPARK_REMOTE", raising=False)
    assert settings("local[4]")["spark.driver.bindAddress"] == "127.0.0.1"
    assert settings("yarn")["spark.ui.enabled"] == "false"
    assert "spark.driver.host" not in settings("yarn")
    assert settings("sc://host") == {}
    assert (address("sc://host/;user_id=x"), address("sc://host:9"), address("yarn"), address("sc://host:x"), address("")) == (("host", 15002), ("host", 9), None, None, None)
    monkeypatch.setenv("SPARK_REMOTE", "sc://host")
    assert (settings(""), address(""), address("yarn")) == ({}, ("host", 15002), None)


@pytest.mark.parametrize(("said", "told"), [
    ('WARNING: modules\nException in thread "main" X: Master must be\n\tat Y', 'Exception in thread "main" X: Master must be'), ("JAVA_HOME is not set\n", "JAVA_HOME is not set"), ("\n", ""),
])
def test_of_what_java_says_the_cause_is_told(said: str, told: str) -> None:
    assert cause(said) == told


@pytest.mark.parametrize(("said", "told"), [("\n  first\nsecond", "first"), ("a\x1b[31mb", "a\\u001b[31mb"), ("", "ValueError"), ("while calling o1.text.\n: java.lang.X: no\n\tat java", "java.lang.X: no"), ("x" * 999, "x" * 300)])
def test_one_line_is_told_of_what_an_engine_says(said: str, told: str) -> None:
    assert reason(ValueError(said)) == told
