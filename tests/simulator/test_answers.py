"""What Claude says."""

import statistics
from typing import Any

import pytest

from trayapp.simulator.answers import THINKING_TOKENS, Draft, Manner, block_tokens, draft, prose
from trayapp.simulator.dice import Dice
from trayapp.simulator.prompt import tokens_of

MANNER = Manner(median=150, spread=0.6)
CLOCK = {
    "name": "clock",
    "input_schema": {"type": "object", "properties": {"zone": {"type": "string"}}},
}


def answer(content: Any, seed: bytes = b"1", **more: Any) -> Draft:
    turn = {"role": "user", "content": content}
    body = {"max_tokens": 1000, "messages": [turn], **more}
    return draft(body, Dice(seed), MANNER)


def text(drafted: Draft) -> str:
    return str(drafted.content[-1]["text"])


def test_what_is_to_be_said_is_said() -> None:
    """`say: XYZ` is answered with exactly XYZ."""
    said = answer("Please say: the quick fox \nand nothing else")

    assert text(said) == "the quick fox"
    assert (said.stop_reason, said.stop_sequence) == ("end_turn", None)


def test_an_answer_repeats_itself() -> None:
    """The same body and seed give the same text, another seed another one."""
    assert text(answer("hello")) == text(answer("hello"))
    assert text(answer("hello")) != text(answer("hello", seed=b"2"))


def test_answers_are_as_long_as_asked_for() -> None:
    """Half of the answers are below the median, and none ends in mid word or without a stop."""
    answers = [answer("hello", seed=bytes([seed]), max_tokens=9000) for seed in range(60)]

    assert 100 < statistics.median(drafted.tokens for drafted in answers) < 200
    assert all(text(drafted).endswith(".") for drafted in answers)


@pytest.mark.parametrize("tokens", [1, 2, 10, 500])
def test_prose_never_exceeds_its_tokens(tokens: int) -> None:
    """Prose of so many tokens counts at most that."""
    assert 0 < tokens_of(prose(Dice(b"1"), tokens)) <= tokens


def test_tokens_end_an_answer() -> None:
    """At max_tokens the text is cut and the reason says so."""
    said = answer("say: " + "word " * 50, max_tokens=5)

    assert (said.stop_reason, said.tokens) == ("max_tokens", 5)
    assert text(said) == "word " * 4


def test_no_tokens_give_no_content() -> None:
    """`max_tokens: 0` only warms the prompt cache."""
    said = answer("hello", max_tokens=0)

    assert (said.content, said.stop_reason, said.tokens) == ((), "max_tokens", 0)


def test_a_stop_sequence_ends_an_answer() -> None:
    """The text ends before the first stop sequence in it, which is named."""
    said = answer("say: one END two STOP", stop_sequences=["STOP", "END", "none"])

    assert text(said) == "one "
    assert (said.stop_reason, said.stop_sequence) == ("stop_sequence", "END")


def test_a_stop_sequence_after_the_last_token_is_not_reached() -> None:
    """When the tokens end first, that is the reason."""
    said = answer("say: " + "x" * 40 + "END", stop_sequences=["END"], max_tokens=5)

    assert (said.stop_reason, said.stop_sequence) == ("max_tokens", None)


@pytest.mark.parametrize("words", ["use clock", "Please use clock now", "use clock."])
def test_a_tool_is_used_when_asked_for(words: str) -> None:
    """`use NAME` calls that tool with an input that fits its schema."""
    said = answer(words, tools=[{"name": "other"}, CLOCK])

    (block,) = said.content
    assert said.stop_reason == "tool_use"
    assert (block["type"], block["name"]) == ("tool_use", "clock")
    assert block["id"].startswith("toolu_01")
    assert isinstance(block["input"]["zone"], str)


@pytest.mark.parametrize(
    ("choice", "name"),
    [({"type": "any"}, "clock"), ({"type": "tool", "name": "clock"}, "clock")],
)
def test_a_forced_tool_is_used(choice: dict[str, str], name: str) -> None:
    """A forced choice calls a tool whatever was asked."""
    said = answer("hello", tools=[CLOCK], tool_choice=choice)

    assert said.content[0]["name"] == name


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("use clock", {"tools": [CLOCK], "tool_choice": {"type": "none"}}),
        ("use hammer", {"tools": [CLOCK]}),
        ("use clock", {}),
    ],
)
def test_without_the_tool_there_is_prose(words: str, more: dict[str, Any]) -> None:
    """A tool that is forbidden or not there is not called."""
    assert answer(words, **more).content[0]["type"] == "text"


