"""The usage object, and the message that carries it."""

from trayapp.simulator.answers import Draft
from trayapp.simulator.prompt_cache import Prompt
from trayapp.simulator.usage import message_of, usage_of

DRAFT = Draft(({"type": "text", "text": "12345678"},), "end_turn", None, thinking_tokens=5)
PROMPT = Prompt(input_tokens=7, cache_read=100, created_5m=20, created_1h=3)


def test_usage_is_complete() -> None:
    """Every field of the API's usage object is there."""
    assert usage_of(PROMPT, DRAFT, {}) == {
        "input_tokens": 7,
        "cache_creation_input_tokens": 23,
        "cache_read_input_tokens": 100,
        "cache_creation": {"ephemeral_5m_input_tokens": 20, "ephemeral_1h_input_tokens": 3},
        "output_tokens": 7,
        "output_tokens_details": {"thinking_tokens": 5},
        "server_tool_use": None,
        "service_tier": "standard",
        "speed": "standard",
        "inference_geo": "global",
    }


def test_usage_follows_the_body() -> None:
    """Speed and place are those asked for; a batch has its own tier."""
    usage = usage_of(PROMPT, DRAFT, {"inference_geo": "us"}, tier="batch", speed="fast")

    assert (usage["speed"], usage["inference_geo"]) == ("fast", "us")
    assert usage["service_tier"] == "batch"


def test_a_message_has_every_field() -> None:
    """A message carries its content, its end and its usage, and nulls for the rest."""
    message = message_of("msg_1", "claude-opus-5", DRAFT, {"output_tokens": 7})

    assert message == {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-opus-5",
        "content": [{"type": "text", "text": "12345678"}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "stop_details": None,
        "container": None,
        "diagnostics": None,
        "usage": {"output_tokens": 7},
    }
