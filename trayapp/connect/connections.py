"""Connects a tool and disconnects it: its file, its token, and the record that undo needs.

The record is written before the file is, and removed after it was put back. So whatever ends us
in between, the next `disconnect` finds what to undo, and undoing what was not done changes
nothing.
"""

import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from trayapp.connect import audit, files, places, proxies
from trayapp.connect.diff import difference
from trayapp.connect.edit import NotUnderstood, Untouchable
from trayapp.connect.patch import Patched, digest, patched, text_of
from trayapp.connect.plain_json import ignored
from trayapp.connect.record import Connection, Edit
from trayapp.connect.tools import BY_ID, TOOLS, Target, Tool
from trayapp.connect.undo import undone
from trayapp.model.connecting import CONNECTED, Done, Preview, Standing
from trayapp.model.errors import SluiceError
from trayapp.model.exchange import Kind


class Door(NamedTuple):
    """Lets tools in, and in no more."""

    admit: Callable[[str, Kind, bool, str], str]
    """By title, kind, whether it is cached, and token; returns the name it goes by."""
    revoke: Callable[[str], None]
    """By that name; one that is not known any more is no failure."""


_NOT_THERE = "The tool's settings file is not there yet. Start the tool once, then connect it."
_NAME_IT = "Name the file: sluice connect env-file --file PATH"


class NotConnected(SluiceError):
    """There is nothing to undo, or nothing that may be done."""


class _Plan(NamedTuple):
    tool: Tool
    target: Target
    seen: files.Seen
    patched: Patched
    advice: str


