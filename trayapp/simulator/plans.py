"""The limits organizations have: the Start plan's, or those that were asked for."""

import tomllib

from trayapp.simulator.pools import Limits
from trayapp.simulator.settings import Settings

PLAN = "start"
_USUAL = {"requests": 1000, "input_tokens": 2_000_000, "output_tokens": 400_000}


class Plan:
    """`resources/plans.toml`'s Start plan under the limits *settings* names."""

    def __init__(self, toml: bytes, settings: Settings) -> None:
        (plan,) = (plan for plan in tomllib.loads(toml.decode())["plan"] if plan["id"] == PLAN)
        self._classes = plan["classes"]
        self._endpoints = plan["endpoints"]
        self._chosen = {
            "requests": settings.rpm,
            "input_tokens": settings.itpm,
            "output_tokens": settings.otpm,
        }

    def limits(self, model_class: str) -> Limits:
        """The Messages limits of *model_class*."""
        row = self._classes.get(model_class, _USUAL)
        chosen = {name: value for name, value in self._chosen.items() if value is not None}
        return Limits(**{**row, **chosen})

    def requests(self, endpoint: str) -> int:
        """Requests a minute of an endpoint with a limit of its own."""
        return int(self._endpoints[endpoint])
