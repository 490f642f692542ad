"""The short-lived process that holds the SDK: tasks come down its stdin, results go up as lines.

The SDK costs 50 MB and a second, which the engine does not pay: one worker is started for a
piece of work and ends with it. What is secret comes by stdin alone, never by argv or environ.
Where the SDK would try again it does not: the engine decides, who knows what a row may cost.
"""

import asyncio
import datetime as dt
import gc
import ssl
import threading
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from trayapp.batch.errands import (
    Abort,
    Ask,
    Batches,
    BatchIs,
    Begin,
    Count,
    Done,
    Down,
    Drop,
    Errand,
    Failed,
    Fetch,
    Line,
    Look,
    Said,
    Since,
    Submit,
    Tried,
    TryKey,
    Up,
)
from trayapp.model.usage import Usage

if TYPE_CHECKING:
    import anthropic

TIMEOUT_S = 10.0
"""For one attempt to try a key; there are two."""
PATIENCE_S = 1800.0
"""For an errand: the relay may hold it behind the interactive tools for nearly as long."""

_down = msgspec.json.Decoder(Down)


def serve(tasks: BinaryIO, results: BinaryIO) -> int:
    """Do each task of *tasks*, one JSON value a line, until there are no more; the exit code."""
    for line in tasks:
        task = _down.decode(line)
        if isinstance(task, Begin):
            asyncio.run(_Runner(task, results).run(tasks))
            break
        if isinstance(task, TryKey):
            results.write(msgspec.json.encode(tried(task)) + b"\n")
            results.flush()
    return 0


def tried(task: TryKey) -> Tried:
    """Try a key by listing one model, which costs nothing."""
    # Here, not above: what a worker says and is told is known without the SDK.
    import anthropic

    try:
        with _key_client(task) as client:
            models: object = client.models.list(limit=1).data
    except anthropic.AuthenticationError as refused:
        return Tried("refused", refused.status_code)
    except anthropic.APIStatusError as other:
        return Tried("unclear", other.status_code)
    except anthropic.APIConnectionError as failed:
        return Tried("unreachable", cause=_cause(failed))
    except OSError:
        return Tried("unreachable", cause="[network] ca_file cannot be read")
    except (anthropic.AnthropicError, ValueError):
        return Tried("unclear", 200)
    return Tried("accepted" if isinstance(models, list) else "unclear", 200)


def _key_client(task: TryKey) -> "anthropic.Anthropic":
    """A client that obeys the task alone: no proxy, roots or headers of the environment."""
    import anthropic
    import httpx2  # what the SDK sends by; its own transport would ask the environment for proxies
    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if task.ca_file is not None:
        context.load_verify_locations(task.ca_file)
    transport = httpx2.HTTPTransport(verify=context, proxy=task.proxy, trust_env=False)
    client = anthropic.DefaultHttpxClient(transport=transport, follow_redirects=False)
    return anthropic.Anthropic(
        api_key=task.key,
        base_url=task.url,
        timeout=TIMEOUT_S,
        max_retries=1,
        http_client=client,
    )


def _cause(error: BaseException) -> str:
    at: BaseException | None = error
    while at is not None:
        if isinstance(at, ssl.SSLError):
            return "TLS failed: its certificate is not trusted by this system"
        if isinstance(at, TimeoutError) or type(at).__name__ == "APITimeoutError":
            return "no answer in time"
        at = at.__cause__ or at.__context__
    return "no connection could be made"


