"""Tells the user when upstream refuses for good: money that is spent, a window that is used up."""

from trayapp.engine.problems import Problems
from trayapp.model.exchange import Request
from trayapp.model.outcome import Outcome
from trayapp.model.refusal import Refusal

SPEND, WINDOW = "spend_cap", "window"


class Stops:
    """Opens a problem at the first such refusal and closes it with the first answer after it."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._open: dict[str, str] = {}

    def refused(self, refusal: Refusal, request: Request) -> None:
        """Take what upstream refused *request* for."""
        if refusal.kind == "spend":
            self._tell(SPEND, _spend(refusal), request)
        elif refusal.kind == "window":
            self._tell(WINDOW, _window(refusal, request), request)

    def ended(self, outcome: Outcome) -> None:
        """Take how a request ended: an answer shows that it works again."""
        if self._open and outcome.outcome == "ok":
            for code, tool in tuple(self._open.items()):
                if tool == outcome.tool:
                    del self._open[code]
                    self._problems.clear(code)

    def _tell(self, code: str, message: str, request: Request) -> None:
        self._open[code] = request.caller.name
        self._problems.open(code, message)


def _spend(refusal: Refusal) -> str:
    until = f" until {refusal.until.day} {refusal.until:%b %H:%M} UTC" if refusal.until else ""
    return (
        f"The spend limit of this organization is reached: it answers nothing more{until}."
        " Sluice refuses at once and does not retry. Raise the limit, or wait."
    )


def _window(refusal: Refusal, request: Request) -> str:
    until = f"; it resets at {refusal.until:%H:%M} UTC" if refusal.until else ""
    if refusal.model_scoped:
        return f"The weekly window for {request.model} is used up{until}. Other models still work."
    return f"A window of this login is used up{until}. Other logins and keys are not affected."
