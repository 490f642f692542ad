"""What one answer cost in tokens, in the API's own words; absent is None, never 0."""

import msgspec


class Usage(msgspec.Struct, frozen=True):
    """Token counts of one answer.

    `input_tokens` is only what follows the last prompt-cache breakpoint; the whole prompt is
    `input_tokens + cache_creation_input_tokens + cache_read_input_tokens`.
    """

    input_tokens: int | None = None
    output_tokens: int | None = None
    cache_creation_input_tokens: int | None = None
    cache_read_input_tokens: int | None = None
    cache_creation_5m: int | None = None
    cache_creation_1h: int | None = None
    web_search_requests: int | None = None
    service_tier: str | None = None
    speed: str | None = None
    inference_geo: str | None = None
