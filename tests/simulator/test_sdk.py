"""The real `anthropic` SDK against the simulator, which runs on a thread of its own."""

import asyncio
import io
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from trayapp.simulator.server import Simulator
from trayapp.simulator.settings import Settings

if TYPE_CHECKING:
    import anthropic

MODEL = "claude-opus-5-5"
CLOCK: Any = {
    "name": "clock",
    "description": "tells the time",
    "input_schema": {
        "type": "object",
        "properties": {"zone": {"type": "string"}},
        "required": ["zone"],
    },
}

pytestmark = pytest.mark.slow


def said(text: str) -> list[Any]:
    return [{"role": "user", "content": text}]


class Running:
    """A simulator on its own loop and thread."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    def __enter__(self) -> Simulator:
        self._thread.start()
        assert self._ready.wait(5)
        return self.simulator

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)
        assert not self._thread.is_alive()

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        async with Simulator(self._settings) as self.simulator:
            self._ready.set()
            await self._stop.wait()


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    """One simulator for all tests here; each uses a key, so an organization, of its own."""
    with Running(Settings(minute=0.1)) as running:
        yield running


@pytest.fixture
def client(simulator: Simulator, request: pytest.FixtureRequest) -> Iterator["anthropic.Anthropic"]:
    """A client whose key no other test uses."""
    import anthropic

    key = f"sk-ant-api03-{request.node.name}"
    with anthropic.Anthropic(base_url=simulator.base_url, api_key=key) as made:
        yield made


def test_a_message_comes_back(client: "anthropic.Anthropic") -> None:
    """`messages.create` gives text and usage."""
    message = client.messages.create(model=MODEL, max_tokens=100, messages=said("say: ahoy"))

    (block,) = message.content
    assert block.type == "text"
    assert block.text == "ahoy"
    assert message.usage.output_tokens == 1
    assert message._request_id is not None


def test_an_async_client_works_alike(simulator: Simulator) -> None:
    """`AsyncAnthropic` gets the same answers, many at once."""
    import anthropic

    async def run() -> list[str]:
        async with anthropic.AsyncAnthropic(
            base_url=simulator.base_url, api_key="sk-ant-api03-async"
        ) as client:
            messages = await asyncio.gather(
                *(
                    client.messages.create(model=MODEL, max_tokens=9, messages=said(f"say: {n}"))
                    for n in range(8)
                )
            )
        return [message.to_dict()["content"][0]["text"] for message in messages]  # type: ignore[index] # a dict of JSON

    assert asyncio.run(run()) == [str(n) for n in range(8)]


def test_the_streaming_helper_gathers_the_whole(client: "anthropic.Anthropic") -> None:
    """Text deltas make up the final message, with cumulative usage."""
    asked = said("tell me something")
    with client.messages.stream(model=MODEL, max_tokens=2000, messages=asked) as stream:
        text = "".join(stream.text_stream)
        message = stream.get_final_message()

    (block,) = message.content
    assert block.type == "text"
    assert block.text == text
    assert message.stop_reason == "end_turn"
    assert message.usage.output_tokens > 1


def test_streamed_and_plain_answers_agree(client: "anthropic.Anthropic") -> None:
    """The same body has one answer, whatever its form."""
    asked: Any = {"model": MODEL, "max_tokens": 2000, "messages": said("tell me something")}
    plain = client.messages.create(**asked)
    with client.messages.stream(**asked) as stream:
        streamed = stream.get_final_message()

    assert streamed.content[0].type == plain.content[0].type == "text"
    assert streamed.content[0].text == plain.content[0].text
    assert streamed.usage.output_tokens == plain.usage.output_tokens


def test_tools_go_round(client: "anthropic.Anthropic") -> None:
    """A tool is used, its result is taken, and the answer names it."""
    question = said("Please use clock")
    first = client.messages.create(model=MODEL, max_tokens=500, messages=question, tools=[CLOCK])
    (call,) = first.content
    assert call.type == "tool_use"
    result = {"type": "tool_result", "tool_use_id": call.id, "content": "ten past four"}
    turns: Any = [
        *question,
        {"role": "assistant", "content": first.to_dict()["content"]},
        {"role": "user", "content": [result]},
    ]

    second = client.messages.create(model=MODEL, max_tokens=500, messages=turns, tools=[CLOCK])

    assert first.stop_reason == "tool_use"
    assert isinstance(call.input["zone"], str)
    assert second.content[0].type == "text"
    assert second.content[0].text == "clock answered: ten past four"


def test_streamed_tool_input_is_valid_json(client: "anthropic.Anthropic") -> None:
    """The helper puts partial JSON together."""
    asked: Any = {"model": MODEL, "max_tokens": 500, "messages": said("use clock")}
    with client.messages.stream(**asked, tools=[CLOCK]) as stream:
        (call,) = stream.get_final_message().content

    assert call.type == "tool_use"
    assert set(call.input) == {"zone"}


def test_thinking_is_read(client: "anthropic.Anthropic") -> None:
    """A streamed thinking block has text and signature, and its tokens are told."""
    asked: Any = {"model": MODEL, "max_tokens": 500, "messages": said("say: so")}
    with client.messages.stream(**asked, thinking={"type": "adaptive"}) as stream:
        message = stream.get_final_message()

    thought = message.content[0]
    assert thought.type == "thinking"
    assert thought.thinking
    assert thought.signature
    assert message.usage.output_tokens_details is not None
    assert message.usage.output_tokens_details.thinking_tokens > 0


def test_structured_output_fits(client: "anthropic.Anthropic") -> None:
    """`messages.parse` gets a value of the model asked for."""
    from pydantic import BaseModel

    class Place(BaseModel):
        name: str
        people: int

    parsed = client.messages.parse(
        model=MODEL, max_tokens=500, messages=said("where?"), output_format=Place
    )

    assert isinstance(parsed.parsed_output, Place)


def test_prompt_caching_shows_in_usage(client: "anthropic.Anthropic") -> None:
    """The first call creates, the second one reads."""
    system: Any = [{"type": "text", "text": "x" * 8000, "cache_control": {"type": "ephemeral"}}]
    asked: Any = {"model": MODEL, "max_tokens": 9, "messages": said("say: a"), "system": system}

    first, second = (client.messages.create(**asked).usage for _ in range(2))

    assert first.cache_creation is not None
    assert first.cache_creation.ephemeral_5m_input_tokens == 2008
    assert second.cache_read_input_tokens == 2008
    assert second.cache_creation_input_tokens == 0


def test_tokens_are_counted(client: "anthropic.Anthropic") -> None:
    """count_tokens agrees with the usage of the call."""
    counted = client.messages.count_tokens(model=MODEL, messages=said("say: a"))
    message = client.messages.create(model=MODEL, max_tokens=9, messages=said("say: a"))

    assert counted.input_tokens == message.usage.input_tokens


def test_models_are_listed_to_the_end(client: "anthropic.Anthropic") -> None:
    """Pages are followed, no model comes twice, and each can be retrieved."""
    listed = [model.id for model in client.models.list(limit=4)]

    assert len(listed) == len(set(listed)) > 4
    assert client.models.retrieve(listed[0]).display_name == "Claude Fable 5.2"


def test_a_batch_gives_its_results(client: "anthropic.Anthropic") -> None:
    """Created, ended, and every row's result found by its id."""
    rows: Any = [
        {"custom_id": f"row-{n}",
         "params": {"model": MODEL, "max_tokens": 9, "messages": said(f"say: {n}")}}
        for n in range(5)
    ]  # fmt: skip
    batch = client.messages.batches.create(requests=rows)
    while batch.processing_status != "ended":
        batch = client.messages.batches.retrieve(batch.id)

    answers = {}
    for line in client.messages.batches.results(batch.id):
        assert line.result.type == "succeeded"
        assert line.result.message.content[0].type == "text"
        answers[line.custom_id] = line.result.message.content[0].text

    assert answers == {f"row-{n}": str(n) for n in range(5)}
    assert [listed.id for listed in client.messages.batches.list()] == [batch.id]
    assert client.messages.batches.delete(batch.id).type == "message_batch_deleted"


