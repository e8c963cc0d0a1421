"""A headless Chromium spoken to through a pipe, with the standard library alone."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

CHROMIUM = shutil.which("chromium")

_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
]


class Browser:
    """One Chromium with one page; what the page said and loaded is in ``events``."""

    def __init__(self, profile: Path) -> None:
        to_read, self._out = os.pipe()
        self._in, to_write = os.pipe()
        moved = f'exec 3<&{to_read} 4>&{to_write}; exec "$@"'
        command = ["bash", "-c", moved, "bash", str(CHROMIUM), *_OPTIONS, f"--user-data-dir={profile}"]
        self._process = subprocess.Popen(
            command, pass_fds=(to_read, to_write), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        os.close(to_read)
        os.close(to_write)
        self._buffer = b""
        self._count = 0
        self.events: list[dict[str, Any]] = []
        target = self._send("Target.createTarget", {"url": "about:blank"}, None)["targetId"]
        attached = self._send("Target.attachToTarget", {"targetId": target, "flatten": True}, None)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_why: object) -> None:
        with contextlib.suppress(OSError, EOFError):
            self._send("Browser.close", {}, None)
        os.close(self._out)
        os.close(self._in)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Run a command of the DevTools protocol in the page."""
        return self._send(method, params, self._session)

    def open(self, path: Path, width: int, height: int = 900) -> None:
        """Show a file in a window of this size and wait until it is loaded."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        self.events.clear()
        self.call("Page.navigate", url=path.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.events.append(next(self._messages()))

    def visit(self, address: str, width: int, until: str | None = None) -> None:
        """Show an address in a window of this width, and wait for the page; ``until`` is where others lead on to."""
        self.resize(width)
        self.events.clear()
        self.call("Page.navigate", url=address)
        while not self._is_at(until or address):
            time.sleep(0.01)

    def resize(self, width: int) -> None:
        """A window of this width."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600)

    def after(self, script: str) -> None:
        """Do what leads to another page, and wait for it."""
        self.events.clear()
        self.evaluate("window.before = true")
        self.evaluate(script)
        while self.evaluate("window.before || document.readyState !== 'complete'") is not False:
            time.sleep(0.01)

    def _is_at(self, address: str) -> bool:
        return bool(self.evaluate(f"location.href === {json.dumps(address)} && document.readyState === 'complete'"))

    def evaluate(self, script: str) -> Any:
        """The value of a script's expression in the page."""
        return self.call("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def screenshot(self) -> bytes:
        """The window as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot")["data"])

    def pdf(self) -> bytes:
        """The page as it is printed."""
        found = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(found["data"])

    def requests(self) -> list[str]:
        """The addresses the page asked for since it was opened, itself aside."""
        sent = [e["params"] for e in self.events if e["method"] == "Network.requestWillBeSent"]
        return [each["request"]["url"] for each in sent if each.get("type") != "Document"]

    def complaints(self) -> list[str]:
        """What the page wrote to the console: errors, and breaches of its policy."""
        said = [e["params"]["entry"]["text"] for e in self.events if e["method"] == "Log.entryAdded"]
        thrown = [str(e["params"]) for e in self.events if e["method"] == "Runtime.exceptionThrown"]
        return said + thrown

    def _send(self, method: str, params: dict[str, Any], session: str | None) -> dict[str, Any]:
        self._count += 1
        message = {"id": self._count, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        for answer in self._messages():
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise RuntimeError(answer["error"])
                found: dict[str, Any] = answer["result"]
                return found
            self.events.append(answer)
        raise EOFError

    def _messages(self) -> Iterator[dict[str, Any]]:
        while True:
            while b"\0" not in self._buffer:
                data = os.read(self._in, 1 << 16)
                if not data:
                    raise EOFError("the browser is gone")
                self._buffer += data
            message, _zero, self._buffer = self._buffer.partition(b"\0")
            yield json.loads(message)
