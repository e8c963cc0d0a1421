"""Pages to PDF: by the browser that is there, headless and without a network, else by WeasyPrint (the extra ``qmsctl[pdf]``)."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import Message, _
from qmsctl.regex import regex
from qmsctl.store.git.scratch import temporary

BROWSER = "QMSCTL_BROWSER"
"""The variable that names a browser, by its path or as it is called."""

OLDEST = 131
"""The first Chromium that prints boxes in the margins of a page."""

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge-stable", "microsoft-edge", "msedge", "chrome", "brave-browser")
_PLACES = {
    "win32": (r"Microsoft\Edge\Application\msedge.exe", r"Google\Chrome\Application\chrome.exe", r"Chromium\Application\chrome.exe"),
    "darwin": ("Google Chrome.app/Contents/MacOS/Google Chrome", "Microsoft Edge.app/Contents/MacOS/Microsoft Edge", "Chromium.app/Contents/MacOS/Chromium"),
}
_OPTIONS = (
    *("--headless=new", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-dev-shm-usage"),
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer"),
)
_SECONDS = 300
_NUMBER = regex(r"(\d+)\.\d+")
_MARK = b"%qmsctl\n"


class Printer(Protocol):
    """What makes PDF of a page."""

    def pdf(self, html: str) -> bytes:
        """The page as it is printed. Raises :class:`RepositoryError` where that fails."""


def find_printer() -> Printer:
    """The printer of this machine. Raises :class:`RepositoryError`, naming what to install, where there is none."""
    names = (os.environ[BROWSER],) if os.environ.get(BROWSER) else tuple(_candidates())
    found = next((path for path in map(shutil.which, names) if path), None)
    version = _version(Path(found)) if found else None
    if found and (version is None or version >= OLDEST):
        return Chromium(Path(found))
    try:
        import weasyprint  # noqa: F401 — slow; only where there is no browser
    except (ImportError, OSError):
        raise _none(found, version) from None
    return WeasyPrint()


def _candidates() -> Iterator[str]:
    yield from _NAMES
    roots = [os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")] if sys.platform == "win32" else ["/Applications"]
    yield from (str(Path(root) / place) for root in roots if root for place in _PLACES.get(sys.platform, ()))


def _none(found: str | None, version: int | None) -> RepositoryError:
    install = _("install Chromium, Chrome or Edge (version {oldest} or newer), name one in {variable}, or: pip install 'qmsctl[pdf]'", oldest=OLDEST, variable=BROWSER)
    if os.environ.get(BROWSER) and not found:
        return RepositoryError(_("there is no browser “{path}”, which {variable} names", path=os.environ[BROWSER], variable=BROWSER), advice(install))
    if found:
        return RepositoryError(_("{path} is version {version}, which cannot print the head on every page", path=found, version=version or "?"), advice(install))
    return RepositoryError(_("there is no browser here that could make the PDF"), advice(install))


def _version(browser: Path) -> int | None:
    """The first number of its version; ``None`` where it does not tell."""
    if sys.platform == "win32":  # there it opens a window when asked
        found = [_NUMBER.fullmatch(".".join(each.name.split(".")[:2])) for each in browser.parent.iterdir()]
        return max((int(each[1]) for each in found if each), default=None)
    with suppress(OSError, subprocess.SubprocessError):
        said = subprocess.run([browser, "--version"], capture_output=True, text=True, errors="replace", timeout=60, check=False).stdout
        match = _NUMBER.search(said)
        return int(match[1]) if match else None
    return None


class Chromium:
    """A browser of the Chromium family, started for each page with a profile that is gone after it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def pdf(self, html: str) -> bytes:
        """The page as it is printed."""
        with temporary(self._room()) as folder:
            page, printed = folder / "page.html", folder / "page.pdf"
            page.write_text(html, encoding="utf-8")
            said = self._run([f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={printed}", page.as_uri()], folder)
            data = printed.read_bytes() if printed.is_file() else b""
        if not data.startswith(b"%PDF-"):
            raise _failed(_("{path} made no PDF: {problem}", path=str(self._path), problem=said or "?"))
        return marked(data)

    def _room(self) -> Path | None:
        """Where its files go: a browser from the snap store sees no temporary folder of the system."""
        return Path.home() if "/snap/" in os.path.realpath(self._path) or os.path.exists(f"/snap/bin/{self._path.name}") else None

    def _run(self, options: Sequence[str], folder: Path) -> str:
        """Run it to its end, with what it lays down for a time in ``folder``, or end it with all it started; the last it said is the answer."""
        root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
        command = [str(self._path), *_OPTIONS, *root, *options]
        own = os.environ | dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(folder))
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=os.name == "posix", env=own)
        try:
            said = process.communicate(timeout=_SECONDS)[1].decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            _end(process)
            raise _failed(_("{path} was not done after {seconds} seconds", path=str(self._path), seconds=_SECONDS)) from None
        except BaseException:
            _end(process)
            raise
        return said.strip().rpartition("\n")[2]


def _failed(message: Message) -> RepositoryError:
    return RepositoryError(message, advice(_("name another browser in {variable}, or print the HTML page from a browser", variable=BROWSER)))


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.communicate()


class WeasyPrint:
    """The library of that name, for machines without a browser."""

    def pdf(self, html: str) -> bytes:
        """The page as it is printed."""
        import weasyprint
        from weasyprint.urls import URLFetcher

        class Inside(URLFetcher):  # type: ignore[misc]  # an extra that need not be there
            """What the page itself holds, and nothing from elsewhere; by ``allowed_protocols`` version 68 takes ``data:`` for none."""

            def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
                if not url.lower().startswith("data:"):
                    raise ValueError(url)
                return super().fetch(url, headers)

        return marked(bytes(weasyprint.HTML(string=html, url_fetcher=Inside()).write_pdf()))


def marked(data: bytes) -> bytes:
    """A PDF with a comment behind its end, by which it is known as ours."""
    return data.rstrip(b"\n") + b"\n" + _MARK


def joined(parts: Sequence[bytes]) -> bytes:
    """Several PDF files as one. Raises :class:`RepositoryError` where pypdf, of the extra ``pdf``, is not installed."""
    try:
        from pypdf import PdfWriter
    except ImportError:
        raise RepositoryError(
            _("several files are joined into one with pypdf, which is not installed"),
            advice(_("to install it: pip install 'qmsctl[pdf]'")),
        ) from None
    writer, found = PdfWriter(), BytesIO()
    for part in parts:
        writer.append(BytesIO(part))
    writer.write(found)
    return marked(found.getvalue())
