"""What lies in folders, remembered: they are brought back to it, and told from what they were by a digest of what matters.

Two deaths of a command are the same where the same bytes are left by them. The digest is of paths, modes and bytes of the
work tree and of git's folder, and of the keys of journals. What differs by chance alone is left out: random parts
of names, the process in a lock, the secret of a journal (not whether its seal is good), the moments in a reflog, and when
the files of the index were looked at (not whether git would be misled by that).
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from qmsctl.store.writing.journal import Journal

Facts = tuple[int, int, int, int]
"""Of a file its size, inode, and the moments of its last change, in nanoseconds."""
_BY_CHANCE = re.compile(r"(?<=/tmp_obj_)\w{6}|(?<=/tmp_pack_)\w{6}|(?<=/tmp_idx_)\w{6}|(?<=/tmp_rev_)\w{6}|(?<=/tmp_objdir-)\w+-\w{6}|(?<=\.git/qmsctl-)\w{8}|(?<=/\.staged-)\w{16}|[0-9a-f]{8,16}(?=\.qmsctl-tmp)")
_MOMENT = re.compile(rb"> \d{9,} [+-]\d{4}")
_SEAL = re.compile(rb"\n[0-9a-f]{64}\n|\"since\": \"[^\"]*\"")
_STAT, _NAME = 40, 62
"""Where in an entry of git's index what was looked at ends, and where the path begins."""


class _File(NamedTuple):
    mode: int
    facts: Facts
    content: bytes
    digest: bytes


class Memory:
    """What lies below ``folders`` now. A file is taken for what it was by size, times and inode."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._files: dict[str, _File] = {}
        self._files = dict(self._look())
        self.anew: dict[Facts, Facts] = {}
        """Of each file that was brought back, how it looks now, and how it looked then."""

    def digest(self) -> str:
        """The digest of what lies there now."""
        found = sorted((_BY_CHANCE.sub("", path), oct(file.mode), file.digest.hex()) for path, file in self._look())
        return hashlib.sha256(repr(found).encode()).hexdigest()

    def bring_back(self) -> None:
        """Have everything as it was, with the moment of its last change."""
        now = dict(self._look())
        for path in sorted(now.keys() - self._files.keys(), reverse=True):
            _remove(Path(path))
        for path, then in sorted(self._files.items()):
            found = now.get(path)
            if found and found.mode == then.mode and found.facts == then.facts and (stat.S_ISREG(then.mode) or found.content == then.content):
                continue
            if found:
                _remove(Path(path))
            _make(Path(path), then)
            if stat.S_ISREG(then.mode):
                then_looked = self.anew.pop(then.facts, then.facts)
                facts = _facts(os.lstat(path))
                self._files[path] = then._replace(facts=facts)
                self.anew[facts] = then_looked

    def _look(self) -> Iterator[tuple[str, _File]]:
        for folder in filter(Path.is_dir, self._folders):
            yield from self._below(str(folder))

    def _below(self, folder: str) -> Iterator[tuple[str, _File]]:
        for entry in os.scandir(folder):
            found = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(found.st_mode):
                yield entry.path, _File(found.st_mode, (0, 0, 0, 0), b"", b"")
                yield from self._below(entry.path)
            elif stat.S_ISLNK(found.st_mode):
                target = os.fsencode(Path(entry.path).readlink())
                yield entry.path, _File(found.st_mode, (0, 0, 0, 0), target, target)
            else:
                yield entry.path, self._file(entry.path, found)

    def _file(self, path: str, found: os.stat_result) -> _File:
        known, facts = self._files.get(path), _facts(found)
        if known and known.facts == facts and not path.endswith("/.git/index"):
            return known._replace(mode=found.st_mode)
        content = Path(path).read_bytes()
        return _File(found.st_mode, facts, content, hashlib.sha256(_what_matters(path, content)).digest())


def _facts(found: os.stat_result) -> Facts:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _remove(path: Path) -> None:
    with suppress(FileNotFoundError):
        if stat.S_ISDIR(path.lstat().st_mode):
            shutil.rmtree(path)
        else:
            path.unlink()


def _make(path: Path, then: _File) -> None:
    if stat.S_ISLNK(then.mode):
        path.symlink_to(os.fsdecode(then.content))
        return
    if stat.S_ISDIR(then.mode):
        path.mkdir()
    else:
        path.write_bytes(then.content)
        os.utime(path, ns=(then.facts[1], then.facts[1]))
    path.chmod(stat.S_IMODE(then.mode))


def _what_matters(path: str, content: bytes) -> bytes:
    """The bytes of a file, without what differs by chance."""
    folder, name = os.path.split(path)
    if name == "index" and folder.endswith(".git"):
        return _index(folder, content)
    if "/.git/logs/" in path:
        return _MOMENT.sub(b">", content)
    if ("/.git/qmsctl/" in path and name == "lock") or name.endswith(".keep"):
        return re.sub(rb"\d+", b"#", content)
    if name in ("journal", "journal.new"):
        return _SEAL.sub(b"", content) + (b"sealed" if _is_sealed(Path(path)) else b"")
    return b"a key" if name.endswith(".key") and name.startswith("journal-") and len(content) == 32 else content


def _is_sealed(path: Path) -> bool:
    if path.name != "journal":
        return False
    root = Path(str(path).split("/.git/", 1)[0])
    return Journal(path.parent, root).doubt() is None


def _index(folder: str, content: bytes) -> bytes:
    """The index, with a mark at each path of which git would not see that it holds other bytes."""
    if content[:8] != b"DIRC\0\0\0\2":
        return content
    tree, written, found, at = Path(folder).parent, os.lstat(f"{folder}/index").st_mtime_ns, [], 12
    for _entry in range(int.from_bytes(content[8:12], "big")):
        head, name = content[at : at + _NAME], content[at + _NAME : content.index(b"\0", at + _NAME)]
        found.append(head[24:28] + head[_STAT:] + name + (b"\0hidden" if _is_hidden(tree / os.fsdecode(name), head, written) else b""))
        at += (_NAME + len(name) + 8) // 8 * 8
    return b"\n".join(found) + content[at:-20]


def _is_hidden(path: Path, head: bytes, written: int) -> bool:
    """True where a file looks to git as it did when it came into the index, and is another."""
    try:
        looks = path.lstat()
        seen = b"".join(part.to_bytes(8, "big")[-4:] for moment in (looks.st_ctime_ns, looks.st_mtime_ns) for part in divmod(moment, 10**9))
        if head[:16] != seen or head[36:40] != looks.st_size.to_bytes(8, "big")[-4:] or looks.st_mtime_ns >= written:
            return False
        content = os.fsencode(path.readlink()) if stat.S_ISLNK(looks.st_mode) else path.read_bytes()
    except OSError:
        return False
    return hashlib.sha1(b"blob %d\0" % len(content) + content).digest() != head[_STAT : _STAT + 20]
