"""What may be said to `sluice simulate`."""

import argparse

from trayapp.cli.values import port, positive, some_seconds, whole


def add(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--port", type=port, default=0, metavar="N", help="(default: a free one)")
    verb.add_argument(
        "--rpm", type=positive, metavar="N", help="requests a minute (default: the Start plan's)"
    )
    verb.add_argument(
        "--itpm", type=positive, metavar="N", help="input tokens a minute (default: as above)"
    )
    verb.add_argument(
        "--otpm", type=positive, metavar="N", help="output tokens a minute (default: as above)"
    )
    verb.add_argument(
        "--minute", type=some_seconds, default=60.0, metavar="SECONDS",
        help="how long a simulated minute lasts (default 60)",
    )  # fmt: skip
    verb.add_argument("--seed", type=whole, metavar="N", help="other answers, other lengths")
    verb.add_argument(
        "--fault", type=fault, metavar="WHAT",
        help="what goes wrong, such as status=529 or ramp, as the header x-simulate says it",
    )  # fmt: skip
    verb.add_argument(
        "--every", type=positive, default=1, metavar="N",
        help="with every Nth request only (default: with each)",
    )  # fmt: skip
    verb.add_argument(
        "--ramp", type=some_seconds, metavar="TIMES",
        help="refuse use that grows to more than so many times the last minute's",
    )  # fmt: skip
    verb.add_argument(
        "--spend", type=some_seconds, metavar="USD", help="a monthly cap of each organization"
    )
    verb.add_argument(
        "--window-tokens", type=positive, metavar="N",
        help="what five hours of a login (a key that begins sk-ant-oat) hold (default 5 million)",
    )  # fmt: skip


def fault(text: str) -> str:
    """A fault, as `x-simulate` says it."""
    # Only who asks for one loads the room.
    from trayapp.simulator.errors import ApiError
    from trayapp.simulator.faults import fault_of

    try:
        fault_of(text)
    except ApiError:
        raise argparse.ArgumentTypeError(
            "must be status=N, retry-after=N, cut=N, stall=SECONDS, error-event, ramp, spend, "
            "budget, credit or workspace, several with commas"
        ) from None
    return text
