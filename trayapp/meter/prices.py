"""What tokens cost, and which limits a model shares: the table `models.toml`, read once."""

import datetime as dt
import functools
import re
import tomllib
from collections.abc import Mapping
from typing import Any

import msgspec

from trayapp import resources
from trayapp.model.usage import Usage

MILLION = 1_000_000
_SUFFIX = r"(?:-latest|[-@]\d{8})?"


class Price(msgspec.Struct, frozen=True, rename={"start": "from"}):
    """USD per million tokens, from the UTC day *start* on; *above_tokens* bounds the whole prompt."""

    input: float
    output: float
    write_5m: float
    write_1h: float
    read: float
    start: dt.date = dt.date.min
    above_tokens: int = -1
    fast_input: float | None = None
    fast_output: float | None = None
    fast_until: dt.date = dt.date.max


class Model(msgspec.Struct, frozen=True, rename={"model_class": "class"}):
    """One model: its limit class, sizes in tokens, ends of life, and prices where known."""

    id: str
    model_class: str
    aliases: tuple[str, ...] = ()
    context: int | None = None
    max_output: int | None = None
    released: dt.date | None = None
    deprecated: bool = False
    retires: dt.date | None = None
    retires_not_before: dt.date | None = None
    prices: tuple[Price, ...] = ()


class ModelClass(msgspec.Struct, frozen=True):
    """Models that share limits; *family* is how their ids begin, *minors* whether any minor counts."""

    id: str
    name: str
    family: str
    minors: bool = False
    cache_reads_count: bool = False


class Factors(msgspec.Struct, frozen=True):
    """What multiplies every price (batch, us_geo), and USD a web search."""

    batch: float
    us_geo: float
    web_search: float


class _File(msgspec.Struct, frozen=True, rename={"classes": "class", "models": "model"}):
    factors: Factors
    classes: tuple[ModelClass, ...]
    models: tuple[Model, ...]


class Models:
    """The table of models; ids it has never seen are judged by their family."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        file = msgspec.convert(table, _File)
        self.factors = file.factors
        self.classes = {each.id: each for each in file.classes}
        self.by_id = {name: model for model in file.models for name in (model.id, *model.aliases)}
        by_length = sorted(file.classes, key=lambda each: len(each.family), reverse=True)
        self._families = [(_pattern(each), each.id) for each in by_length]
        self._known_classes: dict[str, str] = {}
        self._day = dt.date.min
        self._rows: dict[str, tuple[Price, ...]] = {}

    def find(self, model_id: str) -> Model | None:
        """Return the model of an id, an alias, or an id with its date."""
        return self.by_id.get(model_id) or self.by_id.get(re.sub(r"[-@]\d{8}$", "", model_id))

    def class_of(self, model_id: str) -> str:
        """The limit class of *model_id*: by the table, by its family, else the id itself."""
        known = self._known_classes.get(model_id)
        if known is None:
            known = self._class_of(model_id)
            if len(self._known_classes) < 1000:  # ids come from callers: never without bound
                self._known_classes[model_id] = known
        return known

    def _price_of(self, model: Model, prompt: int, day: dt.date) -> Price | None:
        """The row for a *prompt* of so many tokens: the highest threshold that it exceeds."""
        if day != self._day:
            self._day = day
            self._rows.clear()
        rows = self._rows.get(model.id)
        if rows is None:
            rows = self._rows[model.id] = _rows_on(model, day)
        for price in rows:
            if prompt > price.above_tokens:
                return price
        return None

    def _class_of(self, model_id: str) -> str:
        # Clouds and gateways write `anthropic/claude-…`, `us.anthropic.claude-…-v1:0`.
        name = re.sub(r"-v\d+(?::\d+)?$", "", model_id[max(0, model_id.find("claude-")) :])
        if (model := self.find(name)) is not None:
            return model.model_class
        for pattern, model_class in self._families:
            if pattern.fullmatch(name):
                return model_class
        return model_id

    def name_of_class(self, model_class: str) -> str:
        """What people call a class: `Opus 4.x`; a class nobody knows goes by its id."""
        known = self.classes.get(model_class)
        return known.name if known else model_class

    def cost_usd(
        self, model_id: str, usage: Usage, at: dt.datetime, *, batch: bool = False
    ) -> float | None:
        """USD for *usage* at the prices of the moment *at*; None where a price is not known.

        Counts that are absent cost nothing; an answer without any count has no price.
        """
        model = self.find(model_id)
        if model is None or (usage.input_tokens is None and usage.output_tokens is None):
            return None
        day = at.astimezone(dt.UTC).date()
        price = self._price_of(model, _prompt_tokens(usage), day)
        if price is not None and usage.speed == "fast":
            price = _fast(price, day)
        if price is None:
            return None
        usd = _tokens_usd(price, usage)
        if batch or usage.service_tier == "batch":
            usd *= self.factors.batch
        if usage.inference_geo == "us":
            usd *= self.factors.us_geo
        return usd + (usage.web_search_requests or 0) * self.factors.web_search


@functools.cache
def models() -> Models:
    """The table that came with this version."""
    return Models(tomllib.loads(resources.read("models.toml").decode()))


def cost_usd(model: str, usage: Usage, at: dt.datetime, *, batch: bool = False) -> float | None:
    """USD for *usage*; see `Models.cost_usd`."""
    return models().cost_usd(model, usage, at, batch=batch)


def class_of(model: str) -> str:
    """The limit class of *model*; see `Models.class_of`."""
    return models().class_of(model)


def _pattern(family: ModelClass) -> re.Pattern[str]:
    minor = r"(?:-\d{1,2})?" if family.minors else ""
    return re.compile(re.escape(family.family) + minor + _SUFFIX)


def _prompt_tokens(usage: Usage) -> int:
    """The whole prompt: what was read from and written to the prompt cache is part of it."""
    return (
        (usage.input_tokens or 0)
        + (usage.cache_creation_input_tokens or 0)
        + (usage.cache_read_input_tokens or 0)
    )


def _rows_on(model: Model, day: dt.date) -> tuple[Price, ...]:
    """The rows in force on *day*, the one for the longest prompts first."""
    begun: dict[int, Price] = {}
    for price in sorted(model.prices, key=lambda each: each.start):
        if price.start <= day:
            begun[price.above_tokens] = price
    return tuple(begun[above] for above in sorted(begun, reverse=True))


def _fast(price: Price, day: dt.date) -> Price | None:
    """*price* in fast mode; cache rows keep their ratio to input."""
    if price.fast_input is None or price.fast_output is None or day >= price.fast_until:
        return None
    ratio = price.fast_input / price.input
    return msgspec.structs.replace(
        price,
        input=price.fast_input,
        output=price.fast_output,
        write_5m=price.write_5m * ratio,
        write_1h=price.write_1h * ratio,
        read=price.read * ratio,
    )


def _tokens_usd(price: Price, usage: Usage) -> float:
    """USD of all tokens; writes whose lifetime is not told are the five-minute ones."""
    writes = usage.cache_creation_input_tokens or 0
    hour = min(usage.cache_creation_1h or 0, writes)
    total = (
        (usage.input_tokens or 0) * price.input
        + (usage.output_tokens or 0) * price.output
        + (usage.cache_read_input_tokens or 0) * price.read
        + (writes - hour) * price.write_5m
        + hour * price.write_1h
    )
    return total / MILLION
