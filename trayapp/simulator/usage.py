"""The usage object of an answer, whole: every field the API gives."""

from trayapp.simulator.answers import Draft
from trayapp.simulator.prompt import Json
from trayapp.simulator.prompt_cache import Prompt


def usage_of(
    prompt: Prompt, draft: Draft, body: Json, *, tier: str = "standard", speed: str = "standard"
) -> Json:
    """What *draft* costs on *prompt*; *tier* is `batch` inside a Message Batch."""
    return {
        "input_tokens": prompt.input_tokens,
        "cache_creation_input_tokens": prompt.created,
        "cache_read_input_tokens": prompt.cache_read,
        "cache_creation": {
            "ephemeral_5m_input_tokens": prompt.created_5m,
            "ephemeral_1h_input_tokens": prompt.created_1h,
        },
        "output_tokens": draft.tokens,
        "output_tokens_details": {"thinking_tokens": draft.thinking_tokens},
        "server_tool_use": None,
        "service_tier": tier,
        "speed": speed,
        "inference_geo": body.get("inference_geo") or "global",
    }


def message_of(message_id: str, model_id: str, draft: Draft, usage: Json) -> Json:
    """The message as a plain answer's body has it."""
    return {
        "id": message_id,
        "type": "message",
        "role": "assistant",
        "model": model_id,
        "content": list(draft.content),
        "stop_reason": draft.stop_reason,
        "stop_sequence": draft.stop_sequence,
        "stop_details": None,
        "container": None,
        "diagnostics": None,
        "usage": usage,
    }
