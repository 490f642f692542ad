"""One call of the Messages API, from its body to the answer that will be spoken."""

import datetime as dt
import gzip
import math
from collections.abc import Callable
from typing import Any

import msgspec

from trayapp.meter.prices import cost_usd
from trayapp.model.exchange import Headers
from trayapp.model.usage import Usage
from trayapp.simulator import events, fast, openai_format
from trayapp.simulator.accounts import Organization
from trayapp.simulator.answers import Draft, Manner, draft
from trayapp.simulator.catalog import Catalog, Model
from trayapp.simulator.dice import Dice, Ids
from trayapp.simulator.errors import ApiError, envelope, exceeded
from trayapp.simulator.faults import Fault
from trayapp.simulator.headers import limit_headers
from trayapp.simulator.pools import SOME, Pool, Shortage
from trayapp.simulator.prompt import Json
from trayapp.simulator.prompt_cache import Prompt, PromptCache
from trayapp.simulator.settings import Settings
from trayapp.simulator.speech import Frame, Script, Speech
from trayapp.simulator.threads import Threads
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
    betas: frozenset[str] = frozenset()


class Answering(msgspec.Struct, frozen=True):
    """A speech that has begun, in the pool it drains."""

    speech: Speech
    pool: Pool
    levels: "Levels"
    head: Headers = ()


class Levels(msgspec.Struct, frozen=True):
    """Where the limits of an answer are read: a pool, in fast mode or not, or a login's windows."""

    owner: Organization
    pool: Pool
    model_class: str
    speed: str
    rate: float
    """Simulated seconds in one real second."""

    def headers(self, now: float, at: dt.datetime) -> Headers:
        """What a head that goes out *now* says of limits."""
        if self.owner.windows is not None:
            return self.owner.windows.headers(self.model_class, now, at)
        told = fast.fast_headers if self.speed == "fast" else limit_headers
        return told(self.pool, at, self.rate)


class ThrottledError(ApiError):
    """A 429 whose pool's levels go into its head."""

    def __init__(self, error: ApiError, levels: Levels) -> None:
        super().__init__(error.status, error.message, retry_after=error.retry_after)
        self.levels = levels


class Messages:
    """The models, what they were told a moment ago, and how they answer."""

    def __init__(self, settings: Settings, catalog: Catalog, ids: Ids) -> None:
        self._settings = settings
        self._catalog = catalog
        self._ids = ids
        self._cache = PromptCache()
        self._threads = Threads()
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
        owner, now = asked.owner, asked.now
        body = self._threads.resumed(body, owner.id, asked.betas, now)
        model = self._catalog.find(check_model_name(body), asked.at.date())
        speed = fast.speed_of(body, model, asked.betas)
        parts = check_message(body, model, asked.version)
        dice = self._dice(body)
        prompt = self._cache.look(f"{owner.id} {model.id} {speed}", parts, now)
        drafted = draft(body, dice, self._manner)
        message = self._message(body, model, drafted, prompt, speed=speed)
        script = scripted(
            told(message, drafted.thinking_tokens),
            drafted.tokens,
            stream=bool(body.get("stream")),
            asked=asked,
        )
        wrong = self._settings.estimate_error * (2.0 * dice.uniform() - 1.0)
        estimate = prompt.counted * (1.0 + wrong)
        levels = self._admitted(asked, model, speed, estimate)
        speech = Speech(
            script,
            begins=now + self._settings.first_token_s,
            per_s=self._settings.tokens_per_s * (fast.FASTER if speed == "fast" else 1.0),
            estimate=estimate,
            counted=prompt.counted,
        )
        levels.pool.begin(speech)
        self._cache.keep(prompt, speech.begins)
        self._threads.keep(body, message, owner.id, now)
        self._charge(asked, model, message, prompt.counted)
        return Answering(speech, levels.pool, levels, script.head)

    def _admitted(self, asked: Asked, model: Model, speed: str, estimate: float) -> Levels:
        """Where the request draws on; raises the `ApiError` of a limit it would exceed."""
        owner, now, rate = asked.owner, asked.now, self._settings.speed
        name = model.model_class + (fast.SUFFIX if speed == "fast" else "")
        pool = owner.pool(name, now)
        levels = Levels(owner, pool, model.model_class, speed, rate)
        owner.cap.admit(asked.at)
        if owner.windows is not None:
            owner.windows.admit(model.model_class, now, asked.at)
        owner.ramp.admit(now, rate)
        if shortage := pool.admit(estimate, now):
            raise ThrottledError(refused(shortage, model.id, owner, rate), levels)
        return levels

    def _charge(self, asked: Asked, model: Model, message: Json, counted: float) -> None:
        """What the whole answer uses of a login's windows, and of the month's cap."""
        usage = message["usage"]
        if asked.owner.windows is not None:
            asked.owner.windows.take(model.model_class, counted, usage["output_tokens"], asked.now)
        known = msgspec.convert(usage, Usage)
        asked.owner.cap.spend(cost_usd(model.id, known, asked.at) or 0.0)

    def _message(
        self,
        body: Json,
        model: Model,
        drafted: Draft,
        prompt: Prompt,
        *,
        tier: str = "standard",
        speed: str = "standard",
    ) -> Json:
        usage = usage_of(prompt, drafted, body, tier=tier, speed=speed)
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