class _Runner:
    """Runs errands side by side until its stdin ends; then it drops what is left."""

    def __init__(self, begin: Begin, results: BinaryIO) -> None:
        import anthropic
        import httpx2

        self._sdk = anthropic
        self._results = results
        self._running: dict[int, asyncio.Task[None]] = {}
        # The relay is on loopback: no proxy, no TLS, and as many connections as errands.
        transport = httpx2.AsyncHTTPTransport(
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=16),
            trust_env=False,
        )
        # The SDK's 60 MB stay to the end: looking through them for garbage each time would put the
        # next look off so long that answers pile up, which lie in cycles.
        gc.freeze()
        gc.collect()
        self._client = anthropic.AsyncAnthropic(
            api_key=begin.token,
            base_url=begin.url,
            timeout=PATIENCE_S,
            max_retries=0,
            http_client=anthropic.DefaultAsyncHttpxClient(transport=transport),
        )

    async def run(self, tasks: BinaryIO) -> None:
        """Read errands in a thread, since a pipe cannot be awaited on every system."""
        loop = asyncio.get_running_loop()
        ended = asyncio.Event()

        def read() -> None:
            for line in tasks:
                loop.call_soon_threadsafe(self._take, _down.decode(line))
            loop.call_soon_threadsafe(ended.set)

        threading.Thread(target=read, name="errands", daemon=True).start()
        async with asyncio.TaskGroup() as group:
            self._group = group
            await ended.wait()
            for task in self._running.values():
                task.cancel()
        await self._client.close()

    def _take(self, errand: Down) -> None:
        match errand:
            case TryKey() | Begin():
                return
            case Drop(id=number):
                if number in self._running:
                    self._running.pop(number).cancel()
            case _:
                task = self._group.create_task(self._guarded(errand))
                self._running[errand.id] = task
                task.add_done_callback(lambda _: self._running.pop(errand.id, None))

    async def _guarded(self, errand: Errand) -> None:
        sdk = self._sdk
        try:
            await self._do(errand)
        except sdk.APIStatusError as error:
            self._tell(_refusal(errand.id, error))
        except sdk.APIConnectionError as error:
            self._tell(Failed(errand.id, f"No answer came: {_cause(error)}."))
        except Exception as error:  # noqa: BLE001 - one errand's mishap is not the others'
            self._tell(Failed(errand.id, f"The answer could not be read: {type(error).__name__}."))

    async def _do(self, errand: Errand) -> None:
        match errand:
            case Ask():
                await self._ask(errand)
            case Count():
                await self._count(errand)
            case Submit():
                await self._submit(errand)
            case Look():
                await self._look(errand)
            case Since():
                await self._since(errand)
            case Fetch():
                await self._fetch(errand)
            case Abort():
                await self._abort(errand)
            case Drop():
                raise AssertionError("unreachable")

    async def _ask(self, errand: Ask) -> None:
        """Streamed, so that the meter sees output as it is written and no silence is too long."""
        body = msgspec.json.decode(errand.body)
        raw = await self._client.messages.with_raw_response.create(**body, stream=True)
        said = Said(errand.id, "", cached="hit" in raw.headers.get("cache-status", ""))
        text: list[str] = []
        whole = False
        stream: Any = await _parsed(raw)
        async for event in stream:
            match event.type:
                case "message_start":
                    usage = _usage(event.message.usage)
                    said = msgspec.structs.replace(said, model=event.message.model, usage=usage)
                case "content_block_delta" if event.delta.type == "text_delta":
                    text.append(event.delta.text)
                case "message_delta":
                    usage = _usage(event.usage, said.usage)
                    reason = event.delta.stop_reason
                    said = msgspec.structs.replace(said, stop_reason=reason, usage=usage)
                case "message_stop":
                    whole = True
        if not whole:
            self._tell(Failed(errand.id, "The answer broke off."))
            return
        self._tell(msgspec.structs.replace(said, text="".join(text)))

    async def _count(self, errand: Count) -> None:
        body = msgspec.json.decode(errand.body)
        counted = await self._client.messages.count_tokens(**body)
        self._tell(Done(errand.id, counted.input_tokens))

    async def _submit(self, errand: Submit) -> None:
        batch = await self._client.post(
            "/v1/messages/batches",
            cast_to=self._sdk.types.messages.MessageBatch,
            content=bytes(errand.body),
            options={"headers": {"content-type": "application/json"}},
        )
        self._tell(_told(errand.id, batch))

    async def _look(self, errand: Look) -> None:
        batch = await self._client.messages.batches.retrieve(errand.batch)
        self._tell(_told(errand.id, batch))

    async def _since(self, errand: Since) -> None:
        since = msgspec.convert(errand.created_at, type=dt.datetime)
        found = []
        async for batch in self._client.messages.batches.list(limit=100):
            if batch.created_at < since:
                break  # the newest come first
            found.append(_told(errand.id, batch))
        self._tell(Batches(errand.id, tuple(found)))

    async def _fetch(self, errand: Fetch) -> None:
        count = 0
        results = await self._client.messages.batches.results(errand.batch)
        async for line in results:
            self._tell(_line(errand.id, line))
            count += 1
            if count == errand.most:
                break
        self._tell(Done(errand.id))

    async def _abort(self, errand: Abort) -> None:
        batch = await self._client.messages.batches.cancel(errand.batch)
        self._tell(_told(errand.id, batch))

    def _tell(self, result: Up) -> None:
        self._results.write(msgspec.json.encode(result) + b"\n")
        self._results.flush()


async def _parsed(raw: Any) -> Any:
    parsed = raw.parse()
    return await parsed if asyncio.iscoroutine(parsed) else parsed


def _refusal(number: int, error: "anthropic.APIStatusError") -> Failed:
    told: Any = error.body
    inner = told.get("error") if isinstance(told, dict) else None
    inner = inner if isinstance(inner, dict) else {}
    headers = error.response.headers
    after = headers.get("retry-after", "")
    return Failed(
        number,
        str(inner.get("message") or f"Upstream answered {error.status_code}."),
        error.status_code,
        str(inner.get("type") or ""),
        float(after) if after.isdigit() else None,
        final=headers.get("x-should-retry") == "false",
        ours=str(told.get("request_id")).startswith("slc_") if isinstance(told, dict) else False,
    )


def _line(number: int, line: Any) -> Line:
    result = line.result
    if result.type == "succeeded":
        message = result.message
        text = "".join(block.text for block in message.content if block.type == "text")
        usage = _usage(message.usage)
        said = Said(number, text, message.model, message.stop_reason, usage)
        return Line(number, line.custom_id, "succeeded", said)
    words = result.error.error.message if result.type == "errored" else ""
    return Line(number, line.custom_id, result.type, message=str(words or ""))


def _told(number: int, batch: Any) -> BatchIs:
    counts = batch.request_counts
    rows = counts.processing + counts.succeeded + counts.errored + counts.canceled + counts.expired
    created = batch.created_at.isoformat()
    return BatchIs(number, batch.id, batch.processing_status, rows, created)


def _usage(told: Any, before: Usage | None = None) -> Usage:
    """The usage of an SDK object; what it leaves out stays as it was said *before*."""
    said = {name: value for name, value in told.to_dict().items() if value is not None}
    creation = said.get("cache_creation") or {}
    tools = said.get("server_tool_use") or {}
    said |= {
        "cache_creation_5m": creation.get("ephemeral_5m_input_tokens"),
        "cache_creation_1h": creation.get("ephemeral_1h_input_tokens"),
        "web_search_requests": tools.get("web_search_requests"),
    }
    new = msgspec.convert({k: v for k, v in said.items() if v is not None}, Usage)
    if before is None:
        return new
    kept = {name: getattr(new, name) for name in Usage.__struct_fields__}
    return msgspec.structs.replace(before, **{k: v for k, v in kept.items() if v is not None})
