"""Listens to one answer on its way to the caller, and says what it cost."""

from collections.abc import Callable
from typing import Annotated, Any

import msgspec

from trayapp.meter.decoding import CAP, decoder_for
from trayapp.model.exchange import Headers
from trayapp.model.usage import Usage
from trayapp.sse import Event, SSEReader

WANTED = ("message_start", "message_delta", "message_stop", "error")
BYTES_A_TOKEN = 4
"""About what a token of English takes; for the estimate while a stream runs, nothing else."""

_COUNT_LIMIT = 10**12
_TEXT_LIMIT = 128

_Count = Annotated[int, msgspec.Meta(ge=0, le=_COUNT_LIMIT)] | None
_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=_TEXT_LIMIT)] | None


class _CacheCreation(msgspec.Struct):
    ephemeral_5m_input_tokens: _Count = None
    ephemeral_1h_input_tokens: _Count = None


class _ServerToolUse(msgspec.Struct):
    web_search_requests: _Count = None


class _UsualUsage(msgspec.Struct):
    input_tokens: _Count = None
    output_tokens: _Count = None
    cache_creation_input_tokens: _Count = None
    cache_read_input_tokens: _Count = None
    cache_creation: _CacheCreation | None = None
    server_tool_use: _ServerToolUse | None = None
    service_tier: _Text = None
    speed: _Text = None
    inference_geo: _Text = None


class _UsualBody(msgspec.Struct):
    """A whole answer as the API gives it; anything odd is left to `_Body`, which takes all."""

    id: _Text
    model: _Text
    stop_reason: _Text
    usage: _UsualUsage


class _Body(msgspec.Struct):
    """A JSON answer; its content is checked, never built."""

    id: Any = None
    model: Any = None
    stop_reason: Any = None
    usage: Any = None
    error: Any = None


class _StreamPart(msgspec.Struct):
    """The data of an event: each part is there in the event that has it."""

    message: Any = None
    delta: Any = None
    usage: Any = None
    error: Any = None


_UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)
_USUAL = msgspec.json.Decoder(_UsualBody)
_BODY = msgspec.json.Decoder(_Body)
_PART = msgspec.json.Decoder(_StreamPart)