def test_a_tool_without_a_schema_gets_an_empty_input() -> None:
    """A server tool has nothing to fill in."""
    said = answer("use search", tools=[{"name": "search", "type": "web_search_20250305"}])

    assert said.content[0]["input"] == {}


def test_a_call_that_does_not_fit_is_cut() -> None:
    """A tool call above max_tokens loses its input and says why."""
    said = answer("use clock", tools=[CLOCK], max_tokens=3)

    assert said.stop_reason == "max_tokens"
    assert said.content[0]["input"] == {}


def test_a_result_is_told() -> None:
    """After a tool result the answer names the tool and what it said."""
    call = {"type": "tool_use", "id": "t1", "name": "clock", "input": {}}
    result = {"type": "tool_result", "tool_use_id": "t1", "content": "ten past four"}
    turns = [{"role": "assistant", "content": [call]}, {"role": "user", "content": [result]}]

    said = draft({"max_tokens": 100, "messages": turns}, Dice(b"1"), MANNER)

    assert text(said) == "clock answered: ten past four"


def test_a_result_of_nobody_is_told_too() -> None:
    """A result whose call is not in the messages comes from the tool."""
    result = {"type": "tool_result", "tool_use_id": "t9", "content": "x"}

    assert text(answer([result])) == "The tool answered: x"


def test_structured_output_fits_its_schema() -> None:
    """With a JSON schema the text is a value that fits it."""
    schema = {"type": "object", "properties": {"n": {"const": 3}}, "required": ["n"]}

    said = answer("hello", output_config={"format": {"type": "json_schema", "schema": schema}})

    assert text(said) == '{"n":3}'


@pytest.mark.parametrize("kind", ["enabled", "adaptive"])
def test_thinking_comes_first(kind: str) -> None:
    """A thinking block with text and signature stands before the answer, and counts."""
    said = answer("say: done", thinking={"type": kind})

    thought, spoken = said.content
    assert thought["thinking"]
    assert thought["signature"]
    assert spoken["text"] == "done"
    assert (said.thinking_tokens, said.tokens) == (THINKING_TOKENS, THINKING_TOKENS + 1)


def test_omitted_thinking_keeps_its_signature_and_its_price() -> None:
    """Thinking that is not shown has no text, but a signature and tokens."""
    said = answer("say: done", thinking={"type": "adaptive", "display": "omitted"})

    assert said.content[0]["thinking"] == ""
    assert said.content[0]["signature"]
    assert said.thinking_tokens == THINKING_TOKENS


def test_thinking_leaves_room_for_an_answer() -> None:
    """Of few tokens thinking takes at most half."""
    said = answer("say: " + "word " * 9, thinking={"type": "adaptive"}, max_tokens=6)

    assert (said.thinking_tokens, said.tokens) == (3, 6)


def test_of_one_token_nothing_is_thought() -> None:
    """Without tokens to think in there is no text of it."""
    said = answer("say: a", thinking={"type": "adaptive"}, max_tokens=1)

    assert (said.content[0]["thinking"], said.thinking_tokens) == ("", 0)


@pytest.mark.parametrize(
    ("block", "tokens"),
    [
        ({"type": "text", "text": "12345678"}, 2),
        ({"type": "tool_use", "input": {"a": 1}}, 14),
        ({"type": "thinking", "thinking": "hm"}, 0),
    ],
)
def test_blocks_have_their_tokens(block: dict[str, Any], tokens: int) -> None:
    """Text counts by its length, a call by its input and framing, thinking apart."""
    assert block_tokens(block) == tokens


def test_a_closing_system_turn_is_passed_over() -> None:
    """Claude Code ends its messages with one; what was asked stands before it."""
    turns = [{"role": "user", "content": "say: hi"}, {"role": "system", "content": "Be brief."}]

    drafted = draft({"max_tokens": 50, "messages": turns}, Dice(b"1"), MANNER)

    assert drafted.content[0]["text"] == "hi"
