"""Bodies of calls."""

from trayapp.batch.calls import as_json, body_of, cap_of
from trayapp.batch.merge import INSTRUCTION
from trayapp.model.jobs import JobSpec

PLAIN = JobSpec("job", "claude-sonnet-5-5")
FULL = JobSpec(
    "job", "claude-sonnet-5-5", system="Be kind.", max_tokens=200, stop=("END",), schema={"a": 1}
)


def test_a_single_row_is_asked_as_it_is() -> None:
    """Nothing is added to what the user wrote."""
    assert body_of(PLAIN, ["Hello 😀"]) == {
        "model": "claude-sonnet-5-5",
        "max_tokens": 4096,
        "messages": [{"role": "user", "content": "Hello 😀"}],
    }


def test_all_that_was_chosen_is_sent() -> None:
    """System prompt, length, stop sequences and schema each go where the API wants them."""
    body = body_of(FULL, ["Hello"])

    assert (body["system"], body["max_tokens"]) == ("Be kind.", 200)
    assert body["stop_sequences"] == ["END"]
    assert body["output_config"] == {"format": {"type": "json_schema", "schema": {"a": 1}}}


def test_merged_rows_are_one_body() -> None:
    """The instruction follows the system prompt; a stop sequence would cut the others short."""
    body = body_of(FULL, ["a", "b"])

    assert body["system"] == f"Be kind.\n\n{INSTRUCTION}"
    assert body["max_tokens"] == 400
    assert "stop_sequences" not in body
    assert body["output_config"]["format"]["schema"]["properties"] == {"1": {"a": 1}, "2": {"a": 1}}


def test_without_a_system_prompt_the_instruction_is_it() -> None:
    """No blank lines stand before it."""
    assert body_of(PLAIN, ["a", "b"])["system"] == INSTRUCTION


def test_no_call_asks_for_more_than_a_model_writes() -> None:
    """Fifty long answers in one call would be refused otherwise."""
    assert cap_of(PLAIN, 50) == 64_000
    assert cap_of(PLAIN, 50, 8192) == 8192


def test_text_is_sent_as_it_is() -> None:
    """Escapes would make a body of Chinese twice as long."""
    assert as_json({"a": "中"}) == '{"a":"中"}'.encode()
