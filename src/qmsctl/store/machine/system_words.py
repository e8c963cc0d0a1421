"""What the operating system says of a failure, in the reader's language where it is one that people meet."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from qmsctl.mend import Mend, advice
from qmsctl.message import Message, _

_SAID: Mapping[int, Message] = {
    errno.EACCES: _("permission denied"),
    errno.EPERM: _("operation not permitted"),
    errno.ENOENT: _("no such file or directory"),
    errno.EEXIST: _("file exists"),
    errno.EISDIR: _("is a directory"),
    errno.ENOTDIR: _("not a directory"),
    errno.ENOTEMPTY: _("directory not empty"),
    errno.ENOSPC: _("no space left on device"),
    errno.EDQUOT: _("disk quota exceeded"),
    errno.EROFS: _("read-only file system"),
    errno.ENAMETOOLONG: _("file name too long"),
    errno.EIO: _("input/output error"),
    errno.EBUSY: _("device or resource busy"),
    errno.EFBIG: _("file too large"),
    errno.EMFILE: _("too many open files"),
}


def plain(error: OSError) -> Message:
    """The cause in few words; of a rare one, those of the system."""
    said = (error.strerror or str(error)).lower()
    known = _SAID.get(error.errno or 0)
    return known if known is not None and known.text == said else Message("{said}", {"said": said})


def remedy(error: OSError, place: str) -> Mend:
    """What to do where the system keeps one from writing ``place``, which stands in a command as it is."""
    match error.errno:
        case errno.EACCES | errno.EPERM:
            return advice(_("see whose it is: {command}; whoever keeps the machine can let you write there", command=f"ls -ld {place}"))
        case errno.EROFS:
            return advice(_("this disk can only be read: work in a folder on another one"))
        case errno.ENOSPC | errno.EDQUOT:
            return advice(_("make room; what is left is shown by: {command}", command="df -h ."))
        case errno.EFBIG:
            return advice(_("have the limit of a file's size raised, which this shows: {command}", command="ulimit -f"))
        case errno.ENAMETOOLONG:
            return advice(_("choose a shorter name"))
        case errno.EISDIR | errno.ENOTDIR | errno.EEXIST | errno.ENOTEMPTY | errno.ELOOP:
            return advice(_("something else stands there; see what it is, and move it elsewhere: {command}", command=f"ls -la {place}"))
        case _:
            return advice(_("check free space and permissions: {command}", command=f"df -h . ; ls -ld {place}"))
