"""Requests as the listener hands them on."""

from typing import Any

import msgspec

from trayapp.model.exchange import Caller, Request, Route
from trayapp.model.secret import Secret

BASE = Request(
    id="slc_1",
    route=Route.MESSAGES,
    method=b"POST",
    target=b"/v1/messages",
    headers=((b"host", b"127.0.0.1:7429"), (b"content-type", b"application/json")),
    caller=Caller("editor", "interactive"),
    credential=Secret(b"sk-ant-api03-stored"),
    form="x-api-key",
    origin=b"http://127.0.0.1:7429",
    arrived=1000.0,
    body=b"{}",
    model="claude-sonnet-5-5",
)


def a_request(**fields: Any) -> Request:
    """A Messages request of a connected tool, with *fields* in place of its own."""
    return msgspec.structs.replace(BASE, **fields)
