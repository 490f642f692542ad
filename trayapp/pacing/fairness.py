"""Whose turn it is: virtual token counters per flow (rule 14 in `schedule`).

A flow is a tool's requests of one weight, in order of arrival. The flow with the smallest counter is
served; what it is served is added to its counter, divided by its weight. (Sheng et al., Fairness in
Serving Large Language Models, OSDI 2024: the virtual token counter, lifted when a flow wakes.)
"""

# ruff: noqa: PLR1730 - min() and max() cost thrice a comparison; every request passes here

from collections import deque

from trayapp.model.exchange import Kind
from trayapp.pacing.ticket import Ticket

INTERACTIVE, NORMAL, BATCH = 8, 4, 1
WEIGHTS: dict[Kind, int] = {"interactive": INTERACTIVE, "normal": NORMAL, "batch": BATCH}
CLASSES = {
    "main": INTERACTIVE,
    "side_reply": INTERACTIVE,
    "compaction": INTERACTIVE,
    "subagent": NORMAL,
    "workflow": NORMAL,
    "auxiliary": BATCH,
}
AGED = 120.0  # seconds without service after which a flow is next, whatever its counter


def weight_of(kind: Kind, request_class: str = "") -> int:
    """The weight of a tool's *kind*; `x-claude-code-request-class` may lower it, never raise it."""
    weight = WEIGHTS[kind]
    return min(weight, CLASSES.get(request_class, weight))


class Flow:
    """Requests of one tool and weight; *since* is when it last was served or began to wait."""

    __slots__ = ("counter", "key", "queue", "served", "since", "weight")

    def __init__(self, key: tuple[str, int], now: float) -> None:
        self.key = key
        self.weight = key[1]
        self.counter = 0.0
        self.queue: deque[Ticket] = deque()
        self.since = now
        self.served = now

    def __repr__(self) -> str:
        return f"<{self.key[0]} x{self.weight}: {len(self.queue)} waiting, at {self.counter:.3f}>"


class Flows:
    """All flows of a pool; *waiting* counts requests, *busy* holds the flows that have any."""

    __slots__ = ("_floor", "_flows", "busy", "waiting")

    def __init__(self) -> None:
        self._flows: dict[tuple[str, int], Flow] = {}
        self._floor = 0.0
        self.busy: dict[Flow, None] = {}
        self.waiting = 0

    def flow(self, tool: str, weight: int, now: float) -> Flow:
        """The flow of *tool* at *weight*, made when it is first asked for."""
        key = (tool, weight)
        found = self._flows.get(key)
        if found is None:
            found = self._flows[key] = Flow(key, now)
        return found

    def append(self, ticket: Ticket, now: float) -> None:
        """Queue *ticket* by its arrival; a client's retry thus keeps its place."""
        flow = self.flow(ticket.tool, ticket.weight, now)
        self._wake(flow, now)
        queue = flow.queue
        place = len(queue)
        while place and queue[place - 1].arrived > ticket.arrived:
            place -= 1
        if place == len(queue):
            queue.append(ticket)
        else:
            queue.insert(place, ticket)
        ticket.flow = flow
        self.waiting += 1

    def put_back(self, ticket: Ticket, now: float) -> None:
        """Put a refused *ticket* back at the head of its flow, which gains and loses nothing."""
        flow = self.flow(ticket.tool, ticket.weight, now)
        if flow not in self.busy:
            flow.since = now
            self.busy[flow] = None
        flow.queue.appendleft(ticket)
        ticket.flow = flow
        self.waiting += 1

    def remove(self, ticket: Ticket) -> None:
        """Take *ticket* out of the queue, wherever it stands."""
        flow = ticket.flow
        if flow is None:
            raise AssertionError("unreachable")
        if flow.queue[0] is ticket:
            flow.queue.popleft()
        else:
            flow.queue.remove(ticket)
        self.waiting -= 1
        if not flow.queue:
            del self.busy[flow]

    def tickets(self) -> list[Ticket]:
        """Everybody who waits, flow by flow."""
        return [ticket for flow in self.busy for ticket in flow.queue]

    def pick(self, now: float) -> Flow:
        """The flow whose turn it is; one that waited too long before the smallest counter."""
        best = aged = None
        for flow in self.busy:
            if best is None or flow.counter < best.counter:
                best = flow
            if now - flow.since > AGED and (aged is None or flow.since < aged.since):
                aged = flow
        if best is None:
            raise AssertionError("unreachable")
        return aged or best

    def person(self, blocked: Flow) -> Flow | None:
        """A person's flow with a single request waiting, other than *blocked*."""
        for flow in self.busy:
            if flow.weight >= INTERACTIVE and len(flow.queue) == 1 and flow is not blocked:
                return flow
        return None

    def serve(self, ticket: Ticket, cost: float, now: float) -> None:
        """Take *ticket* out and charge its flow with *cost*, a share of the pool's minute."""
        flow = ticket.flow
        if flow is None:
            raise AssertionError("unreachable")
        if flow.queue[0] is ticket and len(flow.queue) > 1:
            flow.queue.popleft()
            self.waiting -= 1
        else:
            self.remove(ticket)
        if self._floor < flow.counter:
            self._floor = flow.counter
        flow.counter += cost / flow.weight
        flow.served = flow.since = now

    def _wake(self, flow: Flow, now: float) -> None:
        """An idle flow starts where the busy ones are: waiting gains no credit."""
        if flow in self.busy:
            return
        lowest = min(other.counter for other in self.busy) if self.busy else self._floor
        if flow.counter < lowest:
            flow.counter = lowest
        flow.since = now
        self.busy[flow] = None
