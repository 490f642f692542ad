"""Which path answers what; each endpoint is one short function of a call and who asks."""

import re
from collections.abc import Callable

import msgspec

from trayapp.simulator.batches import Batches
from trayapp.simulator.calls import Call, Reply
from trayapp.simulator.catalog import Catalog, told
from trayapp.simulator.dice import Ids
from trayapp.simulator.errors import ApiError
from trayapp.simulator.files import Files
from trayapp.simulator.messages import Answering, Asked, Messages, refused
from trayapp.simulator.paging import page
from trayapp.simulator.settings import Settings
from trayapp.simulator.timeline import Timeline
from trayapp.simulator.validation import NEW_VERSION, check_version

CHAT = "/v1/chat/completions"
_VERSIONLESS = (CHAT, "/v1/models")
_SHOWN = frozenset({"active", "deprecated"})

Outcome = Reply | Answering
Endpoint = Callable[["Endpoints", Call, Asked, str], Outcome]


class Endpoints:
    """The API behind its front door: every method answers one kind of call."""

    def __init__(self, settings: Settings, catalog: Catalog, ids: Ids, timeline: Timeline) -> None:
        self._speed = settings.speed
        self._catalog = catalog
        self._messages = Messages(settings, catalog, ids)
        self._files = Files(ids, settings.file_bytes)
        self._batches = Batches(
            ids,
            seconds=settings.batch_s,
            answer=lambda params: self._messages.batched(params, timeline.wall(0.0)),
            wall_of=timeline.wall,
        )

    def route(self, call: Call, asked: Asked) -> Outcome:
        """Answer *call*; raises `ApiError`."""
        endpoint, name, beside = find(call.method, call.path)
        if beside and (short := asked.owner.beside(beside, asked.now).admit(asked.now)):
            raise refused(short, beside, asked.owner, self._speed)
        return endpoint(self, call, asked, name)

    def message(self, call: Call, asked: Asked, _name: str) -> Outcome:
        return self._messages.answer(asked, call.json())

    def chat(self, call: Call, asked: Asked, _name: str) -> Outcome:
        return self._messages.complete(asked, call.json())

    def count_tokens(self, call: Call, asked: Asked, _name: str) -> Outcome:
        return _json(self._messages.count(asked, call.json()))

    def list_models(self, call: Call, asked: Asked, _name: str) -> Outcome:
        wanted = call.query.get("lifecycle[]", "")
        shown = frozenset(wanted.split(",")) if wanted else _SHOWN
        return _json(page(self._catalog.listing(asked.at.date(), shown), call.query))

    def get_model(self, _call: Call, asked: Asked, name: str) -> Outcome:
        return _json(told(self._catalog.named(name), asked.at.date()))

    def create_batch(self, call: Call, asked: Asked, _name: str) -> Outcome:
        batch = self._batches.create(asked.owner.id, call.body, asked.now)
        return _json(self._batches.told(batch, asked.now, call.origin))

    def list_batches(self, call: Call, asked: Asked, _name: str) -> Outcome:
        mine = self._batches.listing(asked.owner.id, asked.now, call.origin)
        return _json(page(mine, call.query))

    def get_batch(self, call: Call, asked: Asked, name: str) -> Outcome:
        batch = self._batches.find(asked.owner.id, name)
        return _json(self._batches.told(batch, asked.now, call.origin))

    def batch_results(self, _call: Call, asked: Asked, name: str) -> Outcome:
        lines = self._batches.results(asked.owner.id, name, asked.now)
        return Reply(200, lines, "application/x-jsonl")

    def cancel_batch(self, call: Call, asked: Asked, name: str) -> Outcome:
        batch = self._batches.find(asked.owner.id, name)
        batch.cancel(asked.now)
        return _json(self._batches.told(batch, asked.now, call.origin))

    def delete_batch(self, _call: Call, asked: Asked, name: str) -> Outcome:
        return _json(self._batches.delete(asked.owner.id, name, asked.now))

    def upload_file(self, call: Call, asked: Asked, _name: str) -> Outcome:
        content_type = call.headers.get("content-type", "")
        return _json(self._files.upload(asked.owner.id, content_type, call.body, asked.at))

    def list_files(self, call: Call, asked: Asked, _name: str) -> Outcome:
        return _json(self._files.listing(asked.owner.id, call.query, asked.at))

    def get_file(self, _call: Call, asked: Asked, name: str) -> Outcome:
        return _json(self._files.told(asked.owner.id, name, asked.at))

    def file_content(self, _call: Call, asked: Asked, name: str) -> Outcome:
        raise self._files.not_downloadable(asked.owner.id, name, asked.at)

    def delete_file(self, _call: Call, asked: Asked, name: str) -> Outcome:
        return _json(self._files.delete(asked.owner.id, name, asked.at))


_ID = "([A-Za-z0-9._:-]+)"
_BATCHES = "/v1/messages/batches"
_ROUTES: tuple[tuple[str, str, str, Endpoint], ...] = (
    ("POST", "/v1/messages", "", Endpoints.message),
    ("POST", CHAT, "", Endpoints.chat),
    ("POST", "/v1/messages/count_tokens", "count_tokens", Endpoints.count_tokens),
    ("POST", _BATCHES, "batches", Endpoints.create_batch),
    ("GET", _BATCHES, "batches", Endpoints.list_batches),
    ("GET", f"{_BATCHES}/{_ID}", "batches", Endpoints.get_batch),
    ("DELETE", f"{_BATCHES}/{_ID}", "batches", Endpoints.delete_batch),
    ("GET", f"{_BATCHES}/{_ID}/results", "batches", Endpoints.batch_results),
    ("POST", f"{_BATCHES}/{_ID}/cancel", "batches", Endpoints.cancel_batch),
    ("GET", "/v1/models", "", Endpoints.list_models),
    ("GET", f"/v1/models/{_ID}", "", Endpoints.get_model),
    ("POST", "/v1/files", "files", Endpoints.upload_file),
    ("GET", "/v1/files", "files", Endpoints.list_files),
    ("GET", f"/v1/files/{_ID}", "files", Endpoints.get_file),
    ("DELETE", f"/v1/files/{_ID}", "files", Endpoints.delete_file),
    ("GET", f"/v1/files/{_ID}/content", "files", Endpoints.file_content),
)
"""Method, path, the limit of its own (if any), and who answers."""

_FINDERS = tuple((way, re.compile(path), beside, who) for way, path, beside, who in _ROUTES)


def find(method: str, path: str) -> tuple[Endpoint, str, str]:
    """Who answers, the id in the path, and the limit drawn on; raises `ApiError` 404 or 405."""
    known = False
    for way, pattern, beside, endpoint in _FINDERS:
        if found := pattern.fullmatch(path):
            if way == method:
                return endpoint, found[1] if found.groups() else "", beside
            known = True
    if known:
        raise ApiError(405, "Method Not Allowed")
    raise ApiError(404, "Not found")


def version_of(call: Call) -> str:
    """The API version of a call; raises `ApiError` 400 where one is needed and missing."""
    version = call.headers.get("anthropic-version")
    if version is None and call.path.startswith(_VERSIONLESS):
        return NEW_VERSION
    return check_version(version)


def _json(value: object) -> Reply:
    return Reply(200, msgspec.json.encode(value))
