"""A stream of events as the plain answer it would have been.

The message is put together as the API's own clients do it; what is not read here is carried
over as the bytes it was. An event or a delta of a kind nobody knows may have changed the answer,
so such a stream answers streams only.
"""

import msgspec

from trayapp.sse import Event, SSEReader

Fields = dict[str, msgspec.Raw]

_fields = msgspec.json.Decoder(Fields).decode
_text = msgspec.json.Decoder(str).decode
_index = msgspec.json.Decoder(int).decode
_encode = msgspec.json.Encoder().encode
_ENVELOPE = frozenset({"type", "delta", "usage"})
"""Of a `message_delta`; what else it holds is the message's own."""
_UNREADABLE = (msgspec.MsgspecError, ValueError, LookupError, RecursionError)


class _Unknown(ValueError):
    """Something that this version cannot fold."""


def as_message(body: bytes) -> bytes | None:
    """Return the message that the events in *body* tell; None where it cannot be told plainly."""
    folding = _Folding()
    try:
        for event in SSEReader().feed(body):
            folding.take(event)
        return folding.message()
    except _UNREADABLE:
        return None


class _Block:
    """One content block while its deltas come."""

    def __init__(self, start: Fields) -> None:
        self._fields = start
        self._parts: dict[str, list[str]] = {}
        self._citations: list[msgspec.Raw] = []

    def take(self, delta: Fields) -> None:
        match _text(delta["type"]):
            case "text_delta":
                self._more("text", delta["text"])
            case "thinking_delta":
                self._more("thinking", delta["thinking"])
            case "input_json_delta":
                self._more("input", delta["partial_json"])
            case "signature_delta":
                self._fields["signature"] = delta["signature"]
            case "citations_delta":
                self._citations.append(delta["citation"])
            case _:
                raise _Unknown

    def fields(self) -> Fields:
        """The block as it is at its end."""
        for name, parts in self._parts.items():
            whole = "".join(parts)
            if name != "input":
                begun = _text(self._fields.get(name, msgspec.Raw(b'""')))
                self._fields[name] = msgspec.Raw(_encode(begun + whole))
            elif whole.strip():
                self._fields[name] = msgspec.Raw(_encode(_checked(whole)))
        if self._citations:
            self._fields["citations"] = msgspec.Raw(_encode(self._citations))
        return self._fields

    def _more(self, name: str, part: msgspec.Raw) -> None:
        self._parts.setdefault(name, []).append(_text(part))


class _Folding:
    """A message while its events come."""

    def __init__(self) -> None:
        self._message: Fields | None = None
        self._blocks: dict[int, _Block] = {}
        self._stopped = False

    def take(self, event: Event) -> None:
        data = _fields(event.data)
        match event.name:
            case "ping":
                pass
            case "message_start":
                self._message = _fields(data["message"])
            case "content_block_start":
                self._blocks[_index(data["index"])] = _Block(_fields(data["content_block"]))
            case "content_block_delta":
                self._blocks[_index(data["index"])].take(_fields(data["delta"]))
            case "content_block_stop":
                _index(data["index"])
            case "message_delta":
                self._end(data)
            case "message_stop":
                self._stopped = True
            case _:
                raise _Unknown

    def message(self) -> bytes:
        if self._message is None or not self._stopped:
            raise _Unknown
        blocks = [self._blocks[index].fields() for index in sorted(self._blocks)]
        return _encode({**self._message, "content": msgspec.Raw(_encode(blocks))})

    def _end(self, data: Fields) -> None:
        """Take what the end tells; its counts are cumulative and overwrite."""
        if self._message is None:
            raise _Unknown
        self._message.update(_fields(data["delta"]))
        self._message.update({name: data[name] for name in data.keys() - _ENVELOPE})
        told = _fields(data["usage"]) if "usage" in data else {}
        usage = _fields(self._message["usage"]) if "usage" in self._message else {}
        usage |= {name: value for name, value in told.items() if bytes(value) != b"null"}
        self._message["usage"] = msgspec.Raw(_encode(usage))


def _checked(text: str) -> msgspec.Raw:
    """JSON that a tool was called with; raises where it is none."""
    msgspec.json.decode(text)
    return msgspec.Raw(text.encode())
