"""What Claude says: by the rules tests ask for, else prose of a likely length."""

import re
from typing import Any

import msgspec

from trayapp.simulator.dice import Dice
from trayapp.simulator.prompt import Json, blocks_of, text_of, tokens_of
from trayapp.simulator.schemas import value_for

THINKING_TOKENS = 48
_SAY = re.compile(r"say:[ \t]*(.+)")
_USE = re.compile(r"use[ \t]+([\w.-]+)")
_WORDS = re.findall(
    "[a-z]+",
    """the a this each water light morning river stone harbour signal window garden engine paper
    letter number colour question answer reason pattern small clear early late steady plain open
    quiet long turns holds moves keeps shows finds carries follows begins ends with under over
    from into before after between because while and but so as it they we one two three""",
)


class Draft(msgspec.Struct, frozen=True):
    """An answer before it is spoken; *thinking_tokens* count though the text be omitted."""

    content: tuple[Json, ...]
    stop_reason: str
    stop_sequence: str | None = None
    thinking_tokens: int = 0

    @property
    def tokens(self) -> int:
        """Output tokens of the whole answer."""
        return self.thinking_tokens + sum(block_tokens(block) for block in self.content)


class Manner(msgspec.Struct, frozen=True):
    """How long answers are, in tokens: the median of a lognormal, and its sigma."""

    median: float
    spread: float


def block_tokens(block: Json) -> int:
    """Output tokens of a text or tool_use block; thinking is counted apart."""
    match block["type"]:
        case "text":
            return tokens_of(block["text"])
        case "tool_use":
            return 12 + tokens_of(msgspec.json.encode(block["input"]).decode())
        case _:
            return 0


def draft(body: Json, dice: Dice, manner: Manner) -> Draft:
    """The answer to a valid Messages body; the same body and dice give the same answer."""
    most = int(body["max_tokens"])
    if most == 0:
        return Draft((), "max_tokens")
    thought, thinking_tokens = _thinking(body, dice, most)
    left = most - thinking_tokens
    said = _said(body, dice, manner)
    if isinstance(said, dict):
        if block_tokens(said) <= left:
            return Draft((*thought, said), "tool_use", None, thinking_tokens)
        said = {**said, "input": {}}
        return Draft((*thought, said), "max_tokens", None, thinking_tokens)
    text, reason, sequence = _ended(said, body.get("stop_sequences") or (), left)
    return Draft((*thought, {"type": "text", "text": text}), reason, sequence, thinking_tokens)


def _said(body: Json, dice: Dice, manner: Manner) -> str | Json:
    # Claude Code closes with a turn of role `system`; what was asked is before it.
    turns = body["messages"]
    last = next((turn for turn in reversed(turns) if turn["role"] != "system"), turns[-1])
    asked = text_of(last["content"])
    if order := _SAY.search(asked):
        return order[1].strip()
    if results := [b for b in blocks_of(last["content"]) if b["type"] == "tool_result"]:
        return " ".join(_told(result, body) for result in results)
    if tool := _tool_asked(body, asked):
        return _call(tool, dice)
    if schema := _schema(body):
        return msgspec.json.encode(value_for(schema, dice)).decode()
    return prose(dice, max(round(dice.lognormal(manner.median, manner.spread)), 1))


def prose(dice: Dice, tokens: int) -> str:
    """Sentences of about so many tokens."""
    words: list[str] = []
    size = 0
    while size < tokens * 4:
        word = dice.pick(_WORDS)
        if not words or words[-1].endswith("."):
            word = word.capitalize()
        if dice.below(9) == 0:
            word += "."
        words.append(word)
        size += len(word) + 1
    return " ".join(words)[: tokens * 4 - 1].rstrip(" .") + "."


def _thinking(body: Json, dice: Dice, most: int) -> tuple[tuple[Json, ...], int]:
    thinking = body.get("thinking") or {}
    if thinking.get("type") not in {"enabled", "adaptive"}:
        return (), 0
    tokens = min(THINKING_TOKENS, most // 2)
    shown = thinking.get("display") != "omitted" and tokens > 0
    block = {
        "type": "thinking",
        "thinking": prose(dice, tokens) if shown else "",
        "signature": f"Eq{dice.letters(94)}==",
    }
    return (block,), tokens


def _ended(text: str, stops: Any, most: int) -> tuple[str, str, str | None]:
    """Cut *text* where the first stop sequence begins or the tokens end."""
    found = [(text.find(stop), stop) for stop in stops if stop in text]
    reason, sequence = "end_turn", None
    if found:
        place, sequence = min(found)
        text, reason = text[:place], "stop_sequence"
    if tokens_of(text) > most:
        cut = text.encode("utf-8", "surrogatepass")[: most * 4]
        return cut.decode("utf-8", "ignore"), "max_tokens", None
    return text, reason, sequence


def _tool_asked(body: Json, asked: str) -> Json | None:
    tools: dict[str, Json] = {tool["name"]: tool for tool in body.get("tools") or ()}
    choice = body.get("tool_choice") or {}
    if choice.get("type") == "none" or not tools:
        return None
    forced = choice.get("type") == "tool"
    names: list[str] = [str(choice.get("name"))] if forced else _USE.findall(asked)
    for name in names:
        if tool := tools.get(name) or tools.get(name.rstrip(".")):
            return tool
    return next(iter(tools.values())) if choice.get("type") == "any" else None


def _call(tool: Json, dice: Dice) -> Json:
    given = value_for(tool.get("input_schema"), dice)
    return {
        "type": "tool_use",
        "id": f"toolu_01{dice.letters(22)}",
        "name": tool["name"],
        "input": given if isinstance(given, dict) else {},
    }


def _told(result: Json, body: Json) -> str:
    names = {
        block.get("id"): block.get("name")
        for message in body["messages"]
        for block in blocks_of(message["content"])
        if block["type"] == "tool_use"
    }
    name = names.get(result.get("tool_use_id"), "The tool")
    return f"{name} answered: {text_of(result.get('content'))[:200]}"


def _schema(body: Json) -> Any:
    wanted = (body.get("output_config") or {}).get("format") or body.get("output_format")
    return wanted.get("schema") if isinstance(wanted, dict) else None
