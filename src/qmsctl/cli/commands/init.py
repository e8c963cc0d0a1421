"""``qmsctl init``: lay down a new system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from pathlib import Path
from typing import Annotated

import typer

from qmsctl.acts import founding
from qmsctl.acts.occasion import moment_in
from qmsctl.cli import options as o
from qmsctl.cli.choices import one_of, worded
from qmsctl.cli.command_line import is_given
from qmsctl.cli.forge_files import add_to_system, forge_edit
from qmsctl.cli.language import LANGUAGES
from qmsctl.cli.made_otherwise import check_alike
from qmsctl.cli.naming_office import code_of, named, newcomer
from qmsctl.cli.papers_here import say_papers
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell, tell_written
from qmsctl.core.comparison.edit_diff import edit_diff
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.office.config import zone
from qmsctl.core.office.office_hours import COUNTRY, NO_COUNTRY
from qmsctl.core.text.characters import hidden, name_of
from qmsctl.errors import Refusal, RepositoryError, UsageError
from qmsctl.mend import advice, with_general
from qmsctl.mend import command as command_of
from qmsctl.mend import git as git_command
from qmsctl.message import _
from qmsctl.store.git.discovery import is_hollow
from qmsctl.store.git.identity import Identity, user_identity
from qmsctl.store.git.intent import Wish
from qmsctl.store.git.repository import Git
from qmsctl.store.outputs.output import check_outside, unwritten
from qmsctl.store.public_holidays import knows_holidays
from qmsctl.store.shipped.ci import FORGES
from qmsctl.store.shipped.profiles import PROFILES, Newcomer, Region, lay_down, region, titles

EXAMPLE = "qmsctl init --profile agency --standard iso9001-2015 tan-an"


@spread()
def command(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="Folder to make it in; this one by default.")] = None,
    profile: Annotated[str, typer.Option("--profile", metavar="agency|company", help="State agency or company.")] = "agency",
    standard: Annotated[str, typer.Option("--standard", metavar="iso9001-2008|iso9001-2015", help="Edition of ISO 9001.")] = "iso9001-2015",
    lang: Annotated[str | None, typer.Option("--lang", metavar="vi|en", help="Language of the documents.")] = None,
    organization: Annotated[str | None, typer.Option("--organization", metavar="NAME", help="Name of the organization.")] = None,
    time_zone: Annotated[str | None, typer.Option("--time-zone", metavar="ZONE", help="Time zone of the place, such as Europe/Dublin.")] = None,
    country: Annotated[str | None, typer.Option("--country", metavar="COUNTRY", help="Whose public holidays count: VN, IE, DE-BY, or none; by default of the country of the time zone.")] = None,
    code: Annotated[str | None, typer.Option("--code", help="Its short code, which every sign-off names.")] = None,
    empty: Annotated[bool, typer.Option("--empty", help="Without documents of the template: for an office that brings in its own.")] = False,
    training: Annotated[bool, typer.Option("--training", help="For practice: under a name and a code of its own, so that nothing signed in it counts elsewhere.")] = False,
    name: Annotated[str | None, typer.Option("--name", help="Your name; git's user.name by default.")] = None,
    email: Annotated[str | None, typer.Option("--email", help="Your e-mail; git's user.email by default.")] = None,
    ci: Annotated[list[str] | None, typer.Option("--ci", metavar="github|gitlab|gitea|bare", help="Add checks for a forge or a server, to a QMS that is there, too; may be repeated.")] = None,
    *,
    ending: o.Ending,
) -> None:
    """Create a new QMS: configuration, people, manual, policy, objectives, procedures and forms."""
    session: Session = context.obj
    language = lang or session.language
    _all_known(language, ci or [])
    profile, standard = worded(profile, "--profile", PROFILES), worded(standard, "--standard", titles())
    _place_known(time_zone, country)
    target = (session.start / (folder or Path())).resolve()
    git = _repository_at(target)
    begun = founding.begun(target, git)
    check_alike(target, begun, {
        "--profile": profile if is_given(context, "profile") else None, "--standard": standard if is_given(context, "standard") else None,
        "--lang": None if ci else lang, "--organization": named(organization, "", language if training else None)[0] if organization else None,
        "--code": None if training else code, "--time-zone": time_zone, "--country": country,
    })
    if _is_founded(session, target, git, ci or [], lang, ending, begun=begun is not None):
        return
    check_outside(target, advice(_("choose an empty folder")))
    me = newcomer(git.identity() if git else user_identity(), name, email)
    title = organization or _ask(session, _("Name of the organization"), target.name)
    _all_visible({"--organization": title, "--code": code, "--name": me.name, "--email": me.email})
    title, code = named(title, code or code_of(title), language if training else None)
    saved = ending.commit or session.terminal.asks
    today, place = session.day or session.clock.date(), region(language, time_zone, country)
    files = lay_down(profile, standard, language, title, code, me, today, place, saved=saved, empty=empty)
    edit = _edit(target, files, title)
    checks = forge_edit(session, git, target, ci, language) if ci else None
    if ending.dry_run:
        session.print(edit_diff(edit.merge(checks) if checks else edit))
        session.say(_("nothing was written (--dry-run)"))
        return
    _write(session, target, git, me, edit, checks, place, ending.wait, saved=saved)
    _say_next(session, target, session.start / (folder or Path()), me, saved=saved)


def _is_founded(session: Session, target: Path, git: Git | None, forges: list[str], lang: str | None, ending: o.Ending, *, begun: bool) -> bool:
    """Whether a QMS is there: one that was begun is finished, and one that was there gets the checks that are asked for."""
    if begun and ending.dry_run:
        session.teller.interrupted(None)
        session.say(_("nothing was written (--dry-run)"))
        return True
    finished = founding.finish(target, git)
    if finished is not None:
        session.teller.finished(finished.paths, finished.commit, finished.doubt)
    founded = (target / founding.CONFIGURATION).exists()
    if founded and (forges or finished is None):
        add_to_system(session, target, forges, lang, ending)
    return founded


def _say_next(session: Session, target: Path, there_is: Path, me: Newcomer, *, saved: bool) -> None:
    """Say how to go on in the new QMS, which lies ``there_is`` as seen from where the person is."""
    session.say(_("each command saves in git what it writes (commit: always in qms.yaml)") if saved
                else _("with commit: always in qms.yaml each command saves in git what it writes"))
    read = advice(_("next: read README.md, add your people to people.yaml"))
    session.say_next(read.then(with_general(command_of("check"), C=None if there_is == Path() else str(there_is))))
    say_papers(session, target)
    own = user_identity()
    if own and own.email != me.email:
        there = git_command("-C", str(target), "config", "user.email", me.email)
        session.say_next(there.in_order_to(_("git takes you for {email}; on the machine of {name}", email=own.email, name=me.name)))


def _write(
    session: Session, target: Path, git: Git | None, me: Newcomer, edit: Edit, checks: Edit | None, place: Region, wait: float | None, *, saved: bool
) -> None:
    """Write the QMS, then the files for a forge, each with its commit if wanted, and say so."""
    _make(target)
    author = Identity(me.name, me.email) if saved else None
    wish = Wish(author, moment_in(zone(place.time_zone) or UTC, session.clock, session.day), session.words(edit.summary), edit.subjects) if author else None
    commit = founding.lay_down(target, _repository(target, git, me), edit, wish)
    tell_written(session, edit, commit)
    if not any(change.path == README for change in edit.changes):
        more = command_of("", help=True).in_order_to(_("to see how to work"))
        session.say(_("README.md was there before and is left as it is; {mend}", mend=more))
    if checks:
        occasion = session.occasion(target)
        tell(session, founding.add_checks(occasion, occasion.library(), checks, author, wait))


def _edit(target: Path, files: Mapping[str, bytes], organization: str) -> Edit:
    """The change that lays ``files`` down. Raises ``Refusal`` where one of them is there already."""
    taken = [path for path in files if (target / path).exists() and path not in _SHARED]
    if taken:
        raise Refusal(_("these files exist already: {paths}", paths=tuple(taken)), advice(_("choose an empty folder")))
    changes = tuple(change for path, data in sorted(files.items()) if (change := _laid(target, path, data)))
    return Edit(changes, _("QMS of {organization} created", organization=organization))


def _all_visible(given: Mapping[str, str | None]) -> None:
    for option, text in given.items():
        found = hidden(text or "")
        if found:
            name = name_of(found.group())
            raise UsageError(_("{option} holds {character}, which nobody can see", option=option, character=name))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritten(folder, error) from None


def _laid(folder: Path, path: str, data: bytes) -> FileChange | None:
    """The change that brings a file; of those that may be there before, only missing settings are added."""
    place = folder / path
    if not place.exists():
        return FileChange(path, None, data)
    before = place.read_bytes()
    missing = [line for line in data.splitlines() if line not in before.splitlines()]
    if path == README or not missing:
        return None
    gap = b"" if not before or before.endswith(b"\n") else b"\n"
    return FileChange(path, before, before + gap + b"\n".join(missing) + b"\n")


def _repository_at(folder: Path) -> Git | None:
    """The repository there; none where one was begun, and ended by force before it held anything."""
    try:
        return Git.discover(folder)
    except RepositoryError:
        if is_hollow(folder / ".git"):
            return None
        raise


def _repository(folder: Path, found: Git | None, me: Newcomer) -> Git:
    """The repository that was found or a new one, in which git knows the newcomer if it knows nobody.

    A user's own configuration is never overruled.
    """
    git = found or Git.init(folder)
    if git.head() is None and git.identity() is None:
        git.set_identity(Identity(me.name, me.email))
    return git


README = "README.md"
_SHARED = (".gitignore", ".gitattributes", README)
"""Files that may be there before: settings are added at their end, a README is left as it is."""


def _all_known(language: str, forges: Sequence[str]) -> None:
    """Raise ``UsageError`` for a choice there is not."""
    one_of(language, "--lang", LANGUAGES)
    for forge in forges:
        one_of(forge, "--ci", FORGES)


def _place_known(time_zone: str | None, country: str | None) -> None:
    """Raise ``UsageError`` for a zone nobody keeps, or a country whose days off nobody knows."""
    if time_zone is not None and zone(time_zone) is None:
        raise UsageError(_("“{name}” is no time zone; expected a name such as Asia/Ho_Chi_Minh", name=time_zone))
    if country is not None and country != NO_COUNTRY and not (COUNTRY.fullmatch(country) and knows_holidays(country)):
        raise UsageError(_("of “{name}” no public holidays are known; expected a country such as VN or IE, a part of one such as DE-BY, or none", name=country))


def _ask(session: Session, question: object, default: str) -> str:
    """An answer from a terminal; the default where there is none."""
    if not (session.terminal.stdin and session.terminal.stderr):
        return default
    answer: str = typer.prompt(session.words(question), default=default, err=True)
    return answer
