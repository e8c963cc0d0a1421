"""A PostgreSQL of its own for the tests: a folder in /tmp, a socket in it, no port, a password that is thrown away with it."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "province"


def programs() -> Path | None:
    """The folder of the newest PostgreSQL that Debian installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda each: int(each.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def cluster() -> Iterator[Path]:
    """The folder of a server that runs: ``socket`` is where it listens, ``pgpass`` who may. Its texts are in Vietnamese order."""
    bin_ = programs()
    assert bin_ is not None
    folder = Path(tempfile.mkdtemp(prefix="qmsctl-postgres-", dir="/tmp"))
    as_nobody: list[str] = []
    try:
        (folder / "socket").mkdir()
        password = secrets.token_hex(16)
        (folder / "password").write_text(password)
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            as_nobody = [shutil.which("setpriv") or "setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
            for each in (folder, folder / "socket", folder / "password"):
                os.chown(each, owner.pw_uid, owner.pw_gid)
        order = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=vi"]
        made = ["initdb", "-D", f"{folder}/data", "-U", USER, "--auth=scram-sha-256", f"--pwfile={folder}/password", "--no-sync", *order]
        subprocess.run([*as_nobody, bin_ / made[0], *made[1:]], check=True, capture_output=True, cwd=folder)
        (folder / "pgpass").write_text(f"*:*:*:*:{password}\n")
        (folder / "pgpass").chmod(0o600)
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen([*as_nobody, bin_ / "postgres", "-D", folder / "data", "-k", folder / "socket", "-c", "listen_addresses=", "-c", "fsync=off"], stdout=log, stderr=log, cwd=folder)
        try:
            _wait(folder, server)
            yield folder
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)
    finally:
        shutil.rmtree(folder)


def _wait(folder: Path, server: subprocess.Popen[bytes]) -> None:
    for _each in range(100):
        if "ready to accept connections" in (folder / "log").read_text(errors="replace"):
            return
        assert server.poll() is None, (folder / "log").read_text(errors="replace")
        time.sleep(0.1)
    raise TimeoutError((folder / "log").read_text(errors="replace"))
