"""Where the engine is reached, and how it moves."""

import pytest

from tests.fakes.clock import FakeClock
from trayapp.engine.address import Address
from trayapp.engine.problems import Problems
from trayapp.listener.server import Sockets
from trayapp.model.errors import PortTaken, Taken


class House:
    """Ports of which some are taken, and what was told of moves."""

    def __init__(self, *, v6_taken: bool = False) -> None:
        self.problems = Problems(FakeClock().now, lambda: None)
        self.bound: list[int] = []
        self.moves: list[tuple[int, str]] = []
        self.address = Address(
            Sockets(7429, (), v6_taken=v6_taken),
            self.problems,
            0,
            bind=self._bind,
            holder_of=lambda port: f"nginx ({port})",
        )

    def _bind(self, port: int) -> Sockets:
        if port == 80:
            raise PortTaken(port)
        self.bound.append(port)
        return Sockets(port, ())

    def listen(self) -> None:
        """Hear of moves."""
        self.address.moved = lambda sockets, url: self.moves.append((sockets.port, url))


def test_new_port_is_bound_before_anyone_is_told() -> None:
    """Who holds the old sockets gets the new ones, and the address they have."""
    house = House()
    house.listen()

    house.address.move(7430)

    assert house.moves == [(7430, "http://127.0.0.1:7430")]
    assert house.address.ours() == {("127.0.0.1", 7430), ("::1", 7430)}


def test_taken_port_changes_nothing() -> None:
    """The sentence names who holds the port, and everything stays where it is."""
    house = House()
    house.listen()

    with pytest.raises(Taken, match=r"Port 80 is used by nginx \(80\)\."):
        house.address.move(80)

    assert house.moves == []
    assert house.address.base_url == "http://127.0.0.1:7429"


def test_same_port_is_not_bound_again() -> None:
    """To go back to the port one never left is no move, nor is it to want any port still."""
    house = House()

    house.address.move(7429)
    house.address.move(0)

    assert house.bound == []


def test_v6_held_by_another_is_a_problem_until_the_port_is_left() -> None:
    """A tool that resolves localhost may reach another program."""
    house = House(v6_taken=True)

    house.address.tell()
    told = [problem.code for problem in house.problems.all()]
    house.address.move(7430)

    assert told == ["port_v6"]
    assert house.problems.all() == ()
