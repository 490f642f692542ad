"""One request in full: why it waited, what was estimated, what the caches gave, and all its facts."""

import msgspec

from trayapp import figures
from trayapp.model.history import Record
from trayapp.ui.speech import Tr, later
from trayapp.ui.wording import names, requests, times
from trayapp.ui.wording.ended import ended, sentence

_CAUSES = {
    "paused": later("You had paused Sluice."),
    "first_answer": later("The limits of this pool were not known yet, so one answer came first."),
    "look": later("Others use this quota too, so a look at what was left came first."),
    "burst": later("Too many requests came at once; they were let go one after another."),
    "throttled": later("Anthropic had throttled this pool and said how long to wait."),
    "overloaded": later("Anthropic was overloaded."),
    "in_flight": later("As many requests were in flight as may be."),
    "turn": later("It was the turn of others before it."),
}


class Part(msgspec.Struct, frozen=True):
    """A column of the pane: its heading, and a text."""

    title: str
    text: str


def heading(tr: Tr, record: Record) -> str:
    """What the pane tells."""
    if record.outcome == "error":
        return tr("Why this one failed")
    return tr("Why this one waited") if record.held_ms >= 1 else tr("This request")


def parts(tr: Tr, record: Record) -> tuple[Part, Part, Part]:
    """The pane's three columns."""
    return _wait(tr, record), _estimate(tr, record), _caches(tr, record)


def facts(tr: Tr, record: Record) -> str:
    """What else is known, on one line."""
    told = (
        ended(tr, record).text,
        tr("HTTP {status}", status=record.status) if record.status else "",
        tr("sent again {n} times", record.tries) if record.tries else "",
        tr("{time} in all", time=requests.short(tr, record.duration_ms))
        if record.duration_ms is not None
        else "",
        tr("own credential") if record.own else "",
        tr("tier {name}", name=record.service_tier) if record.service_tier else "",
        tr("speed {name}", name=record.speed) if record.speed else "",
        tr("upstream’s id {name}", name=record.upstream_request_id)
        if record.upstream_request_id
        else "",
    )
    return " · ".join(each for each in told if each)


def details(tr: Tr, record: Record) -> str:
    """Every field for the clipboard, and the pane's sentences above them."""
    said = [f"{part.title}: {part.text}" for part in parts(tr, record)]
    told = msgspec.to_builtins(record)
    return "\n".join((*said, "", *(f"{name}: {value}" for name, value in told.items())))


def _wait(tr: Tr, record: Record) -> Part:
    refused = sentence(tr, record)
    if record.held_ms < 1:
        return Part(tr("Not held"), refused or tr("It went at once."))
    held = requests.short(tr, record.held_ms)
    if record.hold_cause in names.MINUTE_METERS:
        what = names.resource(tr, record.hold_cause)
        title = tr("Held {time} for {what}", time=held, what=what)
        return Part(title, refused or _limit(tr, record))
    cause = tr(_CAUSES.get(record.hold_cause or "turn", _CAUSES["turn"]))
    return Part(tr("Held {time}", time=held), refused or cause)


def _limit(tr: Tr, record: Record) -> str:
    told = []
    if record.hold_limit is not None:
        limit, model = figures.tokens(record.hold_limit), names.model(record.model)
        told.append(tr("{limit} a minute on {model}.", limit=limit, model=model))
    if record.hold_used is not None:
        told.append(tr("{used} were used or in flight.", used=figures.tokens(record.hold_used)))
    if record.hold_free is not None:
        told.append(tr("It went when {free} were free.", free=figures.tokens(record.hold_free)))
    return _joined(tr, told) or tr("It went when there was room.")


def _estimate(tr: Tr, record: Record) -> Part:
    told = []
    if record.input_estimate is not None:
        guess, real = figures.tokens(record.input_estimate), requests.entered(record)
        said = tr("Input ≈ {guess}.", guess=guess)
        if real is not None:
            said = tr("Input ≈ {guess}, real {real}.", guess=guess, real=figures.tokens(real))
        told.append(said)
    if record.output_estimate is not None and record.output_tokens is not None:
        guess, real = figures.tokens(record.output_estimate), record.output_tokens
        told.append(tr("Output ≈ {guess}, real {real}.", guess=guess, real=figures.tokens(real)))
    if record.expected_ms is not None and record.held_ms >= 1:
        guess, held = times.duration(tr, record.expected_ms / 1000), record.held_ms
        told.append(tr("Wait ≈ {guess}, real {real}.", guess=guess, real=requests.short(tr, held)))
    return Part(tr("Estimated, then real"), _joined(tr, told) or tr("Nothing had to be estimated."))


def _caches(tr: Tr, record: Record) -> Part:
    if record.cached:
        saved = figures.cents(record.cost_usd or 0.0)
        return Part(
            tr("Response cache"), tr("Answered by Sluice again: saved {money}.", money=saved)
        )
    read, written = record.cache_read_input_tokens or 0, record.cache_creation_input_tokens or 0
    told = []
    if read:
        whole = figures.tokens(read + (requests.entered(record) or 0))
        told.append(
            tr(
                "{read} of {whole} tokens were read from it.",
                read=figures.tokens(read),
                whole=whole,
            )
        )
    if record.prompt_cache_saved_usd:
        told.append(tr("It saved {money}.", money=figures.cents(record.prompt_cache_saved_usd)))
    if written:
        told.append(tr("{written} were written into it.", written=figures.tokens(written)))
    return Part(tr("Prompt cache"), _joined(tr, told) or tr("Nothing was read from it."))


def _joined(tr: Tr, sentences: list[str]) -> str:
    return ("" if tr.language.startswith("zh") else " ").join(sentences)
