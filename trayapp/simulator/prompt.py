"""A body's parts in the order the model reads them, and what they count in tokens."""

from collections.abc import Iterator
from typing import Any

import msgspec

Json = dict[str, Any]

OPENING_TOKENS = 8
TOOLS_TOKENS = 286
"""What the hidden instructions for tools cost, whatever the tools are."""
TURN_TOKENS = 4
PICTURE_TOKENS = 1500
_PICTURES = frozenset({"image", "document"})


class Part(msgspec.Struct, frozen=True):
    """A stretch of the prompt; *ttl* is set where a prompt-cache mark closes it."""

    data: bytes
    tokens: int
    ttl: str | None = None


def tokens_of(text: str) -> int:
    """About four bytes a token; any text at all is at least one."""
    return (len(text.encode("utf-8", "surrogatepass")) + 3) // 4


def parts_of(body: Json) -> list[Part]:
    """Tools, then system, then messages: the order in which prefixes are cached."""
    parts = [Part(b"opening", OPENING_TOKENS), *_parts(body)]
    if mark := _ttl(body):
        last = parts[-1]
        parts[-1] = Part(last.data, last.tokens, mark)
    return parts


def prompt_tokens(body: Json) -> int:
    """The whole prompt, whatever is cached of it."""
    return sum(part.tokens for part in parts_of(body))


def blocks_of(content: object) -> list[Json]:
    """The content of a message as blocks; a plain string is one text block."""
    if isinstance(content, str):
        return [{"type": "text", "text": content}]
    if isinstance(content, list):
        return [block for block in content if isinstance(block, dict)]
    return []


def text_of(content: object) -> str:
    """All text of a message's content, line by line."""
    blocks = blocks_of(content)
    return "\n".join(str(block.get("text", "")) for block in blocks if block.get("type") == "text")


def _parts(body: Json) -> Iterator[Part]:
    tools = [tool for tool in body.get("tools") or () if isinstance(tool, dict)]
    for place, tool in enumerate(tools):
        yield _part(b"tool", tool, TOOLS_TOKENS if place == 0 else 0)
    for block in blocks_of(body.get("system")):
        yield _part(b"system", block)
    for message in body.get("messages") or ():
        role = str(message.get("role")).encode()
        for place, block in enumerate(blocks_of(message.get("content"))):
            yield _part(role, block, TURN_TOKENS if place == 0 else 0)


def _part(place: bytes, block: Json, extra: int = 0) -> Part:
    bare = {name: value for name, value in block.items() if name != "cache_control"}
    data = msgspec.json.encode(bare)
    return Part(place + data, _block_tokens(bare, data) + extra, _ttl(block))


def _block_tokens(block: Json, data: bytes) -> int:
    if block.get("type") == "text":
        return tokens_of(str(block.get("text", "")))
    if block.get("type") in _PICTURES:
        return PICTURE_TOKENS
    return (len(data) + 3) // 4


def _ttl(holder: Json) -> str | None:
    mark = holder.get("cache_control")
    if not isinstance(mark, dict):
        return None
    return "1h" if mark.get("ttl") == "1h" else "5m"