def test_a_batch_is_cancelled() -> None:
    """Cancelling a batch that would take long leaves rows canceled."""
    import anthropic

    rows: Any = [
        {"custom_id": f"row-{n}",
         "params": {"model": MODEL, "max_tokens": 9, "messages": said("say: a")}}
        for n in range(100)
    ]  # fmt: skip
    with (
        Running(Settings(minute=0.1, batch_s=36_000)) as simulator,
        anthropic.Anthropic(base_url=simulator.base_url, api_key="sk-ant-api03-c") as client,
    ):
        batch = client.messages.batches.create(requests=rows)
        batch = client.messages.batches.cancel(batch.id)
        while batch.processing_status != "ended":
            batch = client.messages.batches.retrieve(batch.id)

    assert batch.request_counts.canceled > 0
    assert batch.request_counts.canceled + batch.request_counts.succeeded == 100


def test_files_are_kept(client: "anthropic.Anthropic") -> None:
    """Uploaded, listed, told and deleted through the SDK."""
    made = client.files.upload(file=("notes.txt", io.BytesIO(b"hello"), "text/plain"))

    assert (made.filename, made.size_bytes) == ("notes.txt", 5)
    assert [file.id for file in client.files.list()] == [made.id]
    assert client.files.retrieve_metadata(made.id) == made
    assert client.files.delete(made.id).id == made.id