class UsageTap:
    """A receiver beside the caller's: reads JSON and SSE answers, never raises, holds nothing up.

    *on_start* is called when a stream's `message_start` was read, *on_first_token* with its first
    piece of content. Everything that was not learnt stays None.
    """

    def __init__(
        self,
        headers: Headers,
        *,
        on_start: Callable[[], None] | None = None,
        on_first_token: Callable[[], None] | None = None,
    ) -> None:
        fields = dict(headers)
        self.usage: Usage | None = None
        self.model: str | None = None
        self.message_id: str | None = None
        self.stop_reason: str | None = None
        self.error_type: str | None = None
        self.error_code: str | None = None
        self.whole = False
        """The answer came to its own end: `message_stop` in a stream, all of the body in JSON."""
        self.first_token = False
        self.unread: str | None = None
        """Why nothing was read: the encoding that is not ours to unpack, `damaged`, `too large`."""
        self._on_start = on_start
        self._on_first_token = on_first_token
        self._stopped = False
        self._settled_bytes = 0
        kind = fields.get(b"content-type", b"").lower()
        self._reader = SSEReader(WANTED) if kind.startswith(b"text/event-stream") else None
        self._json: list[bytes] = []
        self._json_size = 0
        encoding = fields.get(b"content-encoding", b"").strip().lower().decode("ascii", "replace")
        self._decoder = decoder_for(encoding)
        if encoding not in {"", "identity"} and self._decoder is None:
            self.unread = encoding

    @property
    def is_stream(self) -> bool:
        """Whether the answer is a stream of events."""
        return self._reader is not None

    @property
    def between_events(self) -> bool:
        """Whether an `error` event may be appended; never in a body that is packed or no stream."""
        if self._reader is None or self._decoder is not None or self.unread is not None:
            return False
        return self._reader.between_events

    @property
    def output_seen(self) -> int:
        """Output tokens so far: as last reported, and about what has come since."""
        known = self.usage.output_tokens if self.usage and self.usage.output_tokens else 0
        if self._reader is None or self._stopped:
            return known
        return known + (self._reader.delta_bytes - self._settled_bytes) // BYTES_A_TOKEN

    def feed(self, data: bytes) -> None:
        """Listen to the next bytes, as they came from upstream."""
        if self._decoder is not None or self.unread is not None:
            data = self._unpack(data)
        if self._reader is None:
            self._gather(data)
            return
        for event in self._reader.feed(data):
            self._read_event(event, self._reader)
        if not self.first_token and self._reader.deltas:
            self.first_token = True
            if self._on_first_token is not None:
                self._on_first_token()

    def end(self, whole: bool) -> None:  # noqa: FBT001 - a receiver's one word at the end
        """Learn that no more comes, and read a JSON body if it came *whole*."""
        if self._reader is not None:
            self.whole = self._stopped
            return
        self.whole = whole
        if whole and self.unread is None:
            self._read_json(b"".join(self._json))
        self._json.clear()

    def _read_json(self, data: bytes) -> None:
        try:
            usual = _USUAL.decode(data)
        except _UNREADABLE:
            self._read_odd(data)
            return
        self.message_id, self.model = usual.id, usual.model
        self.stop_reason, self.usage = usual.stop_reason, _usage_in(usual.usage)

    def _read_odd(self, data: bytes) -> None:
        try:
            body = _BODY.decode(data)
        except _UNREADABLE:
            self.unread = "damaged"
        else:
            self._read_message(body)
            self._read_error(body.error)

    def _unpack(self, data: bytes) -> bytes:
        if self._decoder is None or self.unread is not None:
            return b""
        data = self._decoder.feed(data)
        if self._decoder.gave_up:
            self.unread = "damaged"
        return data

    def _gather(self, data: bytes) -> None:
        self._json_size += len(data)
        if self._json_size > CAP:
            self.unread = "too large"
            self._json.clear()
        else:
            self._json.append(data)

    def _read_event(self, event: Event, reader: SSEReader) -> None:
        try:
            part = _PART.decode(event.data)
        except _UNREADABLE:
            part = _StreamPart()
        if event.name == "message_start":
            message = _fields(part.message)
            self._read_message(_Body(**{key: message.get(key) for key in _Body.__struct_fields__}))
            if self._on_start is not None:
                self._on_start()
        elif event.name == "message_delta":
            self.stop_reason = _text(_fields(part.delta).get("stop_reason"))
            self._read_usage(part.usage)
            if _fields(part.usage).get("output_tokens") is not None:
                self._settled_bytes = reader.delta_bytes
        elif event.name == "message_stop":
            self._stopped = True
        else:
            self._read_error(part.error)
            self.error_type = self.error_type or "unknown"

    def _read_message(self, message: _Body) -> None:
        self.message_id = _text(message.id)
        self.model = _text(message.model)
        self.stop_reason = _text(message.stop_reason)
        self._read_usage(message.usage)

    def _read_usage(self, value: Any) -> None:
        if not isinstance(value, dict):
            return
        told = usage_of(value)
        self.usage = told if self.usage is None else overwritten(self.usage, told)

    def _read_error(self, error: Any) -> None:
        if isinstance(error, dict):
            self.error_type = _text(error.get("type"))
            details = error.get("details")
            self.error_code = (
                _text(details.get("error_code")) if isinstance(details, dict) else None
            )


def _usage_in(usual: _UsualUsage) -> Usage:
    creation, tools = usual.cache_creation, usual.server_tool_use
    return Usage(
        usual.input_tokens,
        usual.output_tokens,
        usual.cache_creation_input_tokens,
        usual.cache_read_input_tokens,
        creation.ephemeral_5m_input_tokens if creation else None,
        creation.ephemeral_1h_input_tokens if creation else None,
        tools.web_search_requests if tools else None,
        usual.service_tier,
        usual.speed,
        usual.inference_geo,
    )


def usage_of(value: Any) -> Usage:
    """The counts in a decoded `usage` object; what is null, absent or no count is None."""
    value = _fields(value)
    creation = _fields(value.get("cache_creation"))
    return Usage(
        input_tokens=_count(value.get("input_tokens")),
        output_tokens=_count(value.get("output_tokens")),
        cache_creation_input_tokens=_count(value.get("cache_creation_input_tokens")),
        cache_read_input_tokens=_count(value.get("cache_read_input_tokens")),
        cache_creation_5m=_count(creation.get("ephemeral_5m_input_tokens")),
        cache_creation_1h=_count(creation.get("ephemeral_1h_input_tokens")),
        web_search_requests=_count(
            _fields(value.get("server_tool_use")).get("web_search_requests")
        ),
        service_tier=_text(value.get("service_tier")),
        speed=_text(value.get("speed")),
        inference_geo=_text(value.get("inference_geo")),
    )


def overwritten(old: Usage, new: Usage) -> Usage:
    """*old* with what *new* tells in its place: a stream's counts are cumulative, never added."""
    told = {
        field: value
        for field in Usage.__struct_fields__
        if (value := getattr(new, field)) is not None
    }
    return msgspec.structs.replace(old, **told)


def _fields(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _count(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value <= _COUNT_LIMIT else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= _TEXT_LIMIT else None
