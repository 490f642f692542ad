"""Whose turn it is: counters, order within a flow, ageing, a person's single request."""

import pytest

from tests.pacing.timeline import ticket
from trayapp.model.exchange import Kind
from trayapp.pacing.fairness import Flow, Flows, weight_of


def queued(*names: str, weight: int = 4, flows: Flows | None = None, now: float = 0.0) -> Flows:
    """Flows in which each letter is a tool with one request a mention."""
    flows = flows or Flows()
    for place, name in enumerate(names):
        flows.append(ticket(f"{name}{place}", tool=name, weight=weight, arrived=now), now)
    return flows


def serve(flows: Flows, cost: float, now: float = 0.0) -> str:
    """Serve whose turn it is."""
    head = flows.pick(now).queue[0]
    flows.serve(head, cost, now)
    return head.id


@pytest.mark.parametrize(
    ("kind", "request_class", "weight"),
    [
        ("interactive", "", 8),
        ("interactive", "main", 8),
        ("interactive", "subagent", 4),
        ("interactive", "auxiliary", 1),
        ("interactive", "unheard-of", 8),
        ("normal", "main", 4),
        ("normal", "auxiliary", 1),
        ("batch", "main", 1),
    ],
)
def test_weight_is_the_kinds_lowered_by_the_class(
    kind: Kind, request_class: str, weight: int
) -> None:
    """A request class moves a tool's weight down, never up."""
    assert weight_of(kind, request_class) == weight


def test_first_come_first_served_within_a_flow() -> None:
    """A tool's requests keep their order."""
    flows = queued("a", "a", "a")

    assert [serve(flows, 1.0) for _ in range(3)] == ["a0", "a1", "a2"]


def test_equal_flows_take_turns() -> None:
    """Two tools of one weight alternate."""
    flows = queued("a", "a", "b", "b")

    assert [serve(flows, 1.0) for _ in range(4)] == ["a0", "b2", "a1", "b3"]


def test_weights_share_eight_four_one() -> None:
    """Of thirteen requests a batch tool gets one."""
    flows = Flows()
    for tool, weight in (("person", 8), ("script", 4), ("rows", 1)):
        queued(*[tool] * 40, weight=weight, flows=flows)
    served = [serve(flows, 1.0).rstrip("0123456789") for _ in range(39)]

    assert [served.count(tool) for tool in ("person", "script", "rows")] == [24, 12, 3]


def test_large_requests_cost_turns() -> None:
    """Who takes three shares waits for three turns of the other."""
    flows = queued("a", "a", "b", "b", "b", "b")
    first = serve(flows, 3.0)

    assert first == "a0"
    assert [serve(flows, 1.0) for _ in range(4)] == ["b2", "b3", "b4", "a1"]


def test_waking_flow_gains_no_credit() -> None:
    """A tool that was idle for long begins where the busy ones are."""
    flows = queued("a", "a", "a", "a", "a")
    for _ in range(3):
        serve(flows, 1.0)
    queued("b", "b", "b", flows=flows)

    assert [serve(flows, 1.0) for _ in range(4)] == ["a3", "b0", "a4", "b1"]


def test_flow_that_wakes_alone_starts_at_the_last_served() -> None:
    """After one tool's long run, a newcomer does not shut it out for as long."""
    flows = queued("a", "a", "a")
    for _ in range(3):
        serve(flows, 1.0)
    queued("b", "b", "b", flows=flows)
    queued("a", "a", "a", flows=flows)
    served = [serve(flows, 1.0)[0] for _ in range(4)]

    assert served[0] == "b"
    assert "a" in served


def test_busy_flow_keeps_its_counter_when_more_arrives() -> None:
    """Only waking lifts a counter."""
    flows = queued("a", "a", "b", "b")
    serve(flows, 1.0)
    queued("b", flows=flows)

    assert serve(flows, 1.0) == "b2"


def test_retry_of_a_client_keeps_its_place() -> None:
    """A request that first arrived earlier goes before those that came since."""
    flows = Flows()
    for name, arrived in (("x", 0.0), ("y", 10.0), ("z", 5.0), ("w", 20.0)):
        flows.append(ticket(name, arrived=arrived), 20.0)

    assert [serve(flows, 1.0) for _ in range(4)] == ["x", "z", "y", "w"]


def test_refused_request_is_at_the_head_again() -> None:
    """A refusal costs no place, whether others of the flow wait or not."""
    flows = queued("a", "a")
    first = flows.pick(0.0).queue[0]
    flows.serve(first, 1.0, 0.0)
    flows.put_back(first, 1.0)
    order = [serve(flows, 1.0) for _ in range(2)]
    flows.put_back(first, 2.0)

    assert order == ["a0", "a1"]
    assert [ticket.id for ticket in flows.tickets()] == ["a0"]


def test_leaving_from_the_middle_keeps_the_order() -> None:
    """Who hangs up leaves the others where they are."""
    flows = queued("a", "a", "a")
    flows.remove(flows.tickets()[1])

    assert [serve(flows, 1.0) for _ in range(2)] == ["a0", "a2"]
    assert (flows.waiting, len(flows.busy)) == (0, 0)


def test_flow_not_served_for_two_minutes_is_next() -> None:
    """Ageing: whoever waited too long goes, the longest wait first."""
    flows = queued("a", "a", "a", "b", "c")
    for name, counter in (("a", 0.0), ("b", 9.0), ("c", 5.0)):
        flows.flow(name, 4, 0.0).counter = counter
    flows.flow("c", 4, 0.0).since = 10.0
    serve(flows, 0.0, 60.0)

    assert [serve(flows, 1.0, 131.0) for _ in range(3)] == ["b3", "c4", "a1"]


def test_single_request_of_a_person_is_found() -> None:
    """Only an interactive flow with one waiting may pass, and not the blocked one itself."""
    flows = queued("rows", "rows", weight=1)
    blocked = flows.pick(0.0)
    queued("script", flows=flows)
    nobody = flows.person(blocked)
    queued("busy", "busy", weight=8, flows=flows)
    still_nobody = flows.person(blocked)
    queued("person", weight=8, flows=flows)
    person = flows.person(blocked)

    assert (nobody, still_nobody) == (None, None)
    assert person is not None
    assert person.key == ("person", 8)
    assert flows.person(person) is None


def test_classes_of_one_tool_are_flows_of_their_own() -> None:
    """Sub-agents do not hold up the main thread of the same tool."""
    flows = queued("cc", "cc", "cc", weight=4)
    flows.append(ticket("main", tool="cc", weight=8), 0.0)
    served = [serve(flows, 1.0) for _ in range(3)]

    assert "main" in served[:2]


def test_repr_tells_tool_and_queue() -> None:
    """A flow shows who it is, how many wait and where it stands."""
    assert repr(Flow(("tool", 4), 0.0)) == "<tool x4: 0 waiting, at 0.000>"
