"""The models there are: `resources/models.toml` as the models endpoint tells it."""

import datetime as dt
import re
import tomllib
from typing import Any

import msgspec

from trayapp.simulator.errors import ApiError

_ID = re.compile(r"claude-(?P<line>[a-z]+)-(?P<major>\d)(?:-(?P<minor>\d{1,2}))?(?:-\d{8})?$")
_LAUNCH = dt.date(2026, 1, 1)
_ABILITIES = (
    "batch", "citations", "code_execution", "image_input", "pdf_input", "structured_outputs",
)  # fmt: skip


class Model(msgspec.Struct, frozen=True):
    """One model; *version* is (major, minor), (0, 0) where the id tells none."""

    id: str
    model_class: str
    context: int
    max_output: int
    aliases: tuple[str, ...] = ()
    line: str = ""
    version: tuple[int, int] = (0, 0)
    released: dt.date = _LAUNCH
    deprecated: bool = False
    retires: dt.date | None = None

    def lifecycle(self, today: dt.date) -> str:
        if self.retires is not None and self.retires <= today:
            return "retired"
        return "deprecated" if self.deprecated else "active"

    @property
    def takes_prefill(self) -> bool:
        """Until 4.5 an assistant turn may stand last."""
        return self.version < (4, 6)

    @property
    def takes_thinking_budget(self) -> bool:
        """Until 4.6 thinking may be `enabled` with a budget."""
        return self.version < (4, 7)

    @property
    def thinks_always(self) -> bool:
        """Where thinking cannot be switched off."""
        return self.line in {"fable", "mythos"} or (self.line, self.version) == ("opus", (5, 5))

    @property
    def takes_forced_tool(self) -> bool:
        """Where `tool_choice` may be `any` or `tool`."""
        newer = self.line in {"fable", "mythos"} and self.version >= (5, 1)
        return not newer and (self.line, self.version) not in {
            ("opus", (5, 5)),
            ("sonnet", (5, 5)),
        }


class Catalog:
    """All models, those that ended too, in the order of the file (newest first)."""

    def __init__(self, toml: bytes) -> None:
        rows = tomllib.loads(toml.decode())["model"]
        self.models = tuple(_model(row) for row in rows)
        self._by_name = {
            name: model for model in self.models for name in (model.id, *model.aliases)
        }

    def find(self, name: str, today: dt.date) -> Model:
        """The model called *name*; raises `ApiError` 404 when unknown or no longer served."""
        model = self.named(name)
        if model.lifecycle(today) == "retired":
            raise ApiError(404, f"model: {model.id} is retired")
        return model

    def named(self, name: str) -> Model:
        """The model called *name*, though it be retired; raises `ApiError` 404 when unknown."""
        if (model := self._by_name.get(name)) is None:
            raise ApiError(404, "model: no model has this name")
        return model

    def listing(self, today: dt.date, lifecycles: frozenset[str]) -> list[dict[str, Any]]:
        """The models in one of *lifecycles* on *today*, as the models endpoint shows them."""
        return [told(m, today) for m in self.models if m.lifecycle(today) in lifecycles]


def told(model: Model, today: dt.date) -> dict[str, Any]:
    """One model as the models endpoint shows it."""
    abilities: dict[str, Any] = {name: {"supported": True} for name in _ABILITIES}
    kinds = {"adaptive": True, "enabled": model.takes_thinking_budget}
    abilities["thinking"] = {
        "supported": True,
        "types": {name: {"supported": yes} for name, yes in kinds.items()},
    }
    return {
        "type": "model",
        "id": model.id,
        "display_name": display_name(model),
        "created_at": f"{model.released}T00:00:00Z",
        "max_input_tokens": model.context,
        "max_tokens": model.max_output,
        "capabilities": abilities,
        "lifecycle": model.lifecycle(today),
        "line": model.line or None,
        "deprecated_at": None,
        "retires_at": f"{model.retires}T00:00:00Z" if model.retires else None,
    }


def display_name(model: Model) -> str:
    """Such as `Claude Opus 4.5`."""
    if not model.line:
        return model.id
    major, minor = model.version
    return f"Claude {model.line.title()} {major}" + (f".{minor}" if minor else "")


def _model(row: dict[str, Any]) -> Model:
    parts = _ID.fullmatch(row["id"])
    return Model(
        id=row["id"],
        model_class=row["class"],
        context=row.get("context", 200_000),
        max_output=row.get("max_output", 8192),
        aliases=tuple(row.get("aliases", ())),
        line=parts["line"] if parts else "",
        version=(int(parts["major"]), int(parts["minor"] or 0)) if parts else (0, 0),
        released=row.get("released", _LAUNCH),
        deprecated=row.get("deprecated", False),
        retires=row.get("retires"),
    )
