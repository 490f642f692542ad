"""One call of the Messages API, from its body to the answer that will be spoken."""

import datetime as dt
import gzip
import math
from collections.abc import Callable
from typing import Any

import msgspec

from trayapp.model.exchange import Headers
from trayapp.simulator import events, openai_format
from trayapp.simulator.accounts import Organization
from trayapp.simulator.answers import Draft, Manner, draft
from trayapp.simulator.catalog import Catalog, Model
from trayapp.simulator.dice import Dice, Ids
from trayapp.simulator.errors import ApiError, envelope, exceeded
from trayapp.simulator.faults import Fault
from trayapp.simulator.pools import SOME, Pool, Shortage
from trayapp.simulator.prompt import Json
from trayapp.simulator.prompt_cache import Prompt, PromptCache
from trayapp.simulator.settings import Settings
from trayapp.simulator.speech import Frame, Script, Speech
from trayapp.simulator.usage import message_of, usage_of
from trayapp.simulator.validation import (
    NEW_VERSION,
    check_batched,
    check_message,
    check_model_name,
    check_prompt,
)

JSON = "application/json"
_STREAM_HEAD: Headers = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache"),
)


class Asked(msgspec.Struct, frozen=True):
    """Who asks, when (simulated seconds and wall clock), and what shall go wrong."""

    owner: Organization
    now: float
    at: dt.datetime
    version: str
    fault: Fault
    gzip: bool = False


class Answering(msgspec.Struct, frozen=True):
    """A speech that has begun, in the pool it drains."""

    speech: Speech
    pool: Pool
    head: Headers = ()


class ThrottledError(ApiError):
    """A 429 whose pool's levels go into its head."""

    def __init__(self, error: ApiError, pool: Pool) -> None:
        super().__init__(error.status, error.message, retry_after=error.retry_after)
        self.pool = pool


class Messages:
    """The models, what they were told a moment ago, and how they answer."""

    def __init__(self, settings: Settings, catalog: Catalog, ids: Ids) -> None:
        self._settings = settings
        self._catalog = catalog
        self._ids = ids
        self._cache = PromptCache()
        self._manner = Manner(settings.answer_tokens, settings.answer_spread)

    def count(self, asked: Asked, body: Any) -> Json:
        """The answer of count_tokens."""
        model = self._catalog.find(check_model_name(body), asked.at.date())
        parts = check_prompt(body, model, asked.version)
        return {"input_tokens": sum(part.tokens for part in parts)}

    def answer(self, asked: Asked, body: Any) -> Answering:
        """Admit a Messages body and begin its answer; raises `ApiError`."""
        stream = isinstance(body, dict) and bool(body.get("stream"))
        return self._begin(asked, body, stream_frames if stream else plain_frames)

    def complete(self, asked: Asked, chat: Any) -> Answering:
        """The same for a chat completions body."""
        body = openai_format.body_of(chat)
        created = int(asked.at.timestamp())
        wants_usage = bool((chat.get("stream_options") or {}).get("include_usage"))

        def told(message: Json, _thinking_tokens: int) -> tuple[Frame, ...]:
            if body["stream"]:
                return openai_format.frames(message, created, usage=wants_usage)
            data = openai_format.completion(message, created)
            return (Frame(data, message["usage"]["output_tokens"]),)

        return self._begin(asked, body, told)

    def batched(self, params: Any, at: dt.datetime) -> Json:
        """One request of a Message Batch, as its result; no limit is drawn on."""
        try:
            check_batched(params)
            model = self._catalog.find(check_model_name(params), at.date())
            parts = check_message(params, model, NEW_VERSION)
            drafted = draft(params, self._dice(params), self._manner)
        except ApiError as error:
            return {"type": "errored", "error": envelope(error, self._ids.new("req"))}
        prompt = Prompt(sum(part.tokens for part in parts))
        message = self._message(params, model, drafted, prompt, tier="batch")
        return {"type": "succeeded", "message": message}

    def _begin(
        self, asked: Asked, body: Any, told: Callable[[Json, int], tuple[Frame, ...]]
    ) -> Answering:
        model = self._catalog.find(check_model_name(body), asked.at.date())
        parts = check_message(body, model, asked.version)
        dice = self._dice(body)
        prompt = self._cache.look(f"{asked.owner.id} {model.id}", parts, asked.now)
        drafted = draft(body, dice, self._manner)
        message = self._message(body, model, drafted, prompt)
        script = scripted(
            told(message, drafted.thinking_tokens),
            drafted.tokens,
            stream=bool(body.get("stream")),
            asked=asked,
        )
        wrong = self._settings.estimate_error * (2.0 * dice.uniform() - 1.0)
        estimate = prompt.counted * (1.0 + wrong)
        pool = asked.owner.pool(model.model_class, asked.now)
        if shortage := pool.admit(estimate, asked.now):
            error = refused(shortage, model.id, asked.owner, self._settings.speed)
            raise ThrottledError(error, pool)
        speech = Speech(
            script,
            begins=asked.now + self._settings.first_token_s,
            per_s=self._settings.tokens_per_s,
            estimate=estimate,
            counted=prompt.counted,
        )
        pool.begin(speech)
        self._cache.keep(prompt, speech.begins)
        return Answering(speech, pool, script.head)

    def _message(
        self, body: Json, model: Model, drafted: Draft, prompt: Prompt, tier: str = "standard"
    ) -> Json:
        usage = usage_of(prompt, drafted, body, tier=tier)
        return message_of(self._ids.new("msg"), model.id, drafted, usage)

    def _dice(self, body: Json) -> Dice:
        """Chance by seed and body, the form of the answer left out."""
        same = {name: value for name, value in body.items() if name != "stream"}
        encoded = msgspec.json.encode(same, order="sorted")
        return Dice(str(self._settings.seed).encode(), encoded)


def plain_frames(message: Json, _thinking_tokens: int) -> tuple[Frame, ...]:
    """A plain answer: one frame, when all of it is written."""
    return (Frame(msgspec.json.encode(message), message["usage"]["output_tokens"]),)


def stream_frames(message: Json, thinking_tokens: int) -> tuple[Frame, ...]:
    """A streamed answer as server-sent events."""
    return events.frames(message, thinking_tokens)


def scripted(told: tuple[Frame, ...], tokens: int, *, stream: bool, asked: Asked) -> Script:
    """The frames as they go out: plain ones compressed if asked for, all spoiled by the fault."""
    fault = asked.fault
    if stream:
        spoiled = events.with_faults(told, fault)
        whole = fault.cut is None or fault.cut >= len(told)
        return Script(spoiled, tokens, stream=True, head=_STREAM_HEAD, whole=whole)
    (frame,) = told
    data = frame.data
    head: Headers = ((b"content-type", JSON.encode()),)
    if asked.gzip:
        data, head = gzip.compress(data, mtime=0), (*head, (b"content-encoding", b"gzip"))
    if fault.cut is not None:
        data = data[: len(data) // 2] if fault.cut else b""
    return Script(
        (msgspec.structs.replace(frame, data=data, pause=fault.stall),),
        tokens,
        stream=False,
        head=head,
        whole=fault.cut is None,
    )


def refused(shortage: Shortage, what: str, owner: Organization, speed: float) -> ApiError:
    """The 429 for *shortage* of *what*; its wait is in whole real seconds, never less than one."""
    wait_s = max(1, math.ceil(shortage.wait / speed - SOME))
    return exceeded(shortage.limit, shortage.unit, what, owner.id, wait_s)
