"""A plain answer as the stream of events it would have been.

What is not read here (signatures, citations, a tool's input, fields nobody knows) is carried
over as the bytes it was.
"""

import msgspec

Fields = dict[str, msgspec.Raw]

_fields = msgspec.json.Decoder(Fields).decode
_list = msgspec.json.Decoder(list[msgspec.Raw]).decode
_text = msgspec.json.Decoder(str).decode
_usage = msgspec.json.Decoder(Fields | None).decode
_encode = msgspec.json.Encoder().encode

_NULL, _EMPTY, _NOTHING, _NONE = (msgspec.Raw(word) for word in (b"null", b'""', b"{}", b"[]"))
_AT_THE_END = ("stop_reason", "stop_sequence", "stop_details", "container")
"""What `message_delta` tells."""
_SAID = {"text": ("text", "text_delta"), "thinking": ("thinking", "thinking_delta")}
_UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)


def as_stream(body: bytes) -> bytes | None:
    """Return the events of the message *body*; None where it is none that we can read."""
    try:
        return b"".join(_events(_fields(body)))
    except _UNREADABLE:
        return None


def _events(message: Fields) -> list[bytes]:
    blocks = _list(message["content"]) if "content" in message else []
    ending = {name: message[name] for name in _AT_THE_END if name in message}
    usage = _usage(message.get("usage", _NULL)) or {}
    start = {**message, "content": _NONE, **dict.fromkeys(ending, _NULL)}
    if "output_tokens" in usage:
        start["usage"] = _raw({**usage, "output_tokens": msgspec.Raw(b"1")})
    events = [_event("message_start", message=_raw(start))]
    for index, block in enumerate(blocks):
        number = msgspec.Raw(b"%d" % index)
        first, deltas = _block(_fields(block))
        events.append(_event("content_block_start", index=number, content_block=_raw(first)))
        events += [_event("content_block_delta", index=number, delta=_raw(each)) for each in deltas]
        events.append(_event("content_block_stop", index=number))
    events.append(_event("message_delta", delta=_raw(ending), usage=_raw(usage)))
    events.append(_event("message_stop"))
    return events


def _block(block: Fields) -> tuple[Fields, list[Fields]]:
    """A block as it begins, and what comes after; of a kind nobody knows, all of it at once."""
    kind = _text(block.get("type", _EMPTY))
    if kind in _SAID:
        return _said(block, *_SAID[kind])
    if "input" in block:
        partial = msgspec.Raw(_encode(bytes(block["input"]).decode()))
        return {**block, "input": _NOTHING}, [_delta("input_json_delta", partial_json=partial)]
    return block, []


def _said(block: Fields, name: str, delta: str) -> tuple[Fields, list[Fields]]:
    first, deltas = {**block, name: _EMPTY}, []
    if bytes(block.get(name, _EMPTY)) != b'""':
        deltas.append(_delta(delta, **{name: block[name]}))
    if bytes(block.get("citations", _NULL)) != b"null":
        first["citations"] = _NONE
        deltas += [_delta("citations_delta", citation=each) for each in _list(block["citations"])]
    if "signature" in block:
        first["signature"] = _EMPTY
        deltas.append(_delta("signature_delta", signature=block["signature"]))
    return first, deltas


def _delta(kind: str, **fields: msgspec.Raw) -> Fields:
    return {"type": _raw(kind), **fields}


def _raw(value: object) -> msgspec.Raw:
    return msgspec.Raw(_encode(value))


def _event(name: str, **fields: msgspec.Raw) -> bytes:
    data = _encode({"type": _raw(name), **fields})
    return b"event: %b\ndata: %b\n\n" % (name.encode(), data)
