"""What a Messages body may hold: each rule refuses with the status the API gives."""

from collections.abc import Callable
from typing import Any

from trayapp.simulator.catalog import Model
from trayapp.simulator.errors import ApiError
from trayapp.simulator.prompt import Json, Part, blocks_of, parts_of

NEW_VERSION = "2026-10-21"
VERSIONS = ("2023-06-01", NEW_VERSION)
MESSAGES = 100_000
MARKS = 4
"""Prompt-cache marks in one request."""
_ROLES = ("user", "assistant", "system")
_SAMPLING = ("temperature", "top_p", "top_k")


def check_version(version: str | None) -> str:
    """The API version a request names; raises `ApiError` 400 when it names none we know."""
    if version not in VERSIONS:
        said = "header is required" if version is None else "is not a valid version"
        raise ApiError(400, f"anthropic-version: {said}")
    return version


def check_model_name(body: Any) -> str:
    """The name of the model a body asks for; raises `ApiError` 400."""
    _require(isinstance(body, dict), "The body must be a JSON object.")
    _require(isinstance(body.get("model"), str), "model: Field required")
    return str(body["model"])


def check_prompt(body: Json, model: Model, version: str) -> list[Part]:
    """The rules for Messages and count_tokens alike; gives the prompt's parts."""
    for rule in (_messages, _tools, _thinking, _tool_choice, _ending):
        rule(body, model)
    if version == NEW_VERSION:
        _new_version(body)
    parts = parts_of(body)
    _sizes(parts, model)
    return parts


def check_message(body: Json, model: Model, version: str) -> list[Part]:
    """All rules for a body that wants an answer; gives the prompt's parts."""
    most: Any = body.get("max_tokens")
    _require(most is not None, "max_tokens: Field required")
    _require(_is_whole(most) and most >= 0, "max_tokens: must be a whole number of at least 0")
    _require(
        most <= model.max_output,
        f"max_tokens: {most} > {model.max_output}, the most for {model.id}",
    )
    _require(_is_number_in(body.get("temperature"), 1.0), "temperature: must be from 0 to 1")
    return check_prompt(body, model, version)


def check_batched(params: Any) -> None:
    """What a request inside a Message Batch may not ask for."""
    _require(isinstance(params, dict), "params: must be an object")
    for name in ("speed", "thread"):
        _require(name not in params, f"{name}: not allowed in a Message Batch")
    _require(not params.get("stream"), "stream: not allowed in a Message Batch")
    _require(params.get("max_tokens") != 0, "max_tokens: must be at least 1 in a Message Batch")


def _require(holds: bool, message: str) -> None:  # noqa: FBT001 - a rule holds or does not
    if not holds:
        raise ApiError(400, message)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number_in(value: object, most: float) -> bool:
    if value is None:
        return True
    return isinstance(value, (int, float)) and 0 <= value <= most


def _messages(body: Json, model: Model) -> None:
    messages = body.get("messages")
    _require(isinstance(messages, list), "messages: Field required")
    turns = messages if isinstance(messages, list) else []
    _require(bool(turns), "messages: at least one message is required")
    _require(len(turns) <= MESSAGES, f"messages: at most {MESSAGES} are allowed")
    for place, turn in enumerate(turns):
        _turn(place, turn)
    prefilled = turns[-1]["role"] == "assistant"
    _require(model.takes_prefill or not prefilled, f"{model.id} does not take prefilled answers.")


def _turn(place: int, turn: object) -> None:
    at = f"messages.{place}"
    if not isinstance(turn, dict):
        raise ApiError(400, f"{at}: must be an object")
    _require(turn.get("role") in _ROLES, f"{at}.role: must be user, assistant or system")
    content = turn.get("content")
    _require(isinstance(content, (str, list)), f"{at}.content: Field required")
    blocks = content if isinstance(content, list) else []
    typed = all(isinstance(b, dict) and isinstance(b.get("type"), str) for b in blocks)
    _require(typed, f"{at}.content: every block needs a type")
    _require(bool(content), f"{at}.content: must not be empty")


def _tools(body: Json, _model: Model) -> None:
    tools = body.get("tools") or []
    _require(isinstance(tools, list), "tools: must be a list")
    names = [tool.get("name") if isinstance(tool, dict) else None for tool in tools]
    _require(all(isinstance(name, str) for name in names), "tools: every tool needs a name")
    _require(len(set(names)) == len(names), "tools: names must be unique")


def _thinking(body: Json, model: Model) -> None:
    thinking = body.get("thinking")
    if thinking is None:
        return
    kind = thinking.get("type") if isinstance(thinking, dict) else None
    known = kind in {"enabled", "adaptive", "disabled"}
    _require(known, "thinking.type: must be enabled, adaptive or disabled")
    if kind == "disabled":
        _require(not model.thinks_always, f"thinking.type: {model.id} always thinks")
    if kind == "enabled":
        _require(model.takes_thinking_budget, f"thinking.type: {model.id} takes adaptive only")
        budget, most = thinking.get("budget_tokens"), body.get("max_tokens")
        fits = _is_whole(budget) and budget >= 1024 and (most is None or budget < most)
        _require(fits, "thinking.budget_tokens: must be at least 1024 and below max_tokens")


def _tool_choice(body: Json, model: Model) -> None:
    choice = body.get("tool_choice")
    if choice is None:
        return
    kind = choice.get("type") if isinstance(choice, dict) else None
    _require(kind in {"auto", "any", "tool", "none"}, "tool_choice.type: is not known")
    forced = kind in {"any", "tool"}
    _require(model.takes_forced_tool or not forced, f"tool_choice: {model.id} is never forced")
    _require(bool(body.get("tools")) or not forced, "tool_choice: needs tools")


def _ending(body: Json, _model: Model) -> None:
    stops = body.get("stop_sequences") or []
    listed = isinstance(stops, list) and all(isinstance(stop, str) and stop for stop in stops)
    _require(listed, "stop_sequences: must be a list of texts")
    _require(isinstance(body.get("output_config") or {}, dict), "output_config: must be an object")


def _new_version(body: Json) -> None:
    for name in _SAMPLING:
        _require(name not in body, f"{name}: Extra inputs are not permitted")
    refused: tuple[tuple[str, Callable[[Json], bool]], ...] = (
        ("assistant", lambda block: block.get("type") == "document"),
        ("user", lambda block: block.get("type") == "text" and bool(block.get("citations"))),
    )
    for place, turn in enumerate(body["messages"]):
        for role, is_refused in refused:
            bad = turn["role"] == role and any(map(is_refused, blocks_of(turn["content"])))
            _require(not bad, f"messages.{place}: holds a block not allowed for {role}")


def _sizes(parts: list[Part], model: Model) -> None:
    marks = sum(part.ttl is not None for part in parts)
    _require(marks <= MARKS, f"cache_control: at most {MARKS} blocks may be marked, found {marks}")
    tokens = sum(part.tokens for part in parts)
    fits = tokens <= model.context
    _require(fits, f"prompt is too long: {tokens} tokens > {model.context} maximum")