class Connections:
    """The connected tools of the Sluice whose data are in *data*, and the tools of this user."""

    def __init__(
        self, data: Path, environ: Mapping[str, str], user_home: Path, system: str = sys.platform
    ) -> None:
        self._folder = data / "connect"
        self._environ = environ
        self._home = user_home
        self._system = system

    def standings(self) -> tuple[Standing, ...]:
        """How every tool of the table stands."""
        return tuple(self.standing(tool) for tool in TOOLS)

    def audited(self) -> tuple[Standing, ...]:
        """How the connected tools stand: where they point, and whether they still do."""
        recorded = (tool for tool in TOOLS if self._is_recorded(tool.id))
        return tuple(self.standing(tool) for tool in recorded)

    def standing(self, tool: Tool) -> Standing:
        """How *tool* stands."""
        try:
            record = self._record(tool.id)
        except NotConnected as error:
            return Standing(tool.id, tool.title, "unreadable", sentence=error.message)
        if record is not None:
            content = files.read(Path(record.edit.file)) if record.edit else None
            return audit.connected(tool, record, content)
        shared = BY_ID[tool.shares] if tool.shares and self._is_recorded(tool.shares) else None
        if tool.way != "file" or shared:
            return audit.unconnected(tool, None, "", shared.title if shared else None)
        target = places.target_of(tool, self._environ)
        path, refusal = self._path(target, None), ""
        if path is None:
            return audit.unconnected(tool, None, "", None)
        try:
            seen = files.look(path, self._home)
            self._check(tool, target, seen)
        except (Untouchable, NotUnderstood) as error:
            refusal = error.message
        return audit.unconnected(tool, str(path), refusal, None)

    def preview(self, tool: Tool, base: str, token: str, file: Path | None = None) -> Preview:
        """What `connect` would change, to be looked at; a refusal is told in it."""
        standing = self.standing(tool)
        if standing.status in CONNECTED:
            return Preview(standing, tool.kind, refusal=f"{tool.title} is connected already.")
        if tool.way == "impossible":
            return Preview(standing, tool.kind, refusal=tool.words)
        variables = _variables(tool, base, own_key=not token)
        if tool.way != "file":
            return Preview(standing, tool.kind, variables=variables, notes=(tool.words,))
        try:
            plan = self._plan(tool, base, token, file)
        except (Untouchable, NotUnderstood) as error:
            told = msgspec.structs.replace(standing, file=str(file) if file else standing.file)
            return Preview(told, tool.kind, refusal=error.message)
        before = text_of(plan.seen.content or b"")[1]
        lines = difference(before, text_of(plan.patched.content)[1])
        return Preview(
            msgspec.structs.replace(standing, file=str(plan.seen.path)),
            tool.kind,
            lines,
            sum(line.sign == "+" for line in lines),
            sum(line.sign == "-" for line in lines),
            variables if token else (),
            _notes(plan, token),
            seen=_mark(plan.seen),
        )

    def connect(
        self,
        tool: Tool,
        base: str,
        token: str,
        *,
        since: str,
        door: Door,
        kind: Kind,
        cache: bool = True,
        seen: str | None = None,
        file: Path | None = None,
    ) -> Done:
        """Point *tool* at *base*; *seen* is what the user looked at. Raises `SluiceError`."""
        if self._record(tool.id) is not None:
            raise NotConnected(
                f"{tool.title} is connected already. To do it anew: sluice disconnect {tool.id}"
            )
        if tool.way == "impossible":
            raise NotConnected(tool.words)
        plan = self._plan(tool, base, token, file) if tool.way == "file" else None
        if plan and seen is not None and seen != _mark(plan.seen):
            raise Untouchable(files.CHANGED)
        name = door.admit(tool.title, kind, cache, token) if token else None
        record = Connection(
            tool.id, base, since, kind, name, digest(token.encode()) if token else None,
            _edit(plan) if plan else None,
        )  # fmt: skip
        self._prepare()
        if plan and plan.seen.content is not None:
            files.keep(self._backup(tool.id), plan.seen.content)
        self._keep(record)
        if plan:
            self._write(record, plan, door)
        return Done(self.standing(tool), backup=self._kept(tool.id))

    def disconnect(self, tool: Tool, door: Door) -> Done:
        """Undo what was done to *tool*. Raises `SluiceError`, and then nothing was changed."""
        record = self._record(tool.id)
        if record is None:
            raise NotConnected(f"{tool.title} is not connected.")
        exact, notes = self._undo(record, record.edit) if record.edit else (True, ())
        if record.name is not None:
            door.revoke(record.name)
        self._forget(tool.id, backup=exact)
        return Done(self.standing(tool), exact, self._kept(tool.id), notes)

    # -- the file

    def _plan(self, tool: Tool, base: str, token: str, file: Path | None) -> _Plan:
        target = places.target_of(tool, self._environ)
        path = self._path(target, file)
        if path is None:
            raise Untouchable(_NAME_IT)
        seen = files.look(path, self._home)
        if seen.content is None and not target.makes:
            raise Untouchable(_NOT_THERE)
        self._check(tool, target, seen)
        content = seen.content or b""
        direct, advice = proxies.direct(target, content, self._environ)
        settings = (*target.address, *(target.token if token else ()), *direct)
        return _Plan(
            tool, target, seen, patched(content, target.form, settings, base, token), advice
        )

    def _check(self, tool: Tool, target: Target, seen: files.Seen) -> None:
        """Raise where the file, or another one above it, leaves nothing to be set."""
        if seen.content is None and not target.makes:
            raise Untouchable(_NOT_THERE)
        above = places.managed_by_organization(tool, self._system)
        if above and b"ANTHROPIC_BASE_URL" in (files.read(above) or b""):
            raise Untouchable(f"Your organization decides this for you, in {above}.")
        patched(seen.content or b"", target.form, target.address, "http://127.0.0.1:7429", "")

    def _path(self, target: Target, file: Path | None) -> Path | None:
        if file is not None:
            return file.expanduser().absolute()
        found = places.candidates(target, self._system, self._environ, self._home)
        there = [path for path in found if os.path.lexists(path)]
        return next(iter((*there, *found[-1:])), None)

    def _write(self, record: Connection, plan: _Plan, door: Door) -> None:
        try:
            folders = files.replace(plan.seen, plan.patched.content)
        except Untouchable:
            self._forget(record.tool, backup=True)
            if record.name is not None:
                door.revoke(record.name)
            raise
        if folders and record.edit:
            edit = msgspec.structs.replace(record.edit, folders=folders)
            self._keep(msgspec.structs.replace(record, edit=edit))

    def _undo(self, record: Connection, edit: Edit) -> tuple[bool, tuple[str, ...]]:
        path = Path(edit.file)
        seen = files.look(path, self._home)
        result = undone(record, edit, seen.content, files.read(self._backup(record.tool)))
        if result.content is None:
            if seen.content is not None:
                files.remove(seen)
            files.take_folders(edit.folders)
        elif result.content != seen.content:
            files.replace(seen, result.content)
        notes = []
        if seen.content is None and edit.before is not None:
            notes.append(f"{path} was gone already; what it was is in the backup.")
        if result.left:
            notes.append(
                f"Some of Sluice's lines in {path} were changed since, so they are left to you."
            )
        return result.exact, tuple(notes)

    # -- the record

    def _prepare(self) -> None:
        self._folder.mkdir(mode=0o700, exist_ok=True)

    def _backup(self, tool: str) -> Path:
        return self._folder / f"{tool}.before"

    def _kept(self, tool: str) -> str | None:
        backup = self._backup(tool)
        return str(backup) if backup.exists() else None

    def _is_recorded(self, tool: str) -> bool:
        return files.read(self._folder / f"{tool}.json") is not None

    def _record(self, tool: str) -> Connection | None:
        content = files.read(self._folder / f"{tool}.json")
        if content is None:
            return None
        try:
            return msgspec.json.decode(content, type=Connection)
        except msgspec.MsgspecError:
            raise NotConnected(
                f"The record of this connection, {self._folder / f'{tool}.json'}, cannot be read."
            ) from None

    def _keep(self, record: Connection) -> None:
        files.keep(self._folder / f"{record.tool}.json", msgspec.json.encode(record))

    def _forget(self, tool: str, *, backup: bool) -> None:
        (self._folder / f"{tool}.json").unlink(missing_ok=True)
        if backup:
            self._backup(tool).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self._folder.rmdir()


def tool_named(name: str) -> Tool:
    """The tool of that id or title; raises `NotConnected` with what there is."""
    wanted = name.casefold()
    for tool in TOOLS:
        if wanted in {tool.id, tool.title.casefold()}:
            return tool
    raise NotConnected("There is no tool of that name. All of them: sluice connect --list")


def _edit(plan: _Plan) -> Edit:
    before = digest(plan.seen.content) if plan.seen.content is not None else None
    return Edit(
        str(plan.seen.path), plan.target.form, digest(plan.patched.content), plan.patched.steps,
        before,
    )  # fmt: skip


def _mark(seen: files.Seen) -> str:
    return "none" if seen.content is None else digest(seen.content)


def _variables(tool: Tool, base: str, *, own_key: bool) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, value.replace("{base}", base))
        for name, value in tool.variables
        if not (own_key and "{token}" in value)
    )


def _notes(plan: _Plan, token: str) -> tuple[str, ...]:
    unread = ignored(plan.tool, plan.target.form, plan.patched.content)
    return tuple(filter(None, (unread, plan.tool.words, plan.advice, _open_to_others(plan, token))))


def _open_to_others(plan: _Plan, token: str) -> str:
    """A word of warning where other users of the machine could read the token."""
    if not (token and plan.target.token and plan.seen.content is not None):
        return ""
    if sys.platform == "win32" or not plan.seen.path.stat().st_mode & 0o044:
        return ""
    return "Other users of this computer may read this file, and so the token: chmod 600 helps."
