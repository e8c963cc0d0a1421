"""A session of Spark: found or started, quiet, and refused in a sentence. The extra ``qmsctl[spark]``."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from qmsctl.errors import RepositoryError
from qmsctl.mend import Mend, advice
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.store.fleet.engine import not_installed, reason

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_FAULT = regex(r"\b\w*(?:Exception|Error)\b")
_STDERR, _PORT, _PATIENCE = 2, 15002, 10


def spark_session(master: str) -> SparkSession:
    """A session of Spark where ``master`` says, else as Spark is configured. Raises ``RepositoryError`` where there is none to be had."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise not_installed("Spark", "qmsctl[spark]") from None
    remote = address(master)
    if remote is not None:
        _reach(*remote)
    builder = SparkSession.builder.appName("qmsctl")
    if master:
        builder = builder.remote(master) if remote else builder.master(master)
    for name, value in settings(master).items():
        builder = builder.config(name, value)
    with tempfile.TemporaryFile() as told:
        try:
            with _said_into(told.fileno()):
                return builder.getOrCreate()
        except ImportError:
            raise not_installed("Spark Connect", "pyspark[connect]") from None
        except Exception as error:
            told.seek(0)
            said = cause(told.read().decode("utf-8", "replace"))
            raise RepositoryError(
                _("Spark cannot be started or reached: {reason}", reason=said or reason(error)),
                _where(),
            ) from error


def cause(said: str) -> str:
    """The line that tells why, of what Java said when it did not start."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return next((line for line in lines if _FAULT.search(line)), lines[-1] if lines else "")


def address(master: str) -> tuple[str, int] | None:
    """Where a server of Spark Connect listens; ``None`` for a master of another kind, or one that Spark is to make out."""
    found = urlsplit(master or os.environ.get("SPARK_REMOTE", ""))
    with suppress(ValueError):
        if found.scheme == "sc" and found.hostname:
            return found.hostname, found.port or _PORT
    return None


def _reach(host: str, port: int) -> None:
    """Raise ``RepositoryError`` where nobody listens: the client of Spark would try for ten minutes."""
    try:
        socket.create_connection((host, port), _PATIENCE).close()
    except OSError as error:
        raise RepositoryError(_("Spark cannot be started or reached: {reason}", reason=f"{host}:{port}: {reason(error)}"), _where()) from error


def _where() -> Mend:
    return advice(_("it needs Java 17; where it runs is told by --master, {name} or its own configuration", name="SPARK_REMOTE"))


def settings(master: str) -> Mapping[str, str]:
    """What a session that is made here is told: quiet, without a page of its own, and on this machine for nobody but itself."""
    if address(master) or (not master and "SPARK_REMOTE" in os.environ):
        return {}
    here = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"} if master.startswith("local") else {}
    return {"spark.log.level": "OFF", "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", **here}


@contextmanager
def _said_into(descriptor: int) -> Iterator[None]:
    """What Java says when it starts, and all its life, goes into a file."""
    kept = os.dup(_STDERR)
    try:
        os.dup2(descriptor, _STDERR)
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(kept)
