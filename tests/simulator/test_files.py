"""The Files API, in memory."""

import datetime as dt

import pytest

from trayapp.simulator.dice import Ids
from trayapp.simulator.errors import ApiError
from trayapp.simulator.files import Files, fields_of

TYPE = 'multipart/form-data; boundary="edge"'


def form(
    data: bytes = b"line one\r\nline two", *, filename: str = "a.txt", expiry: str = ""
) -> bytes:
    head = f'Content-Disposition: form-data; name="file"; filename="{filename}"\r\n'
    body = b"--edge\r\n" + head.encode() + b"Content-Type: text/plain\r\n\r\n" + data + b"\r\n"
    if expiry:
        body += b'--edge\r\nContent-Disposition: form-data; name="expires_in_seconds"\r\n\r\n'
        body += expiry.encode() + b"\r\n"
    return body + b"--edge--\r\n"


@pytest.fixture
def files() -> Files:
    return Files(Ids(1), room=1000)


def test_a_file_is_told_as_it_was_sent(files: Files, wall: dt.datetime) -> None:
    """Name, type and size come back, and an id."""
    told = files.upload("org", TYPE, form(), wall)

    assert told.pop("id").startswith("file_01")
    assert told == {
        "type": "file",
        "filename": "a.txt",
        "mime_type": "text/plain",
        "size_bytes": 18,
        "created_at": "2026-05-18T11:42:00Z",
        "downloadable": False,
        "expires_at": None,
    }


def test_bytes_are_kept_as_they_are() -> None:
    """Line ends and near-boundaries inside the data survive."""
    data = b"\r\n--edg\r\n\x00\xff--edge"

    (field,) = fields_of(TYPE, form(data))

    assert (field.name, field.data) == ("file", data)


def test_a_field_without_a_name_or_type_is_plain_bytes() -> None:
    """What a part does not say is left empty."""
    (field,) = fields_of(TYPE, b"--edge\r\nX: y\r\n\r\nz\r\n--edge--\r\n")

    assert (field.name, field.filename, field.data) == ("", None, b"z")
    assert field.mime_type == "application/octet-stream"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", form()),
        ("multipart/form-data", form()),
        (TYPE, b""),
        (TYPE, form()[:-8]),
        (TYPE, form(filename="")),
        (TYPE, b"--edge\r\n\r\n\r\n--edge--\r\n"),
    ],
)
def test_what_is_no_upload_is_refused(
    files: Files, wall: dt.datetime, content_type: str, body: bytes
) -> None:
    """A form without an end, a boundary or a named file is an invalid request."""
    with pytest.raises(ApiError) as refused:
        files.upload("org", content_type, body, wall)

    assert refused.value.status == 400


def test_storage_has_a_bound(files: Files, wall: dt.datetime) -> None:
    """When the room is used up, a file is too large."""
    files.upload("org", TYPE, form(b"x" * 900), wall)

    with pytest.raises(ApiError) as refused:
        files.upload("org", TYPE, form(b"x" * 101), wall)

    assert (refused.value.status, refused.value.kind) == (413, "request_too_large")


def test_a_file_belongs_to_its_organization(files: Files, wall: dt.datetime) -> None:
    """Others get a 404 and do not see it listed."""
    told = files.upload("org", TYPE, form(), wall)

    assert files.told("org", told["id"], wall) == told
    assert files.listing("other", {}, wall)["data"] == []
    with pytest.raises(ApiError) as refused:
        files.told("other", told["id"], wall)
    assert refused.value.status == 404


def test_files_come_in_pages_newest_first(files: Files, wall: dt.datetime) -> None:
    """A page names the next one until there is none."""
    names = [files.upload("org", TYPE, form(b"x"), wall)["id"] for _ in range(3)]

    first = files.listing("org", {"limit": "2"}, wall)
    second = files.listing("org", {"limit": "2", "page": first["next_page"]}, wall)

    assert [told["id"] for told in first["data"]] == [names[2], names[1]]
    assert [told["id"] for told in second["data"]] == [names[0]]
    assert second["next_page"] is None


@pytest.mark.parametrize("page", ["page_x", "٣", "page_" + "9" * 50])
def test_an_unknown_page_is_refused(files: Files, wall: dt.datetime, page: str) -> None:
    """A cursor is one of ours."""
    with pytest.raises(ApiError, match="page"):
        files.listing("org", {"page": page}, wall)


def test_a_file_expires(files: Files, wall: dt.datetime) -> None:
    """After its lifetime it is gone, and the error says so."""
    told = files.upload("org", TYPE, form(expiry="3600"), wall)
    later = wall + dt.timedelta(hours=1)

    assert told["expires_at"] == "2026-05-18T12:42:00Z"
    assert files.listing("org", {}, later)["data"] == []
    with pytest.raises(ApiError) as refused:
        files.find("org", told["id"], later)
    assert refused.value.code == "file_expired"


@pytest.mark.parametrize("expiry", ["3599", "7776001", "soon", "9" * 400])
def test_a_lifetime_has_bounds(files: Files, wall: dt.datetime, expiry: str) -> None:
    """An hour at least, ninety days at most."""
    with pytest.raises(ApiError, match="expires_in_seconds"):
        files.upload("org", TYPE, form(expiry=expiry), wall)


def test_an_upload_cannot_be_downloaded(files: Files, wall: dt.datetime) -> None:
    """Only what tools made has content to fetch."""
    told = files.upload("org", TYPE, form(), wall)

    refusal = files.not_downloadable("org", told["id"], wall)

    assert (refusal.status, refusal.code) == (400, "file_not_downloadable")


def test_a_deleted_file_is_gone(files: Files, wall: dt.datetime) -> None:
    """Deleting answers with the id, and then nobody knows it."""
    told = files.upload("org", TYPE, form(), wall)

    gone = files.delete("org", told["id"], wall)

    assert gone == {"id": told["id"], "type": "file_deleted"}
    with pytest.raises(ApiError):
        files.find("org", told["id"], wall)
