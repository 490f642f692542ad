"""What a request's body asks, in one form for all who ask the same; and what is never kept.

Left out is what changes no answer: who it is for, how it is billed, how it is framed, and where
the prompt cache shall begin. Fields that nobody knows stay in: they may change the answer.
"""

import re
from typing import Any

import msgspec

BODY_LIMIT = 4 * 1024 * 1024
"""Bytes of a body that is looked up: beyond, reading it would hold others up."""

BILLING = re.compile(r"x-anthropic-billing-header:(?: *[\w-]+=[^\s;]*;)*(?: *[\w-]+=[^\s;]*)? *")
"""The block that Claude Code puts first into `system`; the API takes it out there.

One line of names and values: what says more could be meant for the model.
"""

_NEVER = ("tools", "thread", "container", "mcp_servers", "safeguards")
"""Answers to these have effects, a state or a day of their own."""
_NO_MATTER = (
    "metadata",
    "stream",
    "service_tier",
    "tags",
    "fallback_credit_token",
    "diagnostics",
    "cache_control",
)
_MARKED = re.compile(rb'"(?:tools|cache_control|url)"')
"""One pass over a large body costs as much as decoding it, and one for each name thrice that."""
_TOOLS, _FILE = b'"tools"', b'"file_id"'
_UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)


class NotKept(Exception):
    """An answer to this is never kept; *detail* says why, in a word."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class _Glance(msgspec.Struct):
    tools: msgspec.Raw = msgspec.Raw(b"null")


_glance = msgspec.json.Decoder(_Glance).decode
_decode = msgspec.json.Decoder(dict[str, Any]).decode
_encode = msgspec.json.Encoder(order="deterministic").encode


def question_of(body: bytes) -> bytes:
    """Return what *body* asks as canonical JSON; raises `NotKept`."""
    if len(body) > BODY_LIMIT:
        raise NotKept("size")
    try:
        # Most of what comes with tools is large, and all of it ends here.
        marked = _MARKED.search(body) is not None
        if marked and _TOOLS in body and bytes(_glance(body).tools) != b"null":
            raise NotKept("tools")
        asked = _decode(body)
    except _UNREADABLE:
        raise NotKept("unreadable") from None
    for name in _NEVER:
        if asked.get(name) is not None:
            raise NotKept(name)
    if asked.get("temperature"):
        raise NotKept("temperature")
    if not asked.get("max_tokens"):
        raise NotKept("max_tokens")  # 0 only warms the prompt cache
    for name in _NO_MATTER:
        asked.pop(name, None)
    _without_billing(asked)
    if marked:
        _tidy(asked)
    return _encode(asked)


def names_files(body: bytes) -> bool:
    """Whether *body* may speak of files by id: those are a workspace's."""
    return _FILE in body


def _without_billing(asked: dict[str, Any]) -> None:
    system = asked.get("system")
    if not isinstance(system, list) or not system or not isinstance(system[0], dict):
        return
    text = system[0].get("text")
    if isinstance(text, str) and BILLING.fullmatch(text):
        del system[0]


def _tidy(asked: dict[str, Any]) -> None:
    """Take breakpoints of the prompt cache out of all blocks; raises `NotKept` for links."""
    _tidy_blocks(asked.get("system"))
    messages = asked.get("messages")
    for message in messages if isinstance(messages, list) else ():
        if isinstance(message, dict):
            _tidy_blocks(message.get("content"))


def _tidy_blocks(blocks: Any) -> None:
    """Only blocks themselves: what a tool was given may hold a field of any name."""
    for block in blocks if isinstance(blocks, list) else ():
        if not isinstance(block, dict):
            continue
        block.pop("cache_control", None)
        _tidy_blocks(block.get("content"))
        source = block.get("source")
        if isinstance(source, dict):
            if source.get("type") == "url":
                raise NotKept("url")  # what is there may change
            _tidy_blocks(source.get("content"))
