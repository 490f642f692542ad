"""How a tool stands, judged from its record and what is in its file now."""

from trayapp.connect.edit import NotUnderstood
from trayapp.connect.patch import digest, held
from trayapp.connect.plain_json import ignored
from trayapp.connect.record import Connection, Edit
from trayapp.connect.tools import Tool
from trayapp.model.connecting import Standing, Status


def unconnected(tool: Tool, file: str | None, refusal: str, with_tool: str | None) -> Standing:
    """A tool of which no record is kept; *with_tool* is the title of the one it is connected with."""
    if with_tool is not None:
        sentence = f"Connected with {with_tool}, whose settings it reads."
        return Standing(tool.id, tool.title, "shared", file, sentence=sentence)
    if tool.way != "file":
        return Standing(tool.id, tool.title, tool.way, sentence=tool.words)
    status: Status = "refused" if refusal else "ready"
    return Standing(tool.id, tool.title, status, file, sentence=refusal or tool.words)


def connected(tool: Tool, record: Connection, content: bytes | None) -> Standing:
    """A tool of which a record is kept, with what its file holds now (None: there is none)."""
    edit = record.edit
    status, sentence = _file(edit, record, content) if edit else ("connected", "")
    if status == "connected" and edit and content:
        sentence = ignored(tool, edit.form, content)
    return Standing(
        tool.id,
        tool.title,
        status,
        edit.file if edit else None,
        record.base_url,
        record.name or tool.agent,
        record.since,
        record.digest is None,
        sentence,
    )


def _file(edit: Edit, record: Connection, content: bytes | None) -> tuple[Status, str]:
    again = f"Disconnect it and connect it again: sluice disconnect {record.tool}"
    if content is None:
        return "gone", f"{edit.file} is gone. {again}"
    if digest(content) == edit.after:
        return "connected", ""
    try:
        there = held(content, edit.form, edit.steps, record.ours)
    except NotUnderstood as error:
        return "unreadable", f"{edit.file} cannot be read any more. {error.message}"
    if there == len(edit.steps):
        return "connected", ""
    if there:
        return "changed", f"{edit.file} was changed: not all of Sluice's lines are left. {again}"
    return "gone", f"{edit.file} does not point here any more. {again}"
