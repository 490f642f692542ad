"""What a body asks, in one form; and what is never kept."""

import json
from typing import Any

import pytest

from tests.cache.asked import body
from trayapp.cache.question import BODY_LIMIT, NotKept, names_files, question_of

BILLING = {"type": "text", "text": "x-anthropic-billing-header: cc_version=2.1.330; cch=1x;"}
RULES = {"type": "text", "text": "Be brief."}
MARK = {"cache_control": {"type": "ephemeral"}}


def said(*blocks: Any) -> list[Any]:
    """Messages of one turn."""
    return [{"role": "user", "content": list(blocks)}]


SAME: dict[str, tuple[bytes, bytes]] = {
    "the order of fields": (
        b'{"max_tokens":1,"model":"m","messages":[{"role":"user","content":"x"}]}',
        b' {"messages":[{"content":"x","role":"user"}], "model":"m", "max_tokens":1}',
    ),
    "spelling": (
        body(messages=said("ä")),
        body(messages=said("ä")).replace(b"\\u00e4", b"\xc3\xa4"),
    ),
    **{
        name: (body(), body(**{name: value}))
        for name, value in {
            "metadata": {"user_id": "session"},
            "stream": True,
            "service_tier": "auto",
            "tags": ["a"],
            "fallback_credit_token": "t",
            "diagnostics": {},
            "cache_control": {"type": "ephemeral"},
        }.items()
    },
    "the billing block": (body(system=[RULES]), body(system=[BILLING, RULES])),
    "an unended billing block": (
        body(system=[RULES]),
        body(system=[{**BILLING, "text": "x-anthropic-billing-header: a=1; cch=2"}, RULES]),
    ),
    "breakpoints in system": (body(system=[RULES]), body(system=[{**RULES, **MARK}])),
    "breakpoints in messages": (
        body(messages=said({"type": "text", "text": "x"})),
        body(messages=said({"type": "text", "text": "x", **MARK})),
    ),
    "breakpoints in results": (
        body(messages=said({"type": "tool_result", "content": [RULES]})),
        body(messages=said({"type": "tool_result", "content": [{**RULES, **MARK}], **MARK})),
    ),
    "breakpoints in documents": (
        body(messages=said({"source": {"type": "content", "content": [RULES]}})),
        body(messages=said({"source": {"type": "content", "content": [{**RULES, **MARK}]}})),
    ),
}

DIFFERENT: dict[str, bytes] = {
    **{
        name: body(**{name: value})
        for name, value in {
            "model": "claude-opus-5-5",
            "max_tokens": 101,
            "messages": said("other"),
            "system": "Be brief.",
            "stop_sequences": ["x"],
            "thinking": {"type": "adaptive"},
            "output_config": {"effort": "low"},
            "temperature": 0,
            "top_p": 0.5,
            "context_management": {},
            "fallbacks": [],
            "inference_geo": "us",
            "speed": "fast",
            "unheard_of": 1,
        }.items()
    },
    "a billing block that is not first": body(system=[RULES, BILLING]),
    "what a tool was given": body(messages=said({"type": "tool_use", "input": MARK})),
}

NEVER: dict[str, tuple[bytes, str]] = {
    "tools": (body(tools=[{"name": "x"}]), "tools"),
    "no tools of a list": (body(tools=[]), "tools"),
    "a thread": (body(thread={"type": "create"}), "thread"),
    "a container": (body(container="c"), "container"),
    "mcp": (body(mcp_servers=[]), "mcp_servers"),
    "safeguards": (body(safeguards={}), "safeguards"),
    "a temperature": (body(temperature=0.1), "temperature"),
    "an odd temperature": (body(temperature="hot"), "temperature"),
    "only warming": (body(max_tokens=0), "max_tokens"),
    "no tokens named": (body(max_tokens=None), "max_tokens"),
    "a link": (
        body(messages=said({"type": "image", "source": {"type": "url", "url": "https://x"}})),
        "url",
    ),
    "no JSON": (b"{no", "unreadable"),
    "no object": (b"[]", "unreadable"),
    "no text": (b'{"max_tokens":1,"x":"\xff"}', "unreadable"),
    "nothing": (b"", "unreadable"),
    "too deep": (b'{"x":' + b"[" * 5000 + b"]" * 5000 + b"}", "unreadable"),
    "too much": (b" " * (BODY_LIMIT + 1), "size"),
}


@pytest.mark.parametrize("name", SAME)
def test_same_question_in_other_words_is_the_same(name: str) -> None:
    """What changes no answer is left out: order, spelling, billing, breakpoints of prompt caches."""
    one, other = SAME[name]

    assert question_of(one) == question_of(other)


@pytest.mark.parametrize("name", DIFFERENT)
def test_what_may_change_an_answer_stays_in(name: str) -> None:
    """Every field that shapes the answer, and every one that nobody knows, makes another question."""
    assert question_of(DIFFERENT[name]) != question_of(body())


def test_what_a_tool_was_given_is_never_tidied() -> None:
    """A tool's input may hold a field called cache_control, which is then part of the question."""
    one = body(messages=said({"type": "tool_use", "input": {"cache_control": 1}}))
    other = body(messages=said({"type": "tool_use", "input": {}}))

    assert question_of(one) != question_of(other)


@pytest.mark.parametrize("name", NEVER)
def test_what_has_effects_state_or_chance_is_never_kept(name: str) -> None:
    """Each such request says in a word why it is passed over."""
    asked, detail = NEVER[name]

    with pytest.raises(NotKept) as refused:
        question_of(asked)

    assert refused.value.detail == detail


@pytest.mark.parametrize(
    "odd",
    [
        {"system": []},
        {"system": ["x", 1]},
        {"system": [{"type": "text"}]},
        {"messages": "none"},
        {"messages": ["odd", {"role": "user", "content": "x"}]},
        {"tools": None},
    ],
)
def test_what_the_api_will_refuse_is_still_read(odd: dict[str, Any]) -> None:
    """A body of another shape than the API's is a question like any other."""
    asked = json.dumps({"max_tokens": 1, **odd, "metadata": MARK, "unknown": "tools"}).encode()

    assert b"cache_control" not in question_of(asked)


def test_files_are_noticed() -> None:
    """A body that may speak of files by id belongs to a workspace."""
    assert names_files(body(messages=said({"source": {"type": "file", "file_id": "file_1"}})))
    assert not names_files(body())


@pytest.mark.parametrize(
    "text",
    [
        "x-anthropic-billing-header: cc_version=2.1.330;\nAnswer in French.",
        "x-anthropic-billing-header: answer in French",
        "x-anthropic-billing-header: a=1; answer in French",
    ],
)
def test_a_billing_block_that_says_more_is_asked(text: str) -> None:
    """Words to the model under the name of the billing block change what is asked."""
    worded = body(system=[{"type": "text", "text": text}, RULES])

    assert question_of(worded) != question_of(body(system=[RULES]))