def test_a_throttled_call_is_retried_by_the_sdk(client: "anthropic.Anthropic") -> None:
    """The SDK tries three times in all, then raises what it was told."""
    import anthropic

    with pytest.raises(anthropic.RateLimitError) as refused:
        client.with_options(max_retries=2).messages.create(
            model=MODEL,
            max_tokens=9,
            messages=said("say: a"),
            extra_headers={"x-simulate": "status=429"},
        )

    assert refused.value.response.request.headers["x-stainless-retry-count"] == "2"
    assert refused.value.type == "rate_limit_error"


def test_a_call_above_the_limit_waits_and_succeeds() -> None:
    """With two requests a minute the third gets a 429, waits as told, and is answered."""
    import anthropic

    with (
        Running(Settings(minute=0.5, rpm=2)) as simulator,
        anthropic.Anthropic(base_url=simulator.base_url, api_key="sk-ant-api03-few") as client,
    ):
        for _ in range(3):
            client.messages.create(model=MODEL, max_tokens=9, messages=said("say: a"))

        assert simulator.state().statuses == {200: 3, 429: 1}


Call = Callable[["anthropic.Anthropic"], object]


@pytest.mark.parametrize(
    ("status", "kind", "error_type"),
    [
        (400, "BadRequestError", "invalid_request_error"),
        (401, "AuthenticationError", "authentication_error"),
        (403, "PermissionDeniedError", "permission_error"),
        (404, "NotFoundError", "not_found_error"),
        (413, "ContentTooLargeError", "request_too_large"),
        (429, "RateLimitError", "rate_limit_error"),
        (500, "InternalServerError", "api_error"),
        (529, "OverloadedError", "overloaded_error"),
    ],
)
def test_each_error_is_the_sdks_own(
    client: "anthropic.Anthropic", status: int, kind: str, error_type: str
) -> None:
    """The SDK knows each refusal by class, type and request id."""
    import anthropic

    with pytest.raises(anthropic.APIStatusError) as refused:
        client.with_options(max_retries=0).messages.create(
            model=MODEL,
            max_tokens=9,
            messages=said("say: a"),
            extra_headers={"x-simulate": f"status={status}"},
        )

    assert type(refused.value).__name__ == kind
    assert refused.value.type == error_type
    assert refused.value.request_id is not None
    assert refused.value.request_id.startswith("req_01")


def test_sampling_is_refused_with_the_new_version(client: "anthropic.Anthropic") -> None:
    """A temperature smuggled past the SDK is a 400 of the API."""
    import anthropic

    with pytest.raises(anthropic.BadRequestError, match="temperature"):
        client.messages.create(
            model=MODEL, max_tokens=9, messages=said("hello"), extra_body={"temperature": 1}
        )


def test_an_error_inside_a_stream_is_raised(client: "anthropic.Anthropic") -> None:
    """An error event after HTTP 200 is an error of the SDK, not a short text."""
    import anthropic

    asked: Any = {"model": MODEL, "max_tokens": 500, "messages": said("tell me")}
    with (
        pytest.raises(anthropic.APIStatusError) as refused,
        client.messages.stream(**asked, extra_headers={"x-simulate": "error-event"}) as stream,
    ):
        stream.until_done()

    assert refused.value.type == "overloaded_error"


def test_a_cut_stream_is_raised(client: "anthropic.Anthropic") -> None:
    """A connection that drops in the middle is no answer."""
    asked: Any = {"model": MODEL, "max_tokens": 500, "messages": said("tell me")}
    with (
        pytest.raises(Exception, match=r"(?i)incomplete|peer closed|connection|disconnect"),
        client.messages.stream(**asked, extra_headers={"x-simulate": "cut=5"}) as stream,
    ):
        stream.until_done()
