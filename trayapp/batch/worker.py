"""The short-lived process that holds the SDK: tasks come down its stdin, results go up as lines.

The SDK costs 50 MB and a second, which the engine does not pay: one worker is started for a
piece of work and ends with it. What is secret comes by stdin alone, never by argv or environ.
"""

import ssl
from typing import TYPE_CHECKING, BinaryIO, Literal

import msgspec

if TYPE_CHECKING:
    import anthropic

TIMEOUT_S = 10.0
"""For one attempt to try a key; there are two."""

Verdict = Literal["accepted", "refused", "unclear", "unreachable"]


class TryKey(msgspec.Struct, frozen=True, tag="try_key"):
    """Ask the models endpoint of *url* with *key*; *proxy* and *ca_file* as in `[network]`."""

    url: str
    key: str
    proxy: str | None = None
    ca_file: str | None = None

    def __repr__(self) -> str:
        return f"TryKey({self.url!r}, ***)"


class Tried(msgspec.Struct, frozen=True, tag="tried"):
    """What came of it: *status* is upstream's, *cause* in our words what kept us from one."""

    verdict: Verdict
    status: int | None = None
    cause: str = ""


_tasks = msgspec.json.Decoder(TryKey)


def serve(tasks: BinaryIO, results: BinaryIO) -> int:
    """Do each task of *tasks*, one JSON value a line, until there are no more; the exit code."""
    for line in tasks:
        results.write(msgspec.json.encode(tried(_tasks.decode(line))) + b"\n")
        results.flush()
    return 0


def tried(task: TryKey) -> Tried:
    """Try a key by listing one model, which costs nothing."""
    # Here, not above: what a worker says and is told is known without the SDK.
    import anthropic

    try:
        with _client(task) as client:
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


def _client(task: TryKey) -> "anthropic.Anthropic":
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
