"""How a request ended: in a word or four, in which colour, and as a sentence where it was refused."""

import msgspec

from trayapp import figures
from trayapp.model.history import Record, Verdict
from trayapp.ui.colours import Tone
from trayapp.ui.speech import Tr, later
from trayapp.ui.wording import names, times

VERDICTS: dict[Verdict, str] = {
    "answered": later("Answered"),
    "cached": later("From cache"),
    "other_model": later("Other model served"),
    "throttled": later("Throttled"),
    "overloaded": later("Overloaded"),
    "refused": later("Refused by Sluice"),
    "failed": later("Failed"),
    "caller_gone": later("Caller hung up"),
}
_TONES: dict[Verdict, Tone] = {
    "cached": "healthy",
    "other_model": "warning",
    "throttled": "warning",
    "overloaded": "warning",
    "refused": "depleted",
    "failed": "critical",
}
_SHORT = {
    "hold_ended": later("Refused: held too long"),
    "queue_full": later("Refused: too many wait"),
    "too_large": later("Refused: larger than the limit"),
    "cancelled": later("Cancelled by you"),
    "spend": later("Refused: spend cap reached"),
    "window": later("Refused: window used up"),
    "budget": later("Refused: budget spent"),
    "key": later("Refused: no key"),
    "stopping": later("Refused: Sluice stopped"),
    "unreachable": later("No connection"),
    "timed_out": later("No answer in time"),
    "broke_off": later("Connection broke"),
}
_AGAIN: dict[Verdict, str] = {
    "throttled": later("Throttled, sent again"),
    "overloaded": later("Overloaded, sent again"),
}
_GIVEN_UP: dict[Verdict, str] = {
    "throttled": later("Throttled by Anthropic"),
    "overloaded": later("Anthropic is overloaded"),
}
_WHOLE = {
    "queue_full": later("Sluice held as many requests as it has room for."),
    "cancelled": later("Cancelled by you after {held}."),
    "spend": later("The organization’s monthly spend cap is reached. Retrying does not help."),
    "window": later("The window of this login is used up. Other logins and keys are not affected."),
    "budget": later("Your own budget is spent. Raise it in the settings, or wait for its reset."),
    "key": later("The key of Sluice’s could not be read from the keyring."),
    "stopping": later("Sluice was stopping."),
    "unreachable": later("No connection to the API could be made; nothing was sent."),
    "timed_out": later("The request was sent, and no answer came in time."),
    "broke_off": later(
        "The connection broke after the request was sent. It may have been answered and billed, "
        "so it was not sent again."
    ),
}


class Ended(msgspec.Struct, frozen=True):
    """A text, and its colour where it is not that of every other row."""

    text: str
    tone: Tone | None = None


def ended(tr: Tr, record: Record) -> Ended:
    """The row's last cell."""
    verdict, tone = record.verdict, _TONES.get(record.verdict)
    if verdict == "cached":
        saved = record.cost_usd or 0.0
        return Ended(tr("From cache, saved {money}", money=figures.cents(saved)), tone)
    if verdict in {"throttled", "overloaded"}:
        return Ended(_slowed(tr, record), tone if record.outcome == "ok" else "critical")
    if record.refusal in _SHORT and verdict in {"refused", "failed"}:
        return Ended(tr(_SHORT[record.refusal]), tone)
    if verdict == "failed" and record.error_type:
        return Ended(tr("Failed: {why}", why=record.error_type), tone)
    return Ended(tr(VERDICTS[verdict]), tone)


def sentence(tr: Tr, record: Record) -> str:
    """Why it was not answered, whole; nothing where it was."""
    held = times.duration(tr, record.held_ms / 1000)
    if record.refusal == "hold_ended":
        return _hold_ended(tr, record, held)
    if record.refusal == "too_large" and record.input_estimate and record.hold_limit:
        return tr(
            "This request needs about {need} input tokens; the limit is {limit} a minute, so it "
            "can never go. Shorten it or raise the plan.",
            need=figures.tokens(record.input_estimate), limit=figures.tokens(record.hold_limit),
        )  # fmt: skip
    if record.refusal in _WHOLE:
        return tr(_WHOLE[record.refusal], held=held)
    if record.outcome != "error":
        return ""
    return _by_upstream(tr, record) if record.refusal is None else _by_us(tr, record.refusal)


def _slowed(tr: Tr, record: Record) -> str:
    if record.outcome == "ok":
        return tr(_AGAIN[record.verdict])
    return tr(_GIVEN_UP[record.verdict])


def _hold_ended(tr: Tr, record: Record, held: str) -> str:
    if not record.hold_cause or record.hold_limit is None:
        return tr("Sluice held this request for {held}; its turn did not come.", held=held)
    return tr(
        "Sluice held this request for {held}; {what} on {model} ({limit} a minute) did not "
        "free up in time.",
        held=held, what=names.resource(tr, record.hold_cause), model=names.model(record.model),
        limit=figures.tokens(record.hold_limit),
    )  # fmt: skip


def _by_upstream(tr: Tr, record: Record) -> str:
    if record.verdict == "overloaded":
        return tr("Anthropic is overloaded, not your quota. Tried {n} times.", record.tries + 1)
    if record.verdict == "throttled":
        return tr("Anthropic throttled this request. Tried {n} times.", record.tries + 1)
    return tr(
        "Anthropic refused it with status {status}: {why}.",
        status=record.status or "–", why=record.error_type or "–",
    )  # fmt: skip


def _by_us(tr: Tr, code: str) -> str:
    return tr("Sluice refused it: {code}.", code=code)
