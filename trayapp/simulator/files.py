"""The Files API, in memory and up to a bound."""

import datetime as dt
import re
from collections.abc import Mapping

import msgspec

from trayapp.simulator.dice import Ids
from trayapp.simulator.errors import ApiError
from trayapp.simulator.headers import rfc3339
from trayapp.simulator.paging import limit_of
from trayapp.simulator.prompt import Json

LIFETIMES = (3_600, 7_776_000)
_CURSOR = "page_"
_BOUNDARY = re.compile(r'boundary="?([^";,]{1,70})"?')
_FIELD = re.compile(r'[; ]name="([^"]*)"')
_FILE_NAME = re.compile(r'filename="([^"]*)"')
_TYPE = re.compile(r"^content-type:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)


class Field(msgspec.Struct, frozen=True):
    """One part of a multipart body."""

    name: str
    data: bytes
    filename: str | None = None
    mime_type: str = "application/octet-stream"


class Stored(msgspec.Struct, frozen=True):
    """A file and what is told of it."""

    id: str
    owner: str
    field: Field
    created: dt.datetime
    expires: dt.datetime | None


class Files:
    """What was uploaded; *room* bytes in all."""

    def __init__(self, ids: Ids, room: int) -> None:
        self._ids = ids
        self._room = room
        self._files: dict[str, Stored] = {}

    def upload(self, owner: str, content_type: str, body: bytes, at: dt.datetime) -> Json:
        """Store the field called `file`; raises `ApiError` 400, or 413 when there is no room."""
        fields = {field.name: field for field in fields_of(content_type, body)}
        file = fields.get("file")
        if file is None or not file.filename:
            raise ApiError(400, "file: Field required, with a filename")
        if sum(len(s.field.data) for s in self._files.values()) + len(file.data) > self._room:
            raise ApiError(413, "The simulated storage is full.")
        expires = _expiry(fields.get("expires_in_seconds"), at)
        stored = Stored(self._ids.new("file"), owner, file, at, expires)
        self._files[stored.id] = stored
        return told(stored)

    def listing(self, owner: str, query: Mapping[str, str], at: dt.datetime) -> Json:
        """A page of *owner*'s files, newest first, in the shape of the API's newer lists."""
        mine = [s for s in reversed(self._files.values()) if s.owner == owner and _lives(s, at)]
        limit = limit_of(query)
        cursor = query.get("page", _CURSOR + "0").removeprefix(_CURSOR)
        if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 9:
            raise ApiError(400, "page: names no page of this list")
        start = int(cursor)
        more = len(mine) > start + limit
        return {
            "data": [told(stored) for stored in mine[start : start + limit]],
            "next_page": f"{_CURSOR}{start + limit}" if more else None,
        }

    def find(self, owner: str, name: str, at: dt.datetime) -> Stored:
        """The file *name* of *owner*; raises `ApiError` 404."""
        stored = self._files.get(name)
        if stored is None or stored.owner != owner:
            raise ApiError(404, "No file of this workspace has this id.")
        if not _lives(stored, at):
            raise ApiError(404, "The file has expired.", code="file_expired")
        return stored

    def told(self, owner: str, name: str, at: dt.datetime) -> Json:
        """The file *name* as the API shows it."""
        return told(self.find(owner, name, at))

    def not_downloadable(self, owner: str, name: str, at: dt.datetime) -> ApiError:
        """The refusal of a download: only files made by tools have one, and none are made here."""
        self.find(owner, name, at)
        return ApiError(400, "The file is not downloadable.", code="file_not_downloadable")

    def delete(self, owner: str, name: str, at: dt.datetime) -> Json:
        """Forget a file."""
        del self._files[self.find(owner, name, at).id]
        return {"id": name, "type": "file_deleted"}


def told(stored: Stored) -> Json:
    """The file as the API shows it."""
    return {
        "id": stored.id,
        "type": "file",
        "filename": stored.field.filename,
        "mime_type": stored.field.mime_type,
        "size_bytes": len(stored.field.data),
        "created_at": rfc3339(stored.created),
        "downloadable": False,
        "expires_at": None if stored.expires is None else rfc3339(stored.expires),
    }


def fields_of(content_type: str, body: bytes) -> list[Field]:
    """The parts of a multipart body; raises `ApiError` 400 when it is none."""
    boundary = _BOUNDARY.search(content_type)
    if not content_type.lower().startswith("multipart/form-data") or boundary is None:
        raise ApiError(400, "content-type: must be multipart/form-data with a boundary")
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary[1].encode())
    if len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        raise ApiError(400, "The multipart body does not end.")
    return [_field(piece) for piece in pieces[1:-1]]


def _field(piece: bytes) -> Field:
    raw, _, data = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    head = raw.decode("utf-8", "replace")
    name, filename, kind = _FIELD.search(head), _FILE_NAME.search(head), _TYPE.search(head)
    return Field(
        name=name[1] if name else "",
        data=data,
        filename=filename[1] if filename else None,
        mime_type=kind[1] if kind else "application/octet-stream",
    )


def _expiry(field: Field | None, at: dt.datetime) -> dt.datetime | None:
    if field is None:
        return None
    seconds = int(field.data) if field.data.isdigit() and len(field.data) < 9 else 0
    if not LIFETIMES[0] <= seconds <= LIFETIMES[1]:
        raise ApiError(400, f"expires_in_seconds: from {LIFETIMES[0]} to {LIFETIMES[1]}")
    return at + dt.timedelta(seconds=seconds)


def _lives(stored: Stored, at: dt.datetime) -> bool:
    return stored.expires is None or at < stored.expires
