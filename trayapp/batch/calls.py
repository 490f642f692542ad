"""The body of one call: a single row, or several merged into one."""

import json
from collections.abc import Sequence
from typing import Any

from trayapp.batch import merge
from trayapp.model.jobs import JobSpec, Length

CAPS: dict[Length, int] = {"short": 1024, "detailed": 4096, "report": 16_000}
"""`max_tokens` where nobody chose one: generous, since only tokens that are written count."""
EXPECTED: dict[Length, int] = {"short": 60, "detailed": 300, "report": 1500}
"""Output tokens that an answer of this length is guessed to have."""
MOST_OUTPUT = 64_000
"""Of one call, where the model's own limit is not known."""

Body = dict[str, Any]


def cap_of(spec: JobSpec, rows: int, most: int = MOST_OUTPUT) -> int:
    """`max_tokens` of a call of so many *rows*; *most* is what the model can write."""
    return min((spec.max_tokens or CAPS[spec.length]) * rows, most)


def body_of(spec: JobSpec, prompts: Sequence[str], most: int = MOST_OUTPUT) -> Body:
    """A Messages body that asks one prompt as it is, or several by their numbers from 1."""
    is_merged = len(prompts) > 1
    system, content, schema = spec.system, prompts[0], spec.schema
    if is_merged:
        system = f"{spec.system}\n\n{merge.INSTRUCTION}".lstrip()
        content = merge.question(prompts)
        schema = merge.schema_of(len(prompts), spec.schema)
    body: Body = {
        "model": spec.model,
        "max_tokens": cap_of(spec, len(prompts), most),
        "messages": [{"role": "user", "content": content}],
    }
    if system:
        body["system"] = system
    if spec.stop and not is_merged:  # a stop sequence would end all the others' answers
        body["stop_sequences"] = list(spec.stop)
    if schema is not None:
        body["output_config"] = {"format": {"type": "json_schema", "schema": schema}}
    return body


def as_json(body: Body) -> bytes:
    """The body as it is sent, text as it is."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
